#!/usr/bin/env bash
# Playwright writes a request that passes a service worker into a HAR twice: as the page's, with its body, and as the
# worker's, with the size 0 and an empty text. Its own routeFromHAR then answers the page with the empty one.
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

const WORKER = `addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => event.respondWith(fetch(event.request)));`;
const FILES = { "/": ["text/html", "<!doctype html>"], "/worker.js": ["text/javascript", WORKER], "/data": ["application/json", '{"a":1}'] };
const server = createServer(({ url }, response) => {
  const [type, body] = FILES[url] ?? ["text/plain", ""];
  response.setHeader("Content-Type", type).end(body);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}/`;
const args = packed.args.filter((one) => one !== "--single-process" && one !== "--no-zygote");
const browser = await chromium.launch({ executablePath: await packed.executablePath(), args });
const ask = async () => (await fetch("/data")).text();

const recording = await browser.newContext({ recordHar: { path: "run.har" } });
const page = await recording.newPage();
await page.goto(address);
await page.evaluate(async () => {
  await navigator.serviceWorker.register("/worker.js");
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
});
const live = await page.evaluate(ask);
await recording.close();
const { log } = JSON.parse(await readFile("run.har", "utf8"));
const written = log.entries.filter(({ request }) => request.url.endsWith("/data"));

const replay = await browser.newContext({ serviceWorkers: "block" });
await replay.routeFromHAR("run.har", { notFound: "abort" });
const again = await replay.newPage();
await again.goto(address);
const replayed = await again.evaluate(ask);

console.log("Node", process.versions.node, "Playwright", log.creator.version, "Chromium", browser.version());
for (const { response, _serviceWorkerRef: of } of written) console.log(of ? "worker's" : "page's", response.status, response.content);
console.log({ live, replayed });
await browser.close();
server.closeAllConnections();
server.close();
const isAsFound = written.length === 2 && live === '{"a":1}' && replayed === "";
console.log(isAsFound ? "as found: the replay has an empty body" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
