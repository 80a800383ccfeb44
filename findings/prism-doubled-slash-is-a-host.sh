#!/usr/bin/env bash
# A base URL that ends with a slash gives a path that begins with two, as HubSpot's client for JavaScript sends it. Prism 5.14.2
# takes its first segment for a host: GET //tasks/1 is 404, "The route /1 hasn't been found", in which the segment is missing.
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
    "/tasks/{id}": {
      "get": {
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "responses": { "200": { "description": "ok", "content": { "application/json": { "example": { "status": "PENDING" } } } } }
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
for (const path of ["/tasks/1", "//tasks/1"]) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  const { detail } = await response.json();
  seen[path] = detail ? `${response.status} ${detail}` : `${response.status}`;
}
console.log("Node", process.versions.node, "Prism", version);
console.log(seen);
const lost = "404 The route /1 hasn't been found in the specification file";
const found = seen["/tasks/1"] === "200" && seen["//tasks/1"] === lost;
console.log(found ? "as found: the first segment is gone" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
