#!/usr/bin/env bash
# A client that polls again after a 429 may drop its body first, with `await response.body.cancel()`. While msw 2.15.0 listens in
# Node, that promise is never settled, neither for a mocked response nor for a server's: such a client never polls again.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . msw@2.15.0
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { http } from "msw";
import { setupServer } from "msw/node";

const limited = { message: "You have reached your limit." };
const server = createServer((_, response) => response.writeHead(429).end(JSON.stringify(limited)));
await once(server.listen(0, "127.0.0.1"), "listening");
const served = `http://127.0.0.1:${server.address().port}/status`;
const mocked = "http://localhost/mocked/status";

/** What becomes of the promise within two seconds. */
async function cancelled(response) {
  const outcome = await Promise.race([response.body.cancel().then(() => "settled"), wait(2000, "pending")]);
  return `${response.status}, ${outcome}`;
}
const seen = { "a server's": await cancelled(await fetch(served)) };
setupServer(http.get(mocked, () => Response.json(limited, { status: 429 }))).listen({ onUnhandledRequest: "bypass" });
seen["a server's, while msw listens"] = await cancelled(await fetch(served));
seen["mocked by msw"] = await cancelled(await fetch(mocked));
seen["mocked by msw, and read"] = `429, ${(await (await fetch(mocked)).text()).length} characters`;
const { version } = JSON.parse(await readFile("node_modules/msw/package.json", "utf8"));
console.log("Node", process.versions.node, "msw", version);
console.log(seen);
const found = Object.values(seen).map((outcome) => outcome.slice(5)).join() === "settled,pending,pending,42 characters";
console.log(found ? "as found: cancel() is never settled" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
