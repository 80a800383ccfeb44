#!/usr/bin/env bash
# A poll's timeout ends it while its body is read: fetch's text() rejects. msw 2.15.0 ignores the signal once a mocked response's
# headers are there: text() waits for the rest of a slow body, and forever for one that never ends. A server's body rejects.
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
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

const pieces = ['{"status":', '"PENDING"}'];
const server = createServer(async (_, response) => {
  response.write(pieces[0]);
  await wait(1000);
  response.end(pieces[1]);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}/status`;

/** What becomes of a poll whose body takes a second, with a timeout of 300 ms. */
async function seenWith(signal) {
  const response = await fetch(address, { signal });
  return response.text().then(
    (text) => `resolves with ${text}`,
    ({ name }) => `rejects with a ${name}`,
  );
}
const served = await seenWith(AbortSignal.timeout(300));
const slow = () => {
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(pieces[0]));
      await wait(1000);
      controller.enqueue(new TextEncoder().encode(pieces[1]));
      controller.close();
    },
  });
  return new HttpResponse(body);
};
setupServer(http.get(address, slow)).listen();
const mocked = await seenWith(AbortSignal.timeout(300));
const { version } = JSON.parse(await readFile("node_modules/msw/package.json", "utf8"));
console.log("Node", process.versions.node, "msw", version);
console.log({ served, mocked });
const found = served === "rejects with a TimeoutError" && mocked === 'resolves with {"status":"PENDING"}';
console.log(found ? "as found: the timeout is ignored" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
