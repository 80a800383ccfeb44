#!/usr/bin/env bash
# HubSpot's client for JavaScript, 13.5.0, retries "any API Call" after a 5xx with numberOfApiCallRetries, but none of apiRequest,
# which is for the paths that it has no method for: the retry waits for an error, and apiRequest resolves with the 500.
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
  let requests = [];
  const server = createServer((request, response) => {
    requests.push(request.url);
    const isFirst = requests.length === 1;
    response.writeHead(isFirst ? 500 : 200, { "Content-Type": "application/json" });
    response.end(isFirst ? '{"status":"error","message":"internal error"}' : '{"status":"PENDING","taskId":"1"}');
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const basePath = `http://127.0.0.1:${server.address().port}`;
  const client = new Client({ accessToken: "any", basePath, numberOfApiCallRetries: 3 });

  const task = await client.files.filesApi.checkImport("1");
  const [path] = requests;
  const byMethod = { requests: requests.length, status: task.status };
  requests = [];
  const response = await client.apiRequest({ path });
  const byApiRequest = { requests: requests.length, code: response.status };
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.log("checkImport:", byMethod);
  console.log("apiRequest, same path:", byApiRequest);
  const found = byMethod.requests === 2 && byMethod.status === "PENDING" && byApiRequest.requests === 1 && byApiRequest.code === 500;
  console.log(found ? "as found: apiRequest is not retried" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
