#!/usr/bin/env bash
# apiRequest of HubSpot's client for JavaScript, 13.5.0, appends qs with a question mark of its own. Where the path has a query, as
# a link of a response may have one, the URL has two question marks, and the last value of the path swallows all of qs.
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
  const server = createServer(({ url }, response) => {
    const parameters = Object.fromEntries(new URL(url, "http://localhost").searchParams);
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ url, parameters }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const client = new Client({ accessToken: "any", basePath: `http://127.0.0.1:${server.address().port}` });

  const seenWith = async (options) => (await client.apiRequest(options)).json();
  const apart = await seenWith({ path: "/files/v3/files/search", qs: { after: "20", limit: "10" } });
  const both = await seenWith({ path: "/files/v3/files/search?after=20", qs: { limit: "10" } });
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.log("all in qs:          ", apart);
  console.log("a query in the path:", both);
  const found =
    JSON.stringify(apart.parameters) === '{"after":"20","limit":"10"}' &&
    both.url === "/files/v3/files/search?after=20?limit=10" &&
    JSON.stringify(both.parameters) === '{"after":"20?limit=10"}';
  console.log(found ? "as found: two question marks" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
