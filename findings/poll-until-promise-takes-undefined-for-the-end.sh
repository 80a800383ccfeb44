#!/usr/bin/env bash
# poll-until-promise 4.2.0 is to "wait until the executed promise resolved to a true value". It polls again after `false` alone:
# a poll that returns task.result, which is absent until COMPLETE, is the last one, and the caller is given undefined. So is null.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . poll-until-promise@4.2.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { waitFor } = require("poll-until-promise");

(async () => {
  const tasks = [{ status: "PENDING" }, { status: "PROCESSING" }, { status: "COMPLETE", result: { id: "1" } }];
  let polls;
  const server = createServer((_, response) => {
    response.end(JSON.stringify(tasks[Math.min(polls++, 2)]));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** What a caller is given that returns `what` of each task. */
  async function seenWith(what) {
    polls = 0;
    const status = () => fetch(`http://127.0.0.1:${server.address().port}/status`).then((response) => response.json());
    const given = await waitFor(async () => what(await status()), { interval: 20, timeout: 5000 });
    return { polls, given: JSON.stringify(given) };
  }
  const absent = await seenWith((task) => task.result);
  const none = await seenWith((task) => task.result ?? null);
  const no = await seenWith((task) => task.result ?? false);
  console.log("Node", process.versions.node, "poll-until-promise", require("poll-until-promise/package.json").version);
  console.log("task.result:         ", absent);
  console.log("task.result ?? null: ", none);
  console.log("task.result ?? false:", no);
  const found =
    absent.polls === 1 && absent.given === undefined && none.polls === 1 && no.polls === 3 && no.given === '{"id":"1"}';
  console.log(found ? "as found: undefined ends the polls" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
