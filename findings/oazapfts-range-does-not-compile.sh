#!/usr/bin/env bash
# OpenAPI lets a document give one response for all of 200 to 299, as 2XX. Of such a document oazapfts 7.5.0 generates a client with
# the type "status: 2XX", and reports no error: TypeScript does not compile it. With 200 and default in its place it does.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . oazapfts@7.5.0 @oazapfts/runtime@1.2.0 typescript@5.9.3
cat > look.mjs <<'JS'
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";

const response = { description: "a task", content: { "application/json": { schema: { type: "object" } } } };
const seen = {};
for (const status of ["200", "default", "2XX"]) {
  const get = { operationId: "checkStatus", responses: { [status]: response } };
  const document = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { "/status": { get } } };
  await writeFile(`${status}.json`, JSON.stringify(document));
  const generator = spawnSync("node_modules/.bin/oazapfts", [`${status}.json`, `${status}.ts`], { encoding: "utf8" });
  const code = await readFile(`${status}.ts`, "utf8");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", `${status}.ts`];
  const compiler = spawnSync("node_modules/.bin/tsc", options, { encoding: "utf8" });
  seen[status] = {
    "oazapfts exits with": generator.status,
    type: /status: \w+;/.exec(code)?.[0],
    "tsc exits with": compiler.status,
    "its first error": compiler.stdout.split("\n")[0],
  };
}
const { version } = JSON.parse(await readFile("node_modules/oazapfts/package.json", "utf8"));
console.log("Node", process.versions.node, "oazapfts", version);
console.log(seen);
const found =
  Object.values(seen).every((row) => row["oazapfts exits with"] === 0) &&
  seen["200"]["tsc exits with"] === 0 &&
  seen.default["tsc exits with"] === 0 &&
  seen["2XX"].type === "status: 2XX;" &&
  seen["2XX"]["tsc exits with"] !== 0;
console.log(found ? "as found: a type that is none" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
