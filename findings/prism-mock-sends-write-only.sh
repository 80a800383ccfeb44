#!/usr/bin/env bash
# OpenAPI sends a writeOnly property in requests, and not in responses. The mock of Prism 5.14.2 makes up a response with it, from a
# schema without an example: {"status":"PENDING","secret":"string"}. With Prefer: dynamic=true it leaves the property out.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @stoplight/prism-cli@5.14.2
cat > openapi.json <<'JSON'
{
  "openapi": "3.0.3",
  "info": { "title": "t", "version": "1" },
  "paths": {
    "/status": {
      "get": {
        "responses": {
          "200": {
            "description": "a task",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object",
                  "required": ["status"],
                  "additionalProperties": false,
                  "properties": { "status": { "type": "string", "enum": ["PENDING"] }, "secret": { "type": "string", "writeOnly": true } }
                }
              }
            }
          }
        }
      }
    }
  }
}
JSON
cat > look.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";

const free = createServer().listen(0, "127.0.0.1");
await once(free, "listening");
const { port } = free.address();
await new Promise((resolve) => free.close(resolve));
const folder = "node_modules/@stoplight/prism-cli";
const { version, bin } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
const prism = spawn(process.execPath, [`${folder}/${bin.prism}`, "mock", "-h", "127.0.0.1", "-p", `${port}`, "openapi.json"]);
process.on("exit", () => prism.kill());
prism.on("exit", () => process.exit(1));
let said = "";
await new Promise((resolve) => prism.stdout.on("data", (chunk) => (said += chunk).includes("is listening") && resolve()));

const seen = {};
for (const prefer of ["dynamic=false", "dynamic=true"]) {
  const bodies = new Set();
  for (let round = 0; round < 30; round += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/status`, { headers: { Prefer: prefer } });
    bodies.add(Object.keys(await response.json()).sort().join());
  }
  seen[prefer] = [...bodies].join(" or ");
}
console.log("Node", process.versions.node, "Prism", version);
console.log("properties of the response:", seen);
const found = seen["dynamic=false"] === "secret,status" && seen["dynamic=true"] === "status";
console.log(found ? "as found: a response with a writeOnly property" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
