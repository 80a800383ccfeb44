#!/usr/bin/env bash
# HubSpot's client for JavaScript, 13.5.0, has setAccessToken, for a token that was renewed. It reaches no API object that was read
# before: a poller that keeps client.files.filesApi goes on with the old token, and is 401. client.apiRequest has the new one.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @hubspot/api-client@13.5.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { Client } = require("@hubspot/api-client");

(async () => {
  const server = createServer(({ headers }, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ taskId: headers.authorization }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = new Client({ accessToken: "old", basePath: `http://127.0.0.1:${server.address().port}` });

  const { filesApi } = client.files;
  const before = (await filesApi.checkImport("1")).taskId;
  client.setAccessToken("new");
  const seen = {
    "filesApi, before": before,
    "the same filesApi, after setAccessToken": (await filesApi.checkImport("1")).taskId,
    "client.files.filesApi, read anew": (await client.files.filesApi.checkImport("1")).taskId,
    "client.apiRequest": (await (await client.apiRequest({ path: "/status" })).json()).taskId,
  };
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.log(seen);
  const found = Object.values(seen).join() === "Bearer old,Bearer old,Bearer new,Bearer new";
  console.log(found ? "as found: the old token goes on" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
