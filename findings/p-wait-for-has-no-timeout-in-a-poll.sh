#!/usr/bin/env bash
# p-wait-for's timeout is the time "before automatically rejecting with a TimeoutError". Version 6.0.0 looks at it between two
# polls alone: where a poll gets no response, it waits without an end. 5.0.2 rejects.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . p-wait-for-5@npm:p-wait-for@5.0.2 p-wait-for-6@npm:p-wait-for@6.0.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const server = createServer((request, response) => {
  if (request.url === "/pending") response.end("PENDING"); // and nothing to /silent
});
await once(server.listen(0, "127.0.0.1"), "listening");

/** How a wait of 500 ms for COMPLETE stands after 3 s. */
async function seenWith(name, path) {
  const { default: pWaitFor } = await import(name);
  const poll = async () => (await (await fetch(`http://127.0.0.1:${server.address().port}${path}`)).text()) === "COMPLETE";
  const waiting = pWaitFor(poll, { interval: 50, timeout: 500 });
  return Promise.race([waiting.catch(({ name }) => `rejects with a ${name}`), wait(3000, "still waits")]);
}

console.log("Node", process.versions.node);
const seen = {};
for (const name of ["p-wait-for-5", "p-wait-for-6"]) {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  seen[version] = { "each poll is PENDING": await seenWith(name, "/pending"), "no response": await seenWith(name, "/silent") };
}
console.table(seen);
const found =
  seen["5.0.2"]["no response"] === "rejects with a TimeoutError" &&
  seen["6.0.0"]["each poll is PENDING"] === "rejects with a TimeoutError" &&
  seen["6.0.0"]["no response"] === "still waits";
console.log(found ? "as found: a poll without a response has no timeout" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
