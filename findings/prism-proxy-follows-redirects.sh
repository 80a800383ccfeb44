#!/usr/bin/env bash
# A server redirects with 307, as its document says. Prism 5.14.2 as a validation proxy follows it by itself: the client gets the
# response from behind it, and the server that keeps its document is reported: its 200 is not "defined in the document: 307".
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @stoplight/prism-cli@5.14.2
cat > openapi.json <<'JSON'
{
  "openapi": "3.0.3",
  "info": { "title": "t", "version": "1" },
  "paths": {
    "/old": { "get": { "responses": { "307": { "description": "moved", "headers": { "Location": { "schema": { "type": "string" } } } } } } }
  }
}
JSON
cat > look.mjs <<'JS'
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

let requests = [];
const server = createServer(({ url }, response) => {
  requests.push(url);
  if (url === "/old") return response.writeHead(307, { Location: "/new" }).end();
  response.setHeader("Content-Type", "text/plain").end("PENDING");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const target = `http://127.0.0.1:${server.address().port}`;

const free = createServer().listen(0, "127.0.0.1");
await once(free, "listening");
const { port } = free.address();
await new Promise((resolve) => free.close(resolve));
const folder = "node_modules/@stoplight/prism-cli";
const { version, bin } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
const prism = spawn(process.execPath, [`${folder}/${bin.prism}`, "proxy", "-h", "127.0.0.1", "-p", `${port}`, "openapi.json", target]);
process.on("exit", () => prism.kill());
prism.on("exit", () => process.exit(1));
let said = "";
await new Promise((resolve) => prism.stdout.on("data", (chunk) => (said += chunk).includes("is listening") && resolve()));

async function seenFrom(address) {
  requests = [];
  const { status, headers } = await fetch(`${address}/old`, { redirect: "manual" });
  const [violation] = JSON.parse(headers.get("sl-violations") ?? "[]");
  return { status, location: headers.get("location"), violation: violation?.message, requests: requests.join(" ") };
}
const direct = await seenFrom(target);
const proxied = await seenFrom(`http://127.0.0.1:${port}`);
console.log("Node", process.versions.node, "Prism", version);
console.log("direct: ", direct);
console.log("proxied:", proxied);
const found =
  direct.status === 307 && direct.location === "/new" && direct.requests === "/old" &&
  proxied.status === 200 && proxied.location === null && proxied.requests === "/old /new" &&
  proxied.violation === "Unable to match the returned status code with those defined in the document: 307";
console.log(found ? "as found: the proxy follows the redirect, and reports what is behind it" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
