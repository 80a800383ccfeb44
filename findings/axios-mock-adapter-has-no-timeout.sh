#!/usr/bin/env bash
# axios ends a request after its timeout, with ECONNABORTED. Where axios-mock-adapter 2.1.0 delays the response, with delayResponse or
# withDelayInMs, the timeout has no effect: a poll with a timeout of 200 ms resolves after a second. An abort also waits that long.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . axios-mock-adapter@2.1.0 axios@1.21.1
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const axios = require("axios");
const MockAdapter = require("axios-mock-adapter");

(async () => {
  const server = createServer((_, response) => setTimeout(() => response.end("{}"), 1000));
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** What becomes of a poll whose response takes a second, and when. */
  async function seenWith(prepare, options) {
    const client = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}` });
    prepare(client);
    const start = Date.now();
    const outcome = await client.get("/status", options()).then(
      ({ status }) => `resolves with ${status}`,
      ({ code }) => `rejects with ${code}`,
    );
    return `${outcome}, ${Date.now() - start < 800 ? "early" : "after a second"}`;
  }
  const ways = {
    "a server": () => {},
    "mocked, delayResponse": (client) => void new MockAdapter(client, { delayResponse: 1000 }).onGet("/status").reply(200, {}),
    "mocked, withDelayInMs": (client) => void new MockAdapter(client).onGet("/status").withDelayInMs(1000).reply(200, {}),
  };
  const seen = {};
  for (const [name, prepare] of Object.entries(ways)) {
    seen[name] = {
      "timeout: 200": await seenWith(prepare, () => ({ timeout: 200 })),
      "a signal after 200 ms": await seenWith(prepare, () => ({ signal: AbortSignal.timeout(200) })),
    };
  }
  console.log("Node", process.versions.node, "axios-mock-adapter", require("axios-mock-adapter/package.json").version);
  console.table(seen);
  const found =
    seen["a server"]["timeout: 200"] === "rejects with ECONNABORTED, early" &&
    ["mocked, delayResponse", "mocked, withDelayInMs"].every((name) => seen[name]["timeout: 200"] === "resolves with 200, after a second");
  console.log(found ? "as found: the timeout has no effect" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
