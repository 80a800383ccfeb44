#!/usr/bin/env bash
# OpenAPI lets a document give one response for all of 200 to 299, as 2XX, and one for the rest, as default: HubSpot documents its
# errors so. jest-openapi 0.14.2 finds neither: a response as documented fails the test, "your API spec has no 429 response".
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . jest-openapi@0.14.2 expect@30.5.2
cat > look.cjs <<'JS'
const { expect } = require("expect");
globalThis.expect = expect; // which Jest does
const jestOpenAPI = require("jest-openapi").default;

const response = { description: "any", content: { "application/json": { schema: { type: "object" } } } };
const get = (responses) => ({ get: { responses: Object.fromEntries(responses.map((name) => [name, response])) } });
jestOpenAPI({
  openapi: "3.0.3",
  info: { title: "t", version: "1" },
  paths: { "/exact": get(["200", "202", "429"]), "/range": get(["2XX", "4XX"]), "/default": get(["200", "default"]) },
});

function seenWith(path, status) {
  try {
    expect({ status, data: {}, request: { method: "GET", path } }).toSatisfyApiSpec();
    return "as documented";
  } catch ({ message }) {
    return /has no \d+ response/.exec(message)?.[0] ?? message;
  }
}
const seen = {};
for (const path of ["/exact", "/range", "/default"]) {
  seen[path] = Object.fromEntries([200, 202, 429].map((status) => [`its ${status}`, seenWith(path, status)]));
}
console.log("Node", process.versions.node, "jest-openapi", require("jest-openapi/package.json").version);
console.table(seen);
const found =
  Object.values(seen["/exact"]).every((verdict) => verdict === "as documented") &&
  seen["/range"]["its 202"] === "has no 202 response" &&
  seen["/range"]["its 429"] === "has no 429 response" &&
  seen["/default"]["its 200"] === "as documented" &&
  seen["/default"]["its 429"] === "has no 429 response";
console.log(found ? "as found: only the exact status is found" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.cjs
