#!/usr/bin/env bash
# @adobe/node-fetch-retry 2.2.0 deletes retryOptions from the options that it is given. With one object for all requests, an app
# that says `retryOptions: false` once sends its second import again after a 503, for up to a minute.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @adobe/node-fetch-retry@2.2.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const fetch = require("@adobe/node-fetch-retry");

console.error = () => {}; // where the library says what it tries again
(async () => {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume().on("end", () => response.writeHead(requests === 5 ? 202 : 503).end());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  const options = { method: "POST", body: "{}", retryOptions: false };
  const seen = [];
  for (const order of ["first", "second"]) {
    const before = requests;
    const { status } = await fetch(`http://127.0.0.1:${server.address().port}/import`, options);
    seen.push({ import: order, status, requests: requests - before, "retryOptions, afterwards": options.retryOptions });
  }
  console.log("Node", process.versions.node, "@adobe/node-fetch-retry", require("@adobe/node-fetch-retry/package.json").version);
  console.table(seen);
  const [first, second] = seen;
  const found = first.requests === 1 && first.status === 503 && !("retryOptions" in options) && second.requests === 4;
  console.log(found ? "as found: the options hold for one request" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
