#!/usr/bin/env bash
# OpenAPI lets a document give one response for all of 200 to 299, as 2XX. The mock that @msw/source 0.6.1 (fromOpenApi) makes
# of it responds with that body and the status NaN, so that `ok` is false; with a 429 beside it, too. "200" and "default" are 200.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @msw/source@0.6.1 msw@2.15.0
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { fromOpenApi } from "@msw/source/open-api";
import { setupServer } from "msw/node";

const documented = { "/200": ["200"], "/default": ["default"], "/2XX": ["2XX"], "/2XX-and-429": ["2XX", "429"] };
const response = { description: "any", content: { "application/json": { example: { status: "PENDING" } } } };
const paths = {};
for (const [path, keys] of Object.entries(documented)) {
  paths[path] = { get: { responses: Object.fromEntries(keys.map((key) => [key, response])) } };
}
const info = { title: "t", version: "1" };
const server = setupServer(...(await fromOpenApi({ openapi: "3.0.3", info, servers: [{ url: "http://poll.example" }], paths })));
server.listen();
const seen = {};
for (const path of Object.keys(paths)) {
  const { status, ok } = await fetch(`http://poll.example${path}`);
  seen[path] = `${status} ${ok}`;
}
server.close();
const version = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
console.log("Node", process.versions.node, "@msw/source", await version("@msw/source"), "msw", await version("msw"));
console.log("status and ok:", seen);
const found =
  seen["/200"] === "200 true" && seen["/default"] === "200 true" &&
  seen["/2XX"] === "NaN false" && seen["/2XX-and-429"] === "NaN false";
console.log(found ? "as found: a range has no status" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
