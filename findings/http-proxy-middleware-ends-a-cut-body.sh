#!/usr/bin/env bash
# A server's body is cut by a reset, half-way: fetch rejects. Through http-proxy-middleware 3.0.11, the last for Node 20, it resolves:
# the proxy ends the body, status 200, with "Error occurred while trying to proxy" behind the half JSON.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . http-proxy-middleware@3.0.11 express@4.22.1
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";

const BODY = JSON.stringify({ status: "PENDING", links: {} });
const server = createServer(({ url, socket }, response) => {
  response.setHeader("Content-Type", "application/json");
  if (url === "/whole") return response.end(BODY);
  response.write(BODY.slice(0, 12));
  setTimeout(() => socket.resetAndDestroy(), 100);
});
const addressOf = async (listening) => {
  await once(listening, "listening");
  return `http://127.0.0.1:${listening.address().port}`;
};
const target = await addressOf(server.listen(0, "127.0.0.1"));
const proxy = await addressOf(express().use(createProxyMiddleware({ target })).listen(0, "127.0.0.1"));

/** What an app is given: a status with a text, or an error. */
async function given(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return `${response.status} ${(await response.text()).replace(/127.0.0.1:\d+/, "HOST")}`;
  } catch (error) {
    return `rejected: ${error.cause?.code ?? error.name}`;
  }
}

const whole = await given(`${proxy}/whole`);
const [direct, proxied] = [await given(`${target}/cut`), await given(`${proxy}/cut`)];
const { version } = JSON.parse(await readFile("node_modules/http-proxy-middleware/package.json", "utf8"));
console.log("Node", process.versions.node, "http-proxy-middleware", version);
console.log({ whole, direct, proxied });
const isAsFound =
  whole === `200 ${BODY}` && direct === "rejected: ECONNRESET" && proxied.startsWith('200 {"status":"PError occurred');
console.log(isAsFound ? "as found: half a body is whole" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
