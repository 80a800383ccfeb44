#!/usr/bin/env bash
# A 202 has Retry-After: 3, which says when to poll first. @azure/core-lro 3.3.1, the poller of Azure's clients, polls at once: it
# reads Retry-After in the responses to its polls alone, and waits after those.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @azure/core-lro@3.3.1
cat > look.mjs <<'JS'
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { createHttpPoller } from "@azure/core-lro";

const requests = [];
const server = createServer((request, response) => {
  requests.push({ request: `${request.method} ${request.url}`, at: Date.now() });
  const accepted = requests.length < 3;
  const location = accepted ? { Location: "/tasks/1/status", "Retry-After": "3" } : {};
  response.writeHead(accepted ? 202 : 200, { "Content-Type": "application/json", ...location }).end("{}");
});
await once(server.listen(0, "127.0.0.1"), "listening");

async function send(method, path) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method });
  const body = await response.json();
  const rawResponse = { statusCode: response.status, headers: Object.fromEntries(response.headers), body, request: { method, url: path } };
  return { rawResponse, flatResponse: body };
}
const poller = createHttpPoller({
  sendInitialRequest: () => send("POST", "/import"),
  sendPollRequest: (path) => send("GET", path),
});
await poller.pollUntilDone();

const seen = requests.map(({ request, at }, index) => ({ request, "pause, ms": at - (requests[index - 1]?.at ?? at) }));
const { version } = JSON.parse(readFileSync("node_modules/@azure/core-lro/package.json", "utf8"));
console.log("Node", process.versions.node, "@azure/core-lro", version);
console.table(seen);
const found = seen.length === 3 && seen[1]["pause, ms"] < 1000 && seen[2]["pause, ms"] >= 2990;
console.log(found ? "as found: the first poll is three seconds early" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
