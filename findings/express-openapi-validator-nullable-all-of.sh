#!/usr/bin/env bash
# In OpenAPI 3.0.3, nullable has no effect in a schema without a type. express-openapi-validator 5.6.2 accepts such a document when it
# starts, and then answers each request to that operation with 500, '"nullable" cannot be used without "type"'.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . express@4.22.1 express-openapi-validator@5.6.2 @redocly/openapi-core@2.64.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const express = require("express");
const { middleware } = require("express-openapi-validator");
const { createConfig, lintFromString } = require("@redocly/openapi-core");

const file = { type: "object", properties: { id: { type: "string" } } };
const get = (result) => {
  const schema = { type: "object", properties: { status: { type: "string" }, result } };
  return { get: { responses: { 200: { description: "a task", content: { "application/json": { schema } } } } } };
};
const apiSpec = {
  openapi: "3.0.3",
  info: { title: "t", version: "1" },
  paths: {
    "/with-type": get({ type: "object", nullable: true, allOf: [{ $ref: "#/components/schemas/File" }] }),
    "/without-type": get({ nullable: true, allOf: [{ $ref: "#/components/schemas/File" }] }),
  },
  components: { schemas: { File: file } },
};
(async () => {
  const config = await createConfig({ rules: { struct: "error" } });
  const problems = await lintFromString({ source: JSON.stringify(apiSpec), config });
  const app = express();
  app.use(middleware({ apiSpec: structuredClone(apiSpec), validateResponses: true }));
  app.get(["/with-type", "/without-type"], (_, response) => response.json({ status: "COMPLETE", result: { id: "1" } }));
  app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({ message: error.message }));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");

  const seen = {};
  for (const path of ["/with-type", "/without-type"]) {
    const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`);
    const { message } = await response.json();
    seen[path] = { status: response.status, message };
  }
  const { version } = require("./node_modules/express-openapi-validator/package.json");
  console.log("Node", process.versions.node, "express-openapi-validator", version);
  console.log("problems of the document, by Redocly:", problems.map(({ message }) => message));
  console.table(seen);
  const found =
    problems.length === 0 &&
    seen["/with-type"].status === 200 &&
    seen["/without-type"].status === 500 &&
    seen["/without-type"].message === '"nullable" cannot be used without "type"';
  console.log(found ? "as found: a valid document, and a 500" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
