#!/usr/bin/env bash
# An app renews its token before it polls again, in onRetry. If that fails, the poll should fail with that error. With the retry
# middleware of wretch 2.11.1 the poll is never settled, and the error comes as a rejection that the caller cannot catch.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . wretch@2.11.1
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import wretch from "wretch";
import { retry } from "wretch/middlewares";

const server = createServer(({ headers }, response) => response.writeHead(headers.authorization === "Bearer new" ? 200 : 401).end());
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}/status`;

let unhandled = [];
process.on("unhandledRejection", ({ message }) => unhandled.push(message));

/** What becomes of a poll whose token is renewed so, within two seconds. */
async function seenWith(renew) {
  unhandled = [];
  const onRetry = async ({ options }) => ({ options: { ...options, headers: { Authorization: `Bearer ${await renew()}` } } });
  const poll = wretch(address).middlewares([retry({ delayTimer: 20, maxAttempts: 2, onRetry })]).get().res();
  const outcome = await Promise.race([
    poll.then(({ status }) => `resolves with ${status}`, ({ message }) => `rejects: ${message}`),
    wait(2000, "never settled"),
  ]);
  return { outcome, unhandled: unhandled.join() };
}
const seen = {
  "the token is renewed": await seenWith(async () => "new"),
  "it cannot be renewed": await seenWith(async () => {
    throw new Error("no refresh token");
  }),
};
const { version } = JSON.parse(await readFile("node_modules/wretch/package.json", "utf8"));
console.log("Node", process.versions.node, "wretch", version);
console.table(seen);
const failed = seen["it cannot be renewed"];
const found =
  seen["the token is renewed"].outcome === "resolves with 200" &&
  failed.outcome === "never settled" &&
  failed.unhandled === "no refresh token";
console.log(found ? "as found: the poll is never settled" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
