#!/usr/bin/env bash
# Prism 5.14.2 takes a comma in a path for the separator of a list, although the parameter is a string: GET /tasks/a,b is 422,
# "id must be string", while /tasks/a%2Cb is 200. RFC 3986 allows the comma in a path, and fetch sends it as it is.
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
for (const id of ["ab", "a,b", "a%2Cb"]) {
  const response = await fetch(`http://127.0.0.1:${port}/tasks/${id}`);
  const { validation } = await response.json();
  seen[id] = validation ? `${response.status} ${validation[0].message}` : `${response.status}`;
}
console.log("Node", process.versions.node, "Prism", version);
console.log(seen);
const found = seen.ab === "200" && seen["a,b"] === "422 Request path parameter id must be string" && seen["a%2Cb"] === "200";
console.log(found ? "as found: a string with a comma is a list" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
