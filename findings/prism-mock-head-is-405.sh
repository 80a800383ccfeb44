#!/usr/bin/env bash
# A server supports HEAD wherever it supports GET, and a 405 has the header Allow (RFC 9110, 9.1 and 15.5.6). The mock of Prism
# 5.14.2 responds to HEAD of a documented GET with 405, and without Allow, so that no client learns what it may send.
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
      "get": { "responses": { "200": { "description": "ok", "content": { "application/json": { "example": { "status": "PENDING" } } } } } }
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
for (const method of ["GET", "HEAD", "DELETE"]) {
  const { status, headers } = await fetch(`http://127.0.0.1:${port}/status`, { method });
  seen[method] = { status, Allow: headers.get("allow") };
}
console.log("Node", process.versions.node, "Prism", version);
console.table(seen);
const found = seen.GET.status === 200 && seen.HEAD.status === 405 && seen.HEAD.Allow === null && seen.DELETE.Allow === null;
console.log(found ? "as found: HEAD is 405, without Allow" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
