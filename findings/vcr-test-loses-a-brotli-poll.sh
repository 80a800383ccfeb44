#!/usr/bin/env bash
# axios asks for Brotli, among others, and a server's edge sends it. vcr-test 1.4.0 records such a body as text, so that its bytes are
# lost: the poll succeeds while it is recorded, and fails in each replay. After gzip the same poll is replayed.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . vcr-test@1.4.0 axios@1.13.2
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import axios from "axios";
import { FileStorage, VCR } from "vcr-test";

const BODY = JSON.stringify({ taskId: "AAAAEZ6whGI", status: "PROCESSING", startedAt: "2026-12-01T10:00:01.000Z", links: {} });
const server = createServer(({ url, headers }, response) => {
  const coding = url.slice(1);
  if (!headers["accept-encoding"].split(/, */).includes(coding)) return response.writeHead(406).end();
  response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": coding });
  response.end(coding === "br" ? brotliCompressSync(BODY) : gzipSync(BODY));
});
await once(server.listen(0, "127.0.0.1"), "listening");

const vcr = new VCR(new FileStorage("cassettes"));
/** The state that a poll sees, or its error: first from the server, then from the recording. */
async function seen(coding) {
  const outcomes = [];
  for (let run = 0; run < 2; run += 1) {
    await vcr.useCassette(coding, async () => {
      const poll = axios.get(`http://127.0.0.1:${server.address().port}/${coding}`);
      outcomes.push(await poll.then(({ data }) => data.status ?? "unreadable", ({ message }) => `rejected: ${message}`));
    });
  }
  return outcomes;
}

const [gzip, br] = [await seen("gzip"), await seen("br")];
server.close();
server.closeAllConnections();
const versionOf = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
console.log("Node", process.versions.node, "vcr-test", await versionOf("vcr-test"), "axios", await versionOf("axios"));
console.log("gzip, recorded and replayed:", gzip);
console.log("br, recorded and replayed:  ", br);
const isAsFound = gzip.join() === "PROCESSING,PROCESSING" && br[0] === "PROCESSING" && br[1].startsWith("rejected");
console.log(isAsFound ? "as found: a Brotli body is lost" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
