#!/usr/bin/env bash
# In a HAR, each header has a name and a value. axios-har-tracker 0.8.0 writes a Content-Type without a value for each request that
# has no body: a recording with one poll in it is no HAR, har-validator says so, and readers that validate reject the whole file.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . axios-har-tracker@0.8.0 axios@1.21.1 har-validator@5.1.5
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const axios = require("axios");
const { AxiosHarTracker } = require("axios-har-tracker");
const validator = require("har-validator");

(async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.method === "POST" ? 202 : 200, { "Content-Type": "application/json" }).end('{"id":"1"}');
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** What har-validator says of a recording of one request. */
  async function seenOf(method, path, data) {
    const client = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}` });
    const tracker = new AxiosHarTracker(client);
    await client({ method, url: path, data });
    const har = JSON.parse(JSON.stringify(tracker.getGeneratedHar())); // as written into a file
    const verdict = await validator.har(har).then(
      () => "valid",
      ({ errors }) => errors.map(({ dataPath, message }) => `${dataPath} ${message}`).join(),
    );
    return { verdict, headers: JSON.stringify(har.log.entries[0].request.headers.slice(0, 2)) };
  }
  const seen = {
    "an import": await seenOf("POST", "/import", { url: "https://example.com/cat.png" }),
    "a poll": await seenOf("GET", "/status"),
  };
  console.log("Node", process.versions.node, "axios-har-tracker", require("./node_modules/axios-har-tracker/package.json").version);
  console.log(seen);
  const found =
    seen["an import"].verdict === "valid" &&
    /^\.log\.entries\[0\]\.request\.headers\[\d\] should have required property 'value'$/.test(seen["a poll"].verdict);
  console.log(found ? "as found: a header without a value" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
