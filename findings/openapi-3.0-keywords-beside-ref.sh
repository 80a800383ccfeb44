#!/usr/bin/env bash
# OpenAPI 3.0 ignores what stands beside a $ref; 3.1 adds it. Two maintained libraries that resolve references do neither:
# in a 3.0 document, too, the keywords beside a $ref take the place of those of the schema that is referred to. So a tool
# built on one of them reads "required: [b]" where the document says "required: [a]".
#
# Exits 0 while that is so, 1 when it changed.
set -u
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory" || exit 1
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @scalar/openapi-parser@0.24.17 @redocly/openapi-core@2.64.0 || exit 1
cat >look.mjs <<'JS'
import { createRequire } from "node:module";
import { dereference } from "@scalar/openapi-parser";
import { bundleFromString, createConfig } from "@redocly/openapi-core";

const document = {
  openapi: "3.0.3",
  info: { title: "t", version: "1" },
  paths: {},
  components: {
    schemas: {
      Task: { type: "object", properties: { result: { $ref: "#/components/schemas/File", required: ["b"] } } },
      File: { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "string" } } },
    },
  },
};
const require = createRequire(import.meta.url);
const { schema } = await dereference(structuredClone(document));
const config = await createConfig({});
const { bundle } = await bundleFromString({ source: JSON.stringify(document), config, dereference: true });
const seen = { scalar: schema, redocly: bundle.parsed };
const required = Object.values(seen).map(({ components }) => components.schemas.Task.properties.result.required);
const names = ["@scalar/openapi-parser", "@redocly/openapi-core"];
names.forEach((name, index) => console.log(name, require(`./node_modules/${name}/package.json`).version, "required:", required[index]));
const isAsFound = required.every((one) => JSON.stringify(one) === '["b"]');
console.log(isAsFound ? "as found: what 3.0 ignores wins" : "CHANGED: the document says required: [a]");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
