#!/usr/bin/env bash
# In OpenAPI, int32 is a signed integer of 32 bits. The handlers that msw-auto-mock 0.32.1 generates respond with integers of up to
# 53 bits, without regard to the format: numErrors is 8627901862095800, and a client that is generated of the same document rejects it.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts msw-auto-mock@0.32.1 msw@2.15.0 @faker-js/faker@10.2.0
cat > look.mjs <<'JS'
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { setupServer } from "msw/node";

const schema = { type: "object", required: ["numErrors"], properties: { numErrors: { type: "integer", format: "int32" } } };
const get = { operationId: "checkStatus", responses: { 200: { description: "a task", content: { "application/json": { schema } } } } };
const document = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { "/status": { get } } };
await writeFile("openapi.json", JSON.stringify(document));
const made = spawnSync("node_modules/.bin/msw-auto-mock", ["openapi.json", "--output", "mock", "--base-url", "http://localhost"]);
const { handlers } = await import("./mock/handlers.js");
setupServer(...handlers).listen();

const numbers = [];
for (let round = 0; round < 100; round += 1) numbers.push((await (await fetch("http://localhost/status")).json()).numErrors);
const beyond = numbers.filter((number) => number > 2 ** 31 - 1 || number < -(2 ** 31));
const { version } = JSON.parse(await readFile("node_modules/msw-auto-mock/package.json", "utf8"));
console.log("Node", process.versions.node, "msw-auto-mock", version, "exits with", made.status);
console.log(beyond.length, "of", numbers.length, "are no int32:", beyond.slice(0, 3).join(", "));
const found = beyond.length > 90;
console.log(found ? "as found: int32 has 53 bits" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
