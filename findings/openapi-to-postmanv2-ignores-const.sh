#!/usr/bin/env bash
# In OpenAPI 3.1 a `const` is the one value that is allowed. openapi-to-postmanv2 6.3.3, with which Postman imports a document, writes
# the type in its place: an example response has the status "string", which a client of the same document rejects. `enum` is read.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-to-postmanv2@6.3.3
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { convertV2 } = createRequire(import.meta.url)("openapi-to-postmanv2");

/** The example response that a document is converted to, whose status has one allowed value. */
function exampleFor(status) {
  const schema = { type: "object", required: ["status"], properties: { status: { type: "string", ...status } } };
  const responses = { 200: { description: "A task.", content: { "application/json": { schema } } } };
  const data = JSON.stringify({ openapi: "3.1.0", info: { title: "Tasks", version: "1" }, paths: { "/task": { get: { responses } } } });
  return new Promise((resolve, reject) => {
    convertV2({ type: "string", data }, {}, (error, { result, reason, output }) => {
      if (error || !result) return reject(error ?? new Error(reason));
      const [item] = output[0].data.item;
      resolve(JSON.parse((item.item?.[0] ?? item).response[0].body));
    });
  });
}

const byConst = await exampleFor({ const: "PENDING" });
const byEnum = await exampleFor({ enum: ["PENDING"] });
const { version } = JSON.parse(await readFile("node_modules/openapi-to-postmanv2/package.json", "utf8"));
console.log("Node", process.versions.node, "openapi-to-postmanv2", version);
console.log("const:", byConst, "enum:", byEnum);
const isAsFound = byConst.status !== "PENDING" && byEnum.status === "PENDING";
console.log(isAsFound ? "as found: const is not read" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
