#!/usr/bin/env bash
# requestretry 8.0.0 deletes Authorization where a value of the query is a URL of another host, although the request goes to no
# other host: an import of a file from a URL is 401. It deletes it from the caller's own headers, so that each poll after it is, too.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . requestretry@8.0.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const request = require("requestretry");

(async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.headers.authorization === "Bearer any" ? 200 : 401).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const api = `http://127.0.0.1:${server.address().port}`;

  const headers = { Authorization: "Bearer any" };
  const seen = {};
  for (const [step, method, path] of [
    ["a poll", "GET", "/tasks/1/status"],
    ["an import whose URL is in the query", "POST", "/import?url=https%3A%2F%2Fexample.com%2Fcat.png"],
    ["the next poll, with the same headers", "GET", "/tasks/1/status"],
  ]) {
    const { statusCode } = await request({ method, url: `${api}${path}`, headers });
    seen[step] = { status: statusCode, "the caller's headers, afterwards": JSON.stringify(headers) };
  }
  console.log("Node", process.versions.node, "requestretry", require("requestretry/package.json").version);
  console.table(seen);
  const found = Object.values(seen).map(({ status }) => status).join() === "200,401,401";
  console.log(found ? "as found: the token is gone" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
