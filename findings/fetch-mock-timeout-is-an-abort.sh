#!/usr/bin/env bash
# fetch rejects with the reason of its signal: after AbortSignal.timeout that is a TimeoutError, after abort("left") it is "left".
# fetch-mock 12.6.0 rejects with an AbortError of its own each time, so that a client takes a slow poll for one that its user left.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . fetch-mock@12.6.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import fetchMock from "fetch-mock";

const server = createServer((_, response) => setTimeout(() => response.end("PENDING"), 1000));
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}/status`;

function aborted(reason) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 100);
  return controller.signal;
}
async function reasons() {
  const reasonOf = (signal) => fetch(address, { signal }).then(() => "none", (reason) => reason?.name ?? reason);
  return {
    "AbortSignal.timeout(100)": await reasonOf(AbortSignal.timeout(100)),
    "abort()": await reasonOf(aborted()),
    'abort("left")': await reasonOf(aborted("left")),
  };
}
const served = await reasons();
fetchMock.mockGlobal().get(address, "PENDING", { delay: 1000 });
const mocked = await reasons();
const { version } = JSON.parse(await readFile("node_modules/fetch-mock/package.json", "utf8"));
console.log("Node", process.versions.node, "fetch-mock", version);
console.table({ served, mocked });
const found =
  Object.values(served).join() === "TimeoutError,AbortError,left" && Object.values(mocked).join() === "AbortError,AbortError,AbortError";
console.log(found ? "as found: each reason is an AbortError" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
