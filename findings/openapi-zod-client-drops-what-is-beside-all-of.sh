#!/usr/bin/env bash
# In a schema, `properties` and `required` beside an `allOf` hold with it. openapi-zod-client 1.18.3 generates the allOf alone: of a
# task that extends a base, the status is missing, and the schema accepts {}. It warns of nothing. As the allOf's last part they hold.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-zod-client@1.18.3 ajv@8.20.0
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { getZodSchema } = require("openapi-zod-client");
const Ajv = require("ajv");

const base = { type: "object", properties: { taskId: { type: "string" } } };
const state = { required: ["status"], properties: { status: { type: "string", enum: ["PENDING"] } } };
const beside = { type: "object", allOf: [base], ...state };
const inside = { allOf: [base, { type: "object", ...state }] };

const code = (schema) => getZodSchema({ schema }).toString();
const accepts = (schema) => new Ajv().validate(schema, { taskId: "1" });
const { version } = JSON.parse(await readFile("node_modules/openapi-zod-client/package.json", "utf8"));
console.log("Node", process.versions.node, "openapi-zod-client", version);
console.log("beside the allOf:", code(beside));
console.log("inside the allOf:", code(inside));
console.log("a task without status is valid, says Ajv:", accepts(beside), accepts(inside));
const isAsFound =
  !code(beside).includes("status") && code(inside).includes("status") && !accepts(beside) && !accepts(inside);
console.log(isAsFound ? "as found: no status" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
