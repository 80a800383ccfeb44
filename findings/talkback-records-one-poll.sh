#!/usr/bin/env bash
# talkback records what passes through it. With record: "NEW" it answers the second of two equal requests from the tape of the
# first, while it records: a client that polls until COMPLETE sees PENDING for ever, and the server gets one poll. No complete
# import can be recorded so. With record: "OVERWRITE" the client sees each state, but the tape keeps the last one alone.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . talkback@4.2.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import talkback from "talkback";

const STATES = ["PENDING", "PROCESSING", "COMPLETE"];
let polls = 0;
const server = createServer((_, response) => {
  response.setHeader("Content-Type", "text/plain").end(STATES[Math.min(polls++, 2)]);
});
await once(server.listen(0, "127.0.0.1"), "listening");

/** What a client sees through talkback, and how many of its polls the server gets. */
async function seenWith(record, path) {
  polls = 0;
  const free = createServer();
  await once(free.listen(0, "127.0.0.1"), "listening");
  const { port } = free.address();
  await new Promise((resolve) => free.close(resolve));
  const host = `http://127.0.0.1:${server.address().port}`;
  const proxy = (talkback.default ?? talkback)({ host, port, path, record, silent: true });
  await proxy.start();
  const seen = [];
  for (let count = 0; count < 4; count += 1) seen.push(await (await fetch(`http://127.0.0.1:${port}/status`)).text());
  await proxy.close();
  return `${seen.join(" ")} (the server got ${polls})`;
}

const recording = await seenWith("NEW", "new");
const overwriting = await seenWith("OVERWRITE", "over");
const replayed = await seenWith("DISABLED", "over");
server.close();
server.closeAllConnections();
const { version } = JSON.parse(await readFile("node_modules/talkback/package.json", "utf8"));
console.log(`talkback ${version}`);
console.log(`four polls while it records with "NEW":            ${recording}`);
console.log(`four polls while it records with "OVERWRITE":      ${overwriting}`);
console.log(`four polls of what "OVERWRITE" recorded, replayed: ${replayed}`);
const isAsBefore =
  recording === "PENDING PENDING PENDING PENDING (the server got 1)" &&
  overwriting === "PENDING PROCESSING COMPLETE COMPLETE (the server got 4)" &&
  replayed === "COMPLETE COMPLETE COMPLETE COMPLETE (the server got 0)";
process.exit(isAsBefore ? 0 : 1);
JS
node look.mjs
