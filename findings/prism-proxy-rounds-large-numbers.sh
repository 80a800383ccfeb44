#!/usr/bin/env bash
# Prism 5.14.2 as a validation proxy reads the JSON that passes it, and writes it anew: 12345678901234567890 leaves it as
# 12345678901234567000, in a request and in a response, without a violation. A client behind it asks for an id that is not there.
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
        "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } } },
        "responses": { "202": { "description": "accepted", "content": { "application/json": { "schema": { "type": "object" } } } } }
      }
    }
  }
}
JSON
cat > look.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const text = '{"id":12345678901234567890}';
let received;
const server = createServer(async (request, response) => {
  received = "";
  for await (const piece of request) received += piece;
  response.writeHead(202, { "Content-Type": "application/json" }).end(text);
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

async function seenFrom(address) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${address}/import`, { method: "POST", headers, body: text });
  return { received, response: await response.text(), violations: response.headers.get("sl-violations") };
}
const direct = await seenFrom(target);
const proxied = await seenFrom(`http://127.0.0.1:${port}`);
console.log("Node", process.versions.node, "Prism", version);
console.log("direct: ", direct);
console.log("proxied:", proxied);
const rounded = '{"id":12345678901234567000}';
const found =
  direct.received === text && direct.response === text &&
  proxied.received === rounded && proxied.response === rounded && proxied.violations === null;
console.log(found ? "as found: the proxy rounds large numbers" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
