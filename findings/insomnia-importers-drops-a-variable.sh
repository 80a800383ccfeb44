#!/usr/bin/env bash
# A curl command names its token by a variable, "Authorization: Bearer $TOKEN", so that no page shows it. insomnia-importers 3.6.0,
# with which Insomnia imports such a command, writes nothing in its place, without a word: each imported request is 401.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . insomnia-importers@3.6.0
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { convert } = createRequire(import.meta.url)("insomnia-importers");
const URL = "https://api.example/tasks/1/status";

/** The header of the request that a command is imported as. */
async function tokenOf(header) {
  const { data } = await convert(`curl '${URL}' -H ${header}`);
  const [{ url, headers }] = data.resources;
  if (url !== URL) throw new Error(`imported as ${url}`);
  return headers.find(({ name }) => name === "Authorization").value;
}

const [named, braced, written, quoted] = [
  await tokenOf('"Authorization: Bearer $TOKEN"'),
  await tokenOf('"Authorization: Bearer ${TOKEN}"'),
  await tokenOf('"Authorization: Bearer abc"'),
  await tokenOf("'Authorization: Bearer $TOKEN'"),
];
const { version } = JSON.parse(await readFile("node_modules/insomnia-importers/package.json", "utf8"));
console.log("Node", process.versions.node, "insomnia-importers", version);
console.log({ named, braced, written, quoted });
const isAsFound = named === "Bearer" && braced === "Bearer" && written === "Bearer abc" && quoted === "Bearer $TOKEN";
console.log(isAsFound ? "as found: the variable is dropped" : "CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
