#!/usr/bin/env bash
# vcr-test 1.4.0 records three polls, PENDING, PROCESSING, COMPLETE. Its replay puts each used response behind the others: a fourth
# poll is PENDING again. In the mode "update" it saves that order: after a run with two more polls, the next begins with COMPLETE.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . vcr-test@1.4.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { FileStorage, RecordMode, VCR } from "vcr-test";

const STATES = ["PENDING", "PROCESSING", "COMPLETE"];
let received = 0;
const server = createServer((_, response) => {
  response.setHeader("Content-Type", "application/json").end(JSON.stringify({ status: STATES[Math.min(received++, 2)] }));
});
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${server.address().port}/status`;

const vcr = new VCR(new FileStorage("cassettes"));
/** The states that some polls see in a mode. */
async function seen(mode, polls) {
  const states = [];
  vcr.mode = mode;
  await vcr.useCassette("import", async () => {
    for (let poll = 0; poll < polls; poll += 1) states.push((await (await fetch(url)).json()).status);
  });
  return states.join(" ");
}

const recorded = await seen(RecordMode.once, 3);
const replayed = await seen(RecordMode.once, 5);
const sameUpdate = await seen(RecordMode.update, 3);
const afterSameUpdate = await seen(RecordMode.none, 1);
const update = await seen(RecordMode.update, 5);
const afterUpdate = await seen(RecordMode.none, 1);
server.close();
server.closeAllConnections();
const { version } = JSON.parse(await readFile("node_modules/vcr-test/package.json", "utf8"));
console.log("Node", process.versions.node, "vcr-test", version);
console.log("recorded:                              ", recorded);
console.log("five polls replayed:                   ", replayed);
console.log("three polls in the mode update:        ", sameUpdate, "and the next run begins with", afterSameUpdate);
console.log("five polls in the mode update:         ", update, "and the next run begins with", afterUpdate);
console.log("polls that the server received:        ", received);
const isAsFound =
  recorded === "PENDING PROCESSING COMPLETE" &&
  replayed === "PENDING PROCESSING COMPLETE PENDING PROCESSING" &&
  afterSameUpdate === "PENDING" && update === replayed && afterUpdate === "COMPLETE" && received === 3;
console.log(isAsFound ? "as found: a task that has ended is PENDING again" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
