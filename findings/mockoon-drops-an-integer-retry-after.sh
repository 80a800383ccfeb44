#!/usr/bin/env bash
# Mockoon imports an OpenAPI document, and headers with their examples. A Retry-After whose schema is an integer, with the example
# 2, is imported as the number 2, and Mockoon 9.9.0 does not send it: no mocked 429 says when to come back. The string "2" is sent.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @mockoon/commons@9.9.0 @mockoon/commons-server@9.9.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:net");
const { OpenApiConverter } = require("@mockoon/commons");
const { MockoonServer } = require("@mockoon/commons-server");

const get = (type, example) => ({
  get: { responses: { 429: { description: "limit", headers: { "Retry-After": { schema: { type }, example } } } } },
});
const document = {
  openapi: "3.0.3",
  info: { title: "t", version: "1" },
  paths: { "/integer": get("integer", 2), "/string": get("string", "2") },
};
(async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const environment = await new OpenApiConverter().convertFromOpenAPI(JSON.stringify(document), port);
  const server = new MockoonServer({ ...environment, hostname: "127.0.0.1" }, {});
  server.start();
  await once(server, "started");

  const seen = {};
  for (const { endpoint, responses } of environment.routes) {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/${endpoint}`);
    const imported = responses[0].headers.find(({ key }) => key === "Retry-After").value;
    seen[endpoint] = { "imported value": imported, status, "Retry-After sent": headers.get("retry-after") };
  }
  const { version } = require("@mockoon/commons-server/package.json");
  console.log("Node", process.versions.node, "@mockoon/commons-server", version);
  console.table(seen);
  const found = seen.integer["imported value"] === 2 && seen.integer["Retry-After sent"] === null && seen.string["Retry-After sent"] === "2";
  console.log(found ? "as found: the number is not sent" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
