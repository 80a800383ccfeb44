#!/usr/bin/env bash
# In OpenAPI, a schema's `default` is what a receiver takes for a value that was not sent. openapi-response-validator 12.1.3 writes
# it into the body before it judges it: a response without two required properties is valid, and the test that goes on sees them.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-response-validator@12.1.3
cat > look.cjs <<'JS'
const { default: Validator } = require("openapi-response-validator");

/** What the validator says of a body `{}` from which both required properties are missing. */
function seenWith(properties) {
  const schema = { type: "object", required: ["status", "numErrors"], properties };
  const responses = { 200: { description: "a task", content: { "application/json": { schema } } } };
  const body = {};
  const errors = new Validator({ responses }).validateResponse(200, body)?.errors.map(({ message }) => message) ?? "valid";
  return { errors, "the body, afterwards": body };
}
const without = seenWith({ status: { type: "string" }, numErrors: { type: "integer" } });
const withDefaults = seenWith({ status: { type: "string", default: "COMPLETE" }, numErrors: { type: "integer", default: 0 } });
const { version } = require("openapi-response-validator/package.json");
console.log("Node", process.versions.node, "openapi-response-validator", version);
console.log("without defaults:", without);
console.log("with defaults:   ", withDefaults);
const found =
  without.errors.length === 2 &&
  withDefaults.errors === "valid" &&
  JSON.stringify(withDefaults["the body, afterwards"]) === '{"status":"COMPLETE","numErrors":0}';
console.log(found ? "as found: an empty task is complete" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.cjs
