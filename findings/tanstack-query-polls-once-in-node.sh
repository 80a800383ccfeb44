#!/usr/bin/env bash
# A QueryObserver of @tanstack/query-core 5.108.4 with a refetchInterval polls once in Node, without an error: where there is no
# `window`, it takes itself for a server that renders a page. So a test outside jsdom sees PENDING for ever. With
# environmentManager.setIsServer(() => false) the same observer polls until COMPLETE.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @tanstack/query-core@5.108.4
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { environmentManager, QueryClient, QueryObserver } from "@tanstack/query-core";

const STATES = ["PENDING", "PROCESSING", "COMPLETE"];
let polls = 0;
const server = createServer((_, response) => response.end(STATES[Math.min(polls++, 2)]));
await once(server.listen(0, "127.0.0.1"), "listening");

/** What an observer shows within two seconds. */
async function seenBy() {
  polls = 0;
  const observer = new QueryObserver(new QueryClient(), {
    queryKey: ["status"],
    queryFn: async () => (await fetch(`http://127.0.0.1:${server.address().port}/status`)).text(),
    refetchInterval: ({ state }) => (state.data === "COMPLETE" ? false : 50),
  });
  const seen = new Set();
  const stop = observer.subscribe(({ data, error }) => seen.add(error?.message ?? data));
  await wait(2000);
  stop();
  seen.delete(undefined);
  return `${[...seen].join(" ")} (${polls} ${polls === 1 ? "poll" : "polls"})`;
}
const inNode = await seenBy();
environmentManager.setIsServer(() => false);
const asClient = await seenBy();
const { version } = JSON.parse(await readFile("node_modules/@tanstack/query-core/package.json", "utf8"));
console.log("Node", process.versions.node, "@tanstack/query-core", version);
console.log("as it is:                 ", inNode);
console.log("with setIsServer to false:", asClient);
const found = inNode === "PENDING (1 poll)" && asClient === "PENDING PROCESSING COMPLETE (3 polls)";
console.log(found ? "as found: one poll" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
