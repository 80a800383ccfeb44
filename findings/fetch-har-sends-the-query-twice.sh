#!/usr/bin/env bash
# In a HAR, a request's `url` is whole, and `queryString` lists the parameters of its query once more. fetch-har 11.1.1, the last
# for Node 20, sends a request of a HAR: it adds the list to the query of the URL, and the server gets each parameter twice.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  fetch-har@11.1.1 har-validator@5.1.5 playwright-core@1.65.1 @sparticuz/chromium@147.0.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import packed from "@sparticuz/chromium";
import fetchHar from "fetch-har";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const seen = [];
const server = createServer((request, response) => {
  seen.push(request.url);
  response.end("{}");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${server.address().port}/tasks?status=PENDING&limit=10`;

const browser = await chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
const context = await browser.newContext({ recordHar: { path: "recorded.har" } });
await (await context.newPage()).goto(url);
await context.close();
await browser.close();
const har = JSON.parse(await readFile("recorded.har", "utf8"));
har.log.entries.length = 1;
await require("har-validator").har(har); // throws where it is no HAR

const recorded = seen[0];
seen.length = 0;
await fetchHar(har);
const { version } = JSON.parse(await readFile("node_modules/fetch-har/package.json", "utf8"));
console.log("Node", process.versions.node, "fetch-har", version);
console.log({ recorded, sent: seen[0] });
const found = recorded === "/tasks?status=PENDING&limit=10" && seen.join() === `${recorded}&status=PENDING&limit=10`;
console.log(found ? "as found: each parameter twice" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
