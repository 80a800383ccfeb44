#!/usr/bin/env bash
# An OpenAPI document gives Retry-After the example 2. @msw/source 0.6.1 (fromOpenApi) returns the examples of bodies, but no
# example of a header: with each 429 it draws a number from 0 to 100, so a test of a client that honours it waits up to 100 s.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @msw/source@0.6.1 msw@2.15.0
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { fromOpenApi } from "@msw/source/open-api";
import { setupServer } from "msw/node";

const header = { schema: { type: "integer" }, example: 2 };
const content = { "application/json": { example: { status: "error" } } };
const server = setupServer(
  ...(await fromOpenApi({
    openapi: "3.0.3",
    info: { title: "t", version: "1" },
    servers: [{ url: "http://poll.example" }],
    paths: { "/status": { get: { responses: { 429: { description: "wait", headers: { "Retry-After": header }, content } } } } },
  })),
);
server.listen();
const waits = [];
const bodies = new Set();
for (let count = 0; count < 50; count += 1) {
  const response = await fetch("http://poll.example/status?response=429");
  waits.push(Number(response.headers.get("retry-after")));
  bodies.add(`${response.status} ${await response.text()}`);
}
server.close();
const version = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
console.log("Node", process.versions.node, "@msw/source", await version("@msw/source"), "msw", await version("msw"));
console.log("50 responses:", ...bodies, "with Retry-After:", waits.join(" "));
const isMadeUp = new Set(waits).size > 10 && Math.max(...waits) > 10 && Math.max(...waits) <= 100;
const found = isMadeUp && [...bodies].join() === '429 {"status":"error"}';
console.log(found ? "as found: the body is the example, the header is drawn" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
