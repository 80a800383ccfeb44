#!/usr/bin/env bash
# openapi-fetch 0.17.0 returns { data, error }, for `if (error)`. A 503 without a body, as a proxy in front of an API gives it, has
# the error undefined, and TypeScript then takes data for the task: a client that asks error alone takes it for a success.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . openapi-fetch@0.17.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import createClient from "openapi-fetch";

const bodies = { "/json": '{"message":"busy"}', "/text": "busy", "/empty": "" };
const server = createServer(({ url }, response) => {
  response.writeHead(503, { "Retry-After": "1", "Content-Length": bodies[url].length }).end(bodies[url]);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const client = createClient({ baseUrl: `http://127.0.0.1:${server.address().port}` });

const seen = {};
for (const path of Object.keys(bodies)) {
  const { data, error, response } = await client.GET(path);
  seen[path] = { status: response.status, data, error, "if (error)": error ? "taken" : "not taken" };
}
const { version } = JSON.parse(await readFile("node_modules/openapi-fetch/package.json", "utf8"));
console.log("Node", process.versions.node, "openapi-fetch", version);
console.table(seen);
const taken = Object.values(seen).map((row) => row["if (error)"]).join();
const found = taken === "taken,taken,not taken" && seen["/empty"].status === 503 && seen["/empty"].error === undefined;
console.log(found ? "as found: an empty 503 is no error" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
