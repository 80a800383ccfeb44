#!/usr/bin/env bash
# An aborted fetch rejects with an AbortError, at once. @fetchkit/ffetch 4.3.0, aborted in the pause before it polls again after a 503,
# waits for the end of the pause, and then resolves with that 503: an app whose user left goes on as if the server had responded.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @fetchkit/ffetch@4.3.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createClient } from "@fetchkit/ffetch";

let received = 0;
const server = createServer(({ socket, url }, response) => {
  received += 1;
  if (url === "/reset") return socket.resetAndDestroy();
  response.writeHead(503).end("{}");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const client = createClient({ retries: 3, retryDelay: 2000 });

/** What a caller is given that aborts half a second after the first response. */
async function given(path) {
  received = 0;
  const left = new AbortController();
  setTimeout(() => left.abort(), 500);
  const started = Date.now();
  const outcome = await client(`http://127.0.0.1:${server.address().port}${path}`, { signal: left.signal }).then(
    ({ status }) => `resolved ${status}`,
    ({ name }) => `rejected ${name}`,
  );
  return { outcome, seconds: Math.round((Date.now() - started) / 1000), requests: received };
}

const [error, reset] = [await given("/error"), await given("/reset")];
server.close();
server.closeAllConnections();
const { version } = JSON.parse(await readFile("node_modules/@fetchkit/ffetch/package.json", "utf8"));
console.log("Node", process.versions.node, "@fetchkit/ffetch", version);
console.log("aborted after a 503:  ", error);
console.log("aborted after a reset:", reset);
const isAsFound =
  error.outcome === "resolved 503" && error.seconds >= 2 && reset.outcome === "rejected AbortError" &&
  error.requests === 1 && reset.requests === 1;
console.log(isAsFound ? "as found: the abort is lost after a 503" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
