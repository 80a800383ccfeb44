#!/usr/bin/env bash
# Retry-After: 0 says that a request may be sent again at once, and so does a date that has just passed. retry-axios 4.0.3 then
# does not send it again at all, while it does after the same 503 without the header, and with Retry-After: 1.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . retry-axios@4.0.3 axios@1.21.1
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import axios from "axios";
import * as rax from "retry-axios";

let requests = 0;
let asked;
const server = createServer((_, response) => {
  requests += 1;
  if (requests > 1) return response.end("COMPLETE");
  response.writeHead(503, asked === undefined ? {} : { "Retry-After": asked }).end();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const client = axios.create({ baseURL: `http://127.0.0.1:${server.address().port}`, raxConfig: {} });
rax.attach(client);

const cases = { none: undefined, 1: "1", 0: "0", "a second ago": new Date(Date.now() - 1000).toUTCString() };
const seen = {};
for (const [name, value] of Object.entries(cases)) {
  asked = value;
  requests = 0;
  const told = await client.get("/").then(({ data }) => data, ({ message }) => message);
  seen[name] = `${told} (${requests} ${requests === 1 ? "request" : "requests"})`;
}
server.close();
server.closeAllConnections();
const version = async (name) => JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
console.log("Node", process.versions.node, "retry-axios", await version("retry-axios"), "axios", await version("axios"));
for (const [name, told] of Object.entries(seen)) console.log(`Retry-After ${name}: ${told}`);
const again = "COMPLETE (2 requests)";
const once503 = "Request failed with status code 503 (1 request)";
const found = seen.none === again && seen[1] === again && seen[0] === once503 && seen["a second ago"] === once503;
console.log(found ? "as found: at once means never" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
