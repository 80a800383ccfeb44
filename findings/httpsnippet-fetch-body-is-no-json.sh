#!/usr/bin/env bash
# httpsnippet 3.0.10 makes code of a request of a HAR. For node and fetch it writes the JSON text between single quotes and leaves its
# backslashes as they are: an import whose name has a quotation mark or a line break is sent with a body that is no JSON.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . httpsnippet@3.0.10 node-fetch@2.7.0
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { HTTPSnippet } = require("httpsnippet");

const AsyncFunction = (async () => {}).constructor;
const parsed = (text) => {
  try {
    return JSON.parse(text).name;
  } catch {
    return "no JSON";
  }
};
(async () => {
  let body;
  const server = createServer(async (request, response) => {
    body = "";
    for await (const piece of request) body += piece;
    response.writeHead(202, { "Content-Type": "application/json" }).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}/import`;
  console.log = () => {}; // where a snippet writes the response

  const seen = [];
  for (const name of ["cat", 'a "cat"', "a\ncat", "C:\\cat"]) {
    const text = JSON.stringify({ url: "https://example.com/cat.png", name });
    const headers = [{ name: "Content-Type", value: "application/json" }];
    const postData = { mimeType: "application/json", text };
    const request = { method: "POST", url, httpVersion: "HTTP/1.1", cookies: [], headers, queryString: [], postData, headersSize: -1, bodySize: -1 };
    const snippet = new HTTPSnippet(request).convert("node", "fetch");
    await new AsyncFunction("require", snippet)(require);
    seen.push({ recorded: text, sent: body, "name, as sent": parsed(body) });
  }
  console.info("Node", process.versions.node, "httpsnippet", require("httpsnippet/package.json").version);
  console.info(seen);
  const found = seen.map((row) => row["name, as sent"]).join() === "cat,no JSON,no JSON,no JSON";
  console.info(found ? "as found: a body with a backslash is broken" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
