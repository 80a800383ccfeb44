#!/usr/bin/env bash
# React Native's fetch is whatwg-fetch, whose Response has no `body`. From @mswjs/interceptors 0.41.7 on, which msw's React
# Native entry uses, an app is given the mocked status and the Content-Length, and an empty body; 0.41.6 gives it the text.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . whatwg-fetch@3.6.20 \
  before@npm:@mswjs/interceptors@0.41.6 after@npm:@mswjs/interceptors@0.41.9
cat > look.mjs <<'JS'
import { createRequire } from "node:module";
for (const name of ["fetch", "Headers", "Request", "Response"]) delete globalThis[name];
globalThis.XMLHttpRequest = class {};
createRequire(import.meta.url)("whatwg-fetch");
const [, , name] = process.argv;
const { FetchInterceptor } = await import(`./node_modules/${name}/lib/browser/interceptors/fetch/index.mjs`);
const interceptor = new FetchInterceptor();
interceptor.apply();
const sent = '{"status":"PENDING"}';
const headers = { "Content-Type": "application/json", "Content-Length": `${sent.length}` };
interceptor.on("request", ({ controller }) => controller.respondWith(new Response(sent, { headers })));
const response = await fetch("https://api.example.com/tasks/1");
console.log(JSON.stringify([response.status, response.headers.get("content-length"), await response.text()]));
JS
for name in before after; do
  echo "Node $(node -p process.versions.node), @mswjs/interceptors $(node -p "require('./node_modules/$name/package.json').version"): $(node look.mjs $name)"
done
[ "$(node look.mjs before)" = '[200,"20","{\"status\":\"PENDING\"}"]' ] && [ "$(node look.mjs after)" = '[200,"20",""]' ] ||
  { echo "CHANGED"; exit 1; }
echo "as found: the body is empty, under a Content-Length of 20"
