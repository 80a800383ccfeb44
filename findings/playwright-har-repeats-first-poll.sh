#!/usr/bin/env bash
# A HAR has three responses to the same GET, in their order: PENDING, PROCESSING, COMPLETE. Playwright's routeFromHAR gives each
# request the first of them, so that a page which polls until COMPLETE polls for ever. MSW's fromTraffic, with the same file,
# gives one after the other, then the last one again.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  playwright-core@1.65.1 @sparticuz/chromium@147.0.0 msw@2.15.0 @msw/source@0.6.1
cat > look.mjs <<'JS'
import { readFile, writeFile } from "node:fs/promises";
import { fromTraffic } from "@msw/source/traffic";
import packed from "@sparticuz/chromium";
import { setupServer } from "msw/node";
import { chromium } from "playwright-core";

const HOST = "http://poll.example/";
const url = `${HOST}status`;
const recorded = ["PENDING", "PROCESSING", "COMPLETE"];
const common = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1, bodySize: -1 };
const entries = recorded.map((text, second) => ({
  startedDateTime: new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString(),
  time: 5,
  request: { ...common, method: "GET", url, headers: [], queryString: [] },
  response: {
    ...common,
    status: 200,
    statusText: "OK",
    headers: [{ name: "Content-Type", value: "text/plain" }],
    content: { size: text.length, mimeType: "text/plain", text },
    redirectURL: "",
  },
  cache: {},
  timings: { send: 0, wait: 5, receive: 0 },
}));
const har = { log: { version: "1.2", creator: { name: "by hand", version: "1" }, pages: [], entries } };
await writeFile("run.har", JSON.stringify(har));

const args = packed.args.filter((one) => one !== "--single-process" && one !== "--no-zygote");
const browser = await chromium.launch({ executablePath: await packed.executablePath(), args });
const context = await browser.newContext();
await context.routeFromHAR("run.har", { notFound: "fallback" });
const page = await context.newPage();
await page.route(HOST, (route) => route.fulfill({ contentType: "text/html", body: "" }));
await page.goto(HOST);
const poll = async (address) => (await fetch(address)).text();
const inPage = [];
for (let count = 0; count < 4; count += 1) inPage.push(await page.evaluate(poll, url));
await browser.close();

const server = setupServer(...fromTraffic(har));
server.listen();
const inMsw = [];
for (let count = 0; count < 4; count += 1) inMsw.push(await poll(url));
server.close();

const version = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
console.log(`recorded:                             ${recorded.join(" ")}`);
console.log(`playwright-core ${await version("playwright-core")}, routeFromHAR: ${inPage.join(" ")}`);
console.log(`@msw/source ${await version("@msw/source")}, fromTraffic:       ${inMsw.join(" ")}`);
const isAsBefore = inPage.join() === "PENDING,PENDING,PENDING,PENDING" && inMsw.join() === `${recorded},COMPLETE`;
process.exit(isAsBefore ? 0 : 1);
JS
node look.mjs
