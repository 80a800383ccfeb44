#!/usr/bin/env bash
# A poll's body is cut by a reset. undici 7.30.2's RetryAgent asks again, with Range for the rest, although the first response
# has no Accept-Ranges. The server gives the whole JSON with 200; the agent drops it, and the client sees an error about Range.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . undici@7.30.2
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { Agent, RetryAgent, request } from "undici";

const TEXT = '{"status":"PENDING"}';
const sent = [];
let failsWith;
let cut;
const server = createServer(({ headers, socket }, response) => {
  sent.push(headers.range ?? "no Range");
  if (sent.length > 1) return response.setHeader("Content-Type", "application/json").end(TEXT);
  if (failsWith === 503) return response.writeHead(503).end();
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": TEXT.length });
  response.write(TEXT.slice(0, 10));
  cut = () => socket.resetAndDestroy();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const dispatcher = new RetryAgent(new Agent());
async function poll(how) {
  failsWith = how;
  sent.length = 0;
  const told = await request(`http://127.0.0.1:${server.address().port}/status`, { dispatcher })
    .then(({ body }) => {
      if (failsWith === "cut") cut(); // the client has got the first half
      return body.text();
    })
    .catch(({ code, message }) => `${code}: ${message}`);
  return { told, sent: sent.join(", ") };
}
const after503 = await poll(503);
const afterCut = await poll("cut");
await dispatcher.close();
server.close();
server.closeAllConnections();
const { version } = JSON.parse(await readFile("node_modules/undici/package.json", "utf8"));
console.log("Node", process.versions.node, "undici", version);
console.log("after a 503:", after503);
console.log("after half a body:", afterCut);
const found =
  after503.told === TEXT && after503.sent === "no Range, no Range" &&
  afterCut.told.startsWith("UND_ERR_REQ_RETRY: server does not support the range header") && afterCut.sent === "no Range, bytes=10-19";
console.log(found ? "as found: the second, whole response is an error" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
