#!/usr/bin/env bash
# @adobe/node-fetch-retry 2.2.0 "works the same as the normal fetch api". It puts an AbortSignal of its own in the place of the
# caller's, as long as it retries, which it does by default: an abort stops neither the poll under way nor those that follow.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @adobe/node-fetch-retry@2.2.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { setTimeout: wait } = require("node:timers/promises");
const fetch = require("@adobe/node-fetch-retry");

console.error = () => {}; // where the library says what it tries again
(async () => {
  let requests;
  const server = createServer(async (_, response) => {
    requests += 1;
    await wait(400);
    response.writeHead(requests > 2 ? 200 : 503).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** What becomes of a poll that is aborted after 100 ms. */
  async function seenWith(more) {
    requests = 0;
    const options = { signal: AbortSignal.timeout(100), ...more };
    const outcome = await fetch(`http://127.0.0.1:${server.address().port}/status`, options).then(
      ({ status }) => `${status}`,
      ({ name }) => name,
    );
    await wait(600); // for a poll in flight
    return { outcome, requests };
  }
  const seen = { "retryOptions: false": await seenWith({ retryOptions: false }), "by default": await seenWith({}) };
  console.log("Node", process.versions.node, "@adobe/node-fetch-retry", require("@adobe/node-fetch-retry/package.json").version);
  console.table(seen);
  const found =
    seen["retryOptions: false"].outcome === "FetchError" &&
    seen["retryOptions: false"].requests === 1 &&
    seen["by default"].outcome === "200" &&
    seen["by default"].requests === 3;
  console.log(found ? "as found: the caller's signal is ignored" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
