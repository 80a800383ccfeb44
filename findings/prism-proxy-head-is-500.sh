#!/usr/bin/env bash
# A response to HEAD has the headers of the GET, and no body. Prism 5.14.2 as a validation proxy reads JSON from it where its type
# is application/json: HEAD is 500 with an empty body, although the document and the server have it. The GET is 200 through it.
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
      "get": { "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": { "type": "object" } } } } } },
      "head": { "responses": { "200": { "description": "ok" } } }
    }
  }
}
JSON
cat > look.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const server = createServer((_, response) => {
  response.setHeader("Content-Type", "application/json").end('{"status":"PENDING"}'); // to HEAD, Node sends the headers alone
});
await once(server.listen(0, "127.0.0.1"), "listening");
const target = `http://127.0.0.1:${server.address().port}`;

const free = createServer().listen(0, "127.0.0.1");
await once(free, "listening");
const { port } = free.address();
await new Promise((resolve) => free.close(resolve));
const folder = "node_modules/@stoplight/prism-cli";
const { version, bin } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
const prism = spawn(process.execPath, [`${folder}/${bin.prism}`, "proxy", "-h", "127.0.0.1", "-p", `${port}`, "openapi.json", target]);
process.on("exit", () => prism.kill());
prism.on("exit", () => process.exit(1));
let said = "";
await new Promise((resolve) => prism.stdout.on("data", (chunk) => (said += chunk).includes("is listening") && resolve()));

const seen = {};
for (const [name, address] of Object.entries({ direct: target, proxied: `http://127.0.0.1:${port}` })) {
  for (const method of ["GET", "HEAD"]) {
    const { status, headers } = await fetch(`${address}/status`, { method });
    seen[`${name} ${method}`] = `${status} ${headers.get("content-type")}`;
  }
}
console.log("Node", process.versions.node, "Prism", version);
console.log(seen);
console.log(said.match(/FetchError.*|invalid json.*/)?.[0] ?? "nothing in the log about it");
const ok = "200 application/json";
const found =
  seen["direct GET"] === ok && seen["direct HEAD"] === ok && seen["proxied GET"] === ok &&
  seen["proxied HEAD"] === "500 application/problem+json";
console.log(found ? "as found: HEAD is an error of the proxy" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
