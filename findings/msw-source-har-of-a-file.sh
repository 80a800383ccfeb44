#!/usr/bin/env bash
# A HAR has the bytes of a file as base64, and says so: "encoding": "base64". @msw/source 0.6.1 (fromTraffic) decodes it where the
# media type contains "text". For image/png and application/octet-stream the app is given the base64 text in place of the file.
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
import { fromTraffic } from "@msw/source/traffic";
import packed from "@sparticuz/chromium";
import { setupServer } from "msw/node";
import { chromium } from "playwright-core";

const file = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const server = createServer(({ url }, response) => {
  if (url === "/") return response.setHeader("Content-Type", "text/html").end("<p>An app</p>");
  response.setHeader("Content-Type", "image/png").end(file);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
const context = await browser.newContext({ recordHar: { path: "recorded.har" } });
const page = await context.newPage();
await page.goto(address);
await page.evaluate(async () => (await fetch("/cat.png")).arrayBuffer());
await context.close();
await browser.close();
const har = JSON.parse(await readFile("recorded.har", "utf8"));
const { content } = har.log.entries.find(({ request }) => request.url.endsWith("/cat.png")).response;

const bytes = async () => Buffer.from(await (await fetch(`${address}/cat.png`)).arrayBuffer());
const served = await bytes();
setupServer(...fromTraffic(har)).listen();
const replayed = await bytes();
const { version } = JSON.parse(await readFile("node_modules/@msw/source/package.json", "utf8"));
console.log("Node", process.versions.node, "@msw/source", version);
console.log("recorded:", content);
console.log("served:  ", served.length, "bytes,", served.subarray(1, 4).toString());
console.log("replayed:", replayed.length, "bytes,", replayed.toString());
const found = content.encoding === "base64" && served.equals(file) && replayed.toString() === file.toString("base64");
console.log(found ? "as found: the file is its own base64" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
