#!/usr/bin/env bash
# HubSpot's client for JavaScript, 13.5.0, takes numberOfApiCallRetries "from 0 - 6", and retries after a 5xx "if it is greater than
# 0". It counts the first request: with 1 a poll that fails once is not retried, with 2 it is, once, and 6 are five retries.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @hubspot/api-client@13.5.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { Client } = require("@hubspot/api-client");

console.error = () => {}; // where the client says what it tries again
(async () => {
  let requests;
  const server = createServer((_, response) => {
    requests += 1;
    const error = '{"status":"error","message":"internal error","correlationId":"any","category":"any"}';
    response.writeHead(500, { "Content-Type": "application/json" }).end(error);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  const seen = {};
  for (const numberOfApiCallRetries of [0, 1, 2, 3, 6]) {
    requests = 0;
    const basePath = `http://127.0.0.1:${server.address().port}`;
    const client = new Client({ accessToken: "any", basePath, numberOfApiCallRetries });
    await client.files.filesApi.checkImport("1").catch(() => {});
    seen[numberOfApiCallRetries] = { requests, retries: requests - 1 };
  }
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.table(seen);
  const found = Object.values(seen).map(({ retries }) => retries).join() === "0,0,1,2,5";
  console.log(found ? "as found: one retry less" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
