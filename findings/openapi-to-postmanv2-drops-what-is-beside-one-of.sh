#!/usr/bin/env bash
# An import requires a url, and either folderId or folderPath, which OpenAPI says with a oneOf beside `properties` and `required`.
# openapi-to-postmanv2 6.3.3, with which Postman imports a document, makes the request of the oneOf's first schema alone: no url.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-to-postmanv2@6.3.3 ajv@8.20.0
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { convertV2 } = require("openapi-to-postmanv2");
const Ajv = require("ajv");

const text = { type: "string" };
const plain = { type: "object", required: ["url"], properties: { url: text, name: text } };
const either = ["folderId", "folderPath"].map((name) => ({ type: "object", required: [name], properties: { [name]: text } }));

/** The body of the request that a document is converted to. */
function bodyFor(schema) {
  const operation = {
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { 202: { description: "Accepted." } },
  };
  const data = JSON.stringify({ openapi: "3.0.3", info: { title: "Files", version: "1" }, paths: { "/import": { post: operation } } });
  return new Promise((resolve, reject) => {
    convertV2({ type: "string", data }, {}, (error, { result, reason, output }) => {
      if (error || !result) return reject(error ?? new Error(reason));
      const [item] = output[0].data.item;
      resolve(JSON.parse((item.item?.[0] ?? item).request.body.raw));
    });
  });
}

const schema = { ...plain, oneOf: either };
const [without, withOneOf] = [await bodyFor(plain), await bodyFor(schema)];
const { version } = JSON.parse(await readFile("node_modules/openapi-to-postmanv2/package.json", "utf8"));
console.log("Node", process.versions.node, "openapi-to-postmanv2", version);
console.log("without the oneOf:", without);
console.log("with it:          ", withOneOf, "valid:", new Ajv().validate(schema, withOneOf));
const isAsFound =
  Object.keys(without).sort().join() === "name,url" && Object.keys(withOneOf).join() === "folderId";
console.log(isAsFound ? "as found: the required url is missing" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
