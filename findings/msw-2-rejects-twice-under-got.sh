#!/usr/bin/env bash
# got 14.6.6 gives up a slow body after its timeout, with a TimeoutError that the caller catches. Where msw 2.15.0 mocks the body
# piece by piece, the same error comes once more, as a rejection that nobody can catch: Node ends the process, Vitest fails the run.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . msw@2.15.0 got@14.6.6
cat > look.mjs <<'JS'
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import got from "got";
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

let unhandled = [];
process.on("unhandledRejection", ({ name }) => unhandled.push(name));
async function seen() {
  unhandled = [];
  const caught = await got(address, { timeout: { request: 300 }, retry: { limit: 0 } }).then(
    () => "none",
    ({ name }) => name,
  );
  await wait(1500);
  return { caught, unhandled: unhandled.join() };
}
const served = await seen();
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
const mocked = await seen();
for (const name of ["msw", "got"]) {
  console.log(name, JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version, "Node", process.versions.node);
}
console.log({ served, mocked });
const found = served.caught === "TimeoutError" && served.unhandled === "" && mocked.caught === "TimeoutError" && mocked.unhandled === "TimeoutError";
console.log(found ? "as found: the error comes twice" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
