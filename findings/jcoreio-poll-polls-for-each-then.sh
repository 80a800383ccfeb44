#!/usr/bin/env bash
# @jcoreio/poll 2.4.2 "returns a Promise that resolves when polling finishes". Its `then`, `catch` and `finally` each begin to poll:
# none is sent before, a handler and an error handler poll twice at the same time, and so does an `await` after it.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @jcoreio/poll@2.4.2
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");
const poll = require("@jcoreio/poll").default;

(async () => {
  let polls;
  const server = createServer((_, response) => {
    polls += 1;
    response.end(polls < 3 ? "PENDING" : "COMPLETE");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** The polls of an import that is COMPLETE at the third. */
  async function pollsOf(use) {
    polls = 0;
    const status = () => fetch(`http://127.0.0.1:${server.address().port}/status`).then((response) => response.text());
    await use(poll(status, 50).until((_, text) => text === "COMPLETE"));
    await wait(300); // for polls in flight
    return polls;
  }
  const seen = {
    "await it": await pollsOf(async (polling) => void (await polling)),
    "then() and catch(), each of its own": await pollsOf(async (polling) => {
      polling.catch(() => {});
      await polling.then(() => {});
    }),
    "await it, and await it again": await pollsOf(async (polling) => {
      await polling;
      await polling;
    }),
    "leave it alone": await pollsOf(async () => wait(200)),
  };
  console.log("Node", process.versions.node, "@jcoreio/poll", require("@jcoreio/poll/package.json").version);
  console.log(seen);
  const found = Object.values(seen).join() === "3,4,4,0";
  console.log(found ? "as found: each then() polls" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
