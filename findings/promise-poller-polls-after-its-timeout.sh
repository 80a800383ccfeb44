#!/usr/bin/env bash
# promise-poller 1.9.1 polls while shouldContinue says so. masterTimeout rejects the caller's promise in time, but a poll that gets
# PENDING is followed by the next one all the same: the polls go on without an end. Where each poll is an error, they stop.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . promise-poller@1.9.1
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");
const promisePoller = require("promise-poller").default;

(async () => {
  let polls = 0;
  let status;
  const server = createServer((_, response) => {
    polls += 1;
    response.writeHead(status).end("PENDING");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** What the caller is told, and the polls of two seconds after that. */
  async function seenWith(each) {
    status = each;
    const poller = promisePoller({
      taskFn: async () => {
        const response = await fetch(`http://127.0.0.1:${server.address().port}/status`);
        if (!response.ok) throw new Error(`${response.status}`);
        return response.text();
      },
      shouldContinue: (error, value) => error !== null || value === "PENDING",
      interval: 50,
      retries: 1000,
      masterTimeout: 500,
    });
    const told = await poller.catch((reason) => reason);
    await wait(200); // for the poll in flight
    polls = 0;
    await wait(2000);
    return { told, pollsAfter: polls };
  }
  const failing = await seenWith(503);
  const pending = await seenWith(200);
  console.log("Node", process.versions.node, "promise-poller", require("promise-poller/package.json").version);
  console.log("each poll is a 503:    ", failing);
  console.log("each poll gets PENDING:", pending);
  const found =
    failing.told === "master timeout" && failing.pollsAfter === 0 && pending.told === "master timeout" && pending.pollsAfter > 5;
  console.log(found ? "as found: it says timeout, and polls on" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
