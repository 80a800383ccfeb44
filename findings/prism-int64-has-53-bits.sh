#!/usr/bin/env bash
# In OpenAPI, int64 is a signed integer of 64 bits. Prism 5.14.2 takes it for one of 53, as JavaScript's numbers have: a request with
# 9223372036854775807, the greatest int64, is 422, "must be <= 9007199254740991". Without the format it is accepted.
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
    "/import": {
      "post": {
        "requestBody": {
          "content": {
            "application/json": {
              "schema": {
                "type": "object",
                "properties": { "plain": { "type": "integer" }, "formatted": { "type": "integer", "format": "int64" } }
              }
            }
          }
        },
        "responses": { "202": { "description": "accepted" } }
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
for (const body of [
  '{"formatted":9007199254740991}',
  '{"formatted":9007199254740993}',
  '{"formatted":9223372036854775807}',
  '{"plain":9223372036854775807}',
]) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${port}/import`, { method: "POST", headers, body });
  const { validation } = response.status === 202 ? {} : await response.json();
  seen[body] = validation ? `${response.status} ${validation[0].message}` : `${response.status}`;
}
console.log("Node", process.versions.node, "Prism", version);
console.log(seen);
const rejected = "422 Request body property formatted must be <= 9007199254740991";
const found = Object.values(seen).join() === ["202", rejected, rejected, "202"].join();
console.log(found ? "as found: int64 ends at 2 to the power of 53" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
