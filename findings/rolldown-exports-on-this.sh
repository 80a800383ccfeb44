#!/usr/bin/env bash
# rolldown finds no export in uri-template-lite, which Prism uses: a CommonJS module that sets its exports on `this` alone.
# Node, esbuild and Rollup (with @rollup/plugin-commonjs) take `this` at the top of such a module for `exports`.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  uri-template-lite@22.9.0 rolldown@1.2.19 esbuild@0.25.12 rollup@4.53.3 \
  @rollup/plugin-commonjs@28.0.9 @rollup/plugin-node-resolve@16.0.3
cat > in.mjs <<'JS'
import library from "uri-template-lite";

console.log(new library.URI.Template("/tasks/{id}/status").expand({ id: "1 2" }));
JS
cat > look.mjs <<'JS'
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import commonjs from "@rollup/plugin-commonjs";
import nodeResolve from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rolldown, VERSION } from "rolldown";
import { rollup } from "rollup";

const versionOf = (name) => createRequire(import.meta.url)(`${name}/package.json`).version;
const bundlers = {
  node: async () => "in.mjs",
  esbuild: async () => {
    await build({ entryPoints: ["in.mjs"], bundle: true, format: "esm", outfile: "esbuild.mjs", logLevel: "silent" });
    return "esbuild.mjs";
  },
  rollup: async () => {
    const bundle = await rollup({ input: "in.mjs", plugins: [nodeResolve(), commonjs()], onwarn: () => {} });
    await bundle.write({ file: "rollup.mjs", format: "esm" });
    return "rollup.mjs";
  },
  rolldown: async () => {
    const bundle = await rolldown({ input: "in.mjs", platform: "node", logLevel: "silent" });
    await bundle.write({ file: "rolldown.mjs", format: "esm" });
    return "rolldown.mjs";
  },
};
console.log(`uri-template-lite ${versionOf("uri-template-lite")}, esbuild ${versionOf("esbuild")}, rollup ${versionOf("rollup")}, rolldown ${VERSION}`);
const seen = {};
for (const [name, make] of Object.entries(bundlers)) {
  seen[name] = await make().then(
    (file) => execFileSync(process.execPath, [file], { encoding: "utf8" }).trim(),
    ({ errors, message }) => errors?.[0]?.code ?? message,
  );
  console.log(`${name}: ${seen[name]}`);
}
const expanded = "/tasks/1%202/status";
const isAsFound =
  seen.node === expanded && seen.esbuild === expanded && seen.rollup === expanded && seen.rolldown === "MISSING_EXPORT";
if (!isAsFound) console.log("CHANGED");
process.exit(isAsFound ? 0 : 1);
JS
node look.mjs
