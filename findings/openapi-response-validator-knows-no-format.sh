#!/usr/bin/env bash
# Two packages of one repository and one version judge the same schema. openapi-request-validator 12.1.3 rejects a date-time, a
# uuid, a uri and an int32 that are none; openapi-response-validator 12.1.3 accepts each of them.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-request-validator@12.1.3 openapi-response-validator@12.1.3
cat > look.cjs <<'JS'
const { default: RequestValidator } = require("openapi-request-validator");
const { default: ResponseValidator } = require("openapi-response-validator");

const seen = {};
for (const [type, format, value] of [
  ["string", "date-time", "yesterday"],
  ["string", "uuid", "AAAAEZ6whGI"],
  ["string", "uri", "no uri"],
  ["integer", "int32", 5_000_000_000],
  ["integer", "int32", "none"],
]) {
  const schema = { type: "object", properties: { it: { type, format } } };
  const content = { "application/json": { schema } };
  const requests = new RequestValidator({ parameters: [], requestBody: { content } });
  const responses = new ResponseValidator({ responses: { 200: { description: "any", content } } });
  const request = requests.validateRequest({ headers: { "content-type": "application/json" }, body: { it: value } });
  const response = responses.validateResponse(200, { it: value });
  const verdict = (result) => result?.errors[0].message ?? "valid";
  seen[`${format}: ${value}`] = { "in a request": verdict(request), "in a response": verdict(response) };
}
for (const name of ["openapi-request-validator", "openapi-response-validator"]) {
  console.log(name, require(`${name}/package.json`).version, "Node", process.versions.node);
}
console.table(seen);
const verdicts = Object.values(seen);
const found =
  verdicts.every((verdict) => verdict["in a request"] !== "valid") &&
  verdicts.slice(0, 4).every((verdict) => verdict["in a response"] === "valid") &&
  verdicts[4]["in a response"] === "must be integer";
console.log(found ? "as found: a response has no formats" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.cjs
