#!/usr/bin/env bash
# A HAR has a body's text decompressed, and the server's headers as they came, Content-Encoding: gzip among them. @msw/source 0.6.1
# (fromTraffic) responds with that text and that header: fetch rejects each body that the recorded server had compressed.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  playwright-core@1.65.1 @sparticuz/chromium@147.0.0 msw@2.15.0 @msw/source@0.6.1
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { fromTraffic } from "@msw/source/traffic";
import packed from "@sparticuz/chromium";
import { setupServer } from "msw/node";
import { chromium } from "playwright-core";

const task = '{"status":"PENDING"}';
const server = createServer(({ url }, response) => {
  response.setHeader("Content-Type", "application/json");
  if (url === "/plain") return response.end(task);
  response.setHeader("Content-Encoding", "gzip").end(gzipSync(task));
});
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
const context = await browser.newContext({ recordHar: { path: "recorded.har" } });
const page = await context.newPage();
for (const path of ["/plain", "/gzip"]) await page.goto(`${address}${path}`);
await context.close();
await browser.close();
const har = JSON.parse(await readFile("recorded.har", "utf8"));

const seen = {};
const textOf = async (path) => (await fetch(`${address}${path}`)).text().catch(({ message }) => `rejects: ${message}`);
for (const path of ["/plain", "/gzip"]) {
  const recorded = har.log.entries.find(({ request }) => request.url.endsWith(path)).response.content.text;
  seen[path] = { server: await textOf(path), recorded };
}
setupServer(...fromTraffic(har)).listen();
for (const path of ["/plain", "/gzip"]) seen[path].replayed = await textOf(path);
const { version } = JSON.parse(await readFile("node_modules/@msw/source/package.json", "utf8"));
console.log("Node", process.versions.node, "@msw/source", version);
console.table(seen);
const found =
  Object.values(seen).every(({ server, recorded }) => server === task && recorded === task) &&
  seen["/plain"].replayed === task &&
  seen["/gzip"].replayed === "rejects: incorrect header check";
console.log(found ? "as found: a compressed body cannot be replayed" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
