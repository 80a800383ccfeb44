#!/usr/bin/env bash
# In OpenAPI, a string of the format date-time is an RFC 3339 instant. Of a document with completedAt of that format, Mockoon
# 9.9.0 makes a mock that responds "Tue Dec 01 2026 11:25:45 GMT+0000 (Coordinated Universal Time)", so a strict client rejects it.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  @mockoon/commons@9.9.0 @mockoon/commons-server@9.9.0 ajv@8.20.0 ajv-formats@3.0.1
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:net");
const { OpenApiConverter } = require("@mockoon/commons");
const { MockoonServer } = require("@mockoon/commons-server");
const { default: Ajv } = require("ajv");
const { default: addFormats } = require("ajv-formats");

const schema = { type: "object", properties: { completedAt: { type: "string", format: "date-time" } } };
const response = { description: "a task", content: { "application/json": { schema } } };
const document = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { "/status": { get: { responses: { 200: response } } } } };
const validate = addFormats(new Ajv()).compile(schema);

(async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const environment = await new OpenApiConverter().convertFromOpenAPI(JSON.stringify(document), port);
  const server = new MockoonServer({ ...environment, hostname: "127.0.0.1" }, {});
  server.start();
  await once(server, "started");

  const task = await (await fetch(`http://127.0.0.1:${port}/status`)).json();
  const verdict = validate(task) ? "valid" : validate.errors[0].message;
  const { version } = require("@mockoon/commons-server/package.json");
  console.log("Node", process.versions.node, "@mockoon/commons-server", version);
  console.log(task, verdict);
  const found = /^\w{3} \w{3} \d\d \d{4} .* GMT/.test(task.completedAt) && verdict === 'must match format "date-time"';
  console.log(found ? "as found: a date-time is none" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
