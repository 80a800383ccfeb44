#!/usr/bin/env bash
# Where a connection is reset, fetch rejects with the TypeError "fetch failed", whose cause has the code. nock 14.0.17's
# replyWithError rejects with the given error itself: a client that looks at error.cause.code, as with a server, never polls again.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . nock@14.0.17 is-network-error@1.3.2
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import isNetworkError from "is-network-error";
import nock from "nock";

const server = createServer((request) => request.socket.resetAndDestroy());
await once(server.listen(0, "127.0.0.1"), "listening");
nock.disableNetConnect();
nock.enableNetConnect("127.0.0.1");
const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
nock("http://api.example.com").get("/status").replyWithError(reset);

async function seenAt(address) {
  const error = await fetch(`${address}/status`).catch((reason) => reason);
  return {
    name: error.name,
    message: error.message,
    "cause.code": error.cause?.code,
    code: error.code,
    "is-network-error": isNetworkError(error),
  };
}
const seen = { "a server": await seenAt(`http://127.0.0.1:${server.address().port}`), nock: await seenAt("http://api.example.com") };
const { version } = JSON.parse(await readFile("node_modules/nock/package.json", "utf8"));
console.log("Node", process.versions.node, "nock", version);
console.table(seen);
const found =
  seen["a server"].name === "TypeError" && seen["a server"]["cause.code"] === "ECONNRESET" && seen["a server"]["is-network-error"] &&
  seen.nock.name === "Error" && seen.nock["cause.code"] === undefined && !seen.nock["is-network-error"];
console.log(found ? "as found: another error than fetch's" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
