#!/usr/bin/env bash
# Names of headers have no case, and axios gives them in small letters. axios-mock-adapter 2.1.0 gives them as the test wrote them:
# after a mocked 429 with Retry-After: 2, axios-retry 4.5.0 finds no retry-after and polls after 0.2 s; after a server's 429, 2 s.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . axios-mock-adapter@2.1.0 axios-retry@4.5.0 axios@1.21.1
cat > look.cjs <<'JS'
const { once } = require("node:events");
const { createServer } = require("node:http");
const axios = require("axios");
const MockAdapter = require("axios-mock-adapter");
const { default: axiosRetry } = require("axios-retry");

(async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    if (requests === 1) return response.writeHead(429, { "Retry-After": "2" }).end();
    response.end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  /** The pause of axios-retry, in seconds, and the header as an interceptor sees it. */
  async function seenWith(prepare) {
    const client = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}` });
    prepare(client);
    let header;
    client.interceptors.response.use(undefined, (error) => {
      header = error.response.headers["retry-after"];
      throw error;
    });
    axiosRetry(client, { retries: 1, retryDelay: axiosRetry.exponentialDelay });
    const start = Date.now();
    await client.get("/status");
    return { 'headers["retry-after"]': header, "pause, s": Math.floor((Date.now() - start) / 1000) };
  }
  const mocked = (name) => (client) => {
    new MockAdapter(client).onGet("/status").replyOnce(429, {}, { [name]: "2" }).onGet("/status").reply(200, {});
  };
  const seen = {
    "a server, Retry-After": await seenWith(() => {}),
    "mocked, Retry-After": await seenWith(mocked("Retry-After")),
    "mocked, retry-after": await seenWith(mocked("retry-after")),
  };
  for (const name of ["axios-mock-adapter", "axios-retry"]) {
    console.log(name, require(`${name}/package.json`).version, "Node", process.versions.node);
  }
  console.table(seen);
  const found = Object.values(seen).map((row) => row["pause, s"]).join() === "2,0,2";
  console.log(found ? "as found: Retry-After is not found" : "CHANGED");
  process.exit(found ? 0 : 1);
})();
JS
node look.cjs
