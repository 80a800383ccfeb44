#!/usr/bin/env bash
# ts-retry-promise 0.8.1 with backoff "EXPONENTIAL" raises the delay itself, in milliseconds, to the power of the attempt. A delay
# of 1000 gives 1 s and then 1,000,000 ms, cut to five minutes; a delay of 1 never grows. Exponential backoff doubles it.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ts-retry-promise@0.8.1
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { retry } = require("ts-retry-promise");

(async () => {
  let times;
  const server = createServer((_, response) => {
    times.push(Date.now());
    response.end("PENDING");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** The pauses, in milliseconds, before the second poll and those after it. */
  async function pausesWith(delay, retries) {
    times = [];
    const poll = () => fetch(`http://127.0.0.1:${server.address().port}/status`).then((response) => response.text());
    const until = (status) => status === "COMPLETE";
    await retry(poll, { until, delay, retries, maxBackOff: 8000, backoff: "EXPONENTIAL" }).catch(() => {});
    return times.slice(1).map((time, index) => time - times[index]);
  }
  const of30 = await pausesWith(30, 3);
  const of1 = await pausesWith(1, 8);
  console.log("Node", process.versions.node, "ts-retry-promise", require("ts-retry-promise/package.json").version);
  console.log("delay 30, maxBackOff 8000:", of30, "(doubled: 30, 60, 120)");
  console.log("delay 1:", of1, "(doubled: 1, 2, 4, … 128)");
  const found = of30[1] >= 895 && of30[2] >= 7990 && of1[7] < 100;
  console.log(found ? "as found: 30, 900, 27000" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
