#!/usr/bin/env bash
# HTTP compares the name of an authentication scheme without regard to case (RFC 9110, 11.1). For a scheme of type http and
# bearer, Prism 5.14.2 accepts "Bearer" alone: "bearer" and "BEARER" with the same token are 401, "Invalid security scheme used".
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @stoplight/prism-cli@5.14.2
cat > openapi.json <<'JSON'
{
  "openapi": "3.0.3",
  "info": { "title": "t", "version": "1" },
  "security": [{ "token": [] }],
  "paths": {
    "/status": {
      "get": {
        "responses": { "200": { "description": "ok", "content": { "application/json": { "example": { "status": "PENDING" } } } } }
      }
    }
  },
  "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } }
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
for (const scheme of ["Bearer", "bearer", "BEARER"]) {
  const response = await fetch(`http://127.0.0.1:${port}/status`, { headers: { Authorization: `${scheme} any` } });
  const { title } = await response.json();
  seen[scheme] = title ? `${response.status} ${title}` : `${response.status}`;
}
console.log("Node", process.versions.node, "Prism", version);
console.log(seen);
const rejected = "401 Invalid security scheme used";
const found = seen.Bearer === "200" && seen.bearer === rejected && seen.BEARER === rejected;
console.log(found ? "as found: one spelling is accepted" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
