#!/usr/bin/env bash
# Where Chromium's cache asks a server whether an answer is still so, and is told 304, Playwright writes the status 200 and
# the cached body into its HAR, but the 304's headers: JSON without a Content-Type, from a server that always sends one.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . playwright-core@1.65.1 @sparticuz/chromium@147.0.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import packed from "@sparticuz/chromium";
import { chromium } from "playwright-core";

const sent = [];
const server = createServer(({ url, headers }, response) => {
  if (url !== "/data") return response.setHeader("Content-Type", "text/html").end("<!doctype html>");
  response.statusCode = headers["if-none-match"] === '"1"' ? 304 : 200;
  sent.push(response.statusCode);
  response.setHeader("ETag", '"1"');
  if (response.statusCode === 304) return response.end();
  response.setHeader("Content-Type", "application/json").setHeader("Cache-Control", "no-cache").end('{"a":1}');
});
await once(server.listen(0, "127.0.0.1"), "listening");
const args = packed.args.filter((one) => one !== "--single-process" && one !== "--no-zygote");
const browser = await chromium.launch({ executablePath: await packed.executablePath(), args });
const context = await browser.newContext({ recordHar: { path: "run.har" } });
const page = await context.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
// The recorder asks the browser for each body: both have to be whole, and a moment old.
const seen = await page.evaluate(async () => {
  const types = [];
  for (let call = 0; call < 2; call += 1) {
    const answer = await fetch("/data");
    await answer.text();
    types.push(answer.headers.get("content-type"));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return types;
});
await context.close();
const { log } = JSON.parse(await readFile("run.har", "utf8"));
const written = log.entries
  .filter(({ request }) => request.url.endsWith("/data"))
  .map(({ response: { status, headers, content } }) => ({
    status,
    type: headers.find(({ name }) => name.toLowerCase() === "content-type")?.value,
    ...content,
  }));
console.log("Node", process.versions.node, "Playwright", log.creator.version, "Chromium", browser.version());
console.log({ sent, seen, written });
await browser.close();
server.closeAllConnections();
server.close();
const [first, second] = written;
const isAsFound =
  sent.join() === "200,304" && seen.join() === "application/json,application/json" &&
  first?.type === "application/json" && second?.status === 200 && second.text === '{"a":1}' && second.type === undefined;
console.log(isAsFound ? "as found: 200 and the body, without its type" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
