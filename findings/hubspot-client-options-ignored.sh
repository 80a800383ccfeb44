#!/usr/bin/env bash
# HubSpot's client for JavaScript, 13.5.0, takes defaultHeaders, middleware and httpAgent, and uses none of them: no header
# of one's own, no proxy's agent and not even the client's own User-Agent reaches the server.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --prefix . @hubspot/api-client@13.5.0 node-fetch@2.7.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { Agent, createServer } = require("node:http");
const { Client } = require("@hubspot/api-client");

(async () => {
  let headers;
  const server = createServer((request, response) => {
    headers = request.headers;
    response.setHeader("Content-Type", "application/json").end('{"status":"PENDING","taskId":"1"}');
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const agent = new Agent();
  let askedForConnection = false;
  agent.createConnection = ((create) => (...args) => { askedForConnection = true; return create.apply(agent, args); })(agent.createConnection);
  let ran = false;
  const client = new Client({
    accessToken: "any",
    basePath: `http://127.0.0.1:${server.address().port}`,
    defaultHeaders: { "X-Mine": "yes" },
    httpAgent: agent,
    middleware: [{ pre: async (context) => { ran = true; return context; } }],
  });
  const task = await client.files.filesApi.checkImport("1");
  const seen = { status: task.status, header: headers["x-mine"], agent: askedForConnection, middleware: ran, userAgent: headers["user-agent"] };
  console.log("Node", process.versions.node, "@hubspot/api-client", require("@hubspot/api-client/package.json").version);
  console.log(seen);
  const ignored = seen.header === undefined && !seen.agent && !seen.middleware && seen.userAgent.startsWith("node-fetch/");
  console.log(ignored ? "as found: the options are ignored" : "CHANGED");
  process.exit(ignored && task.status === "PENDING" ? 0 : 1);
})();
JS
node look.cjs
