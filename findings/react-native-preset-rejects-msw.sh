#!/usr/bin/env bash
# React Native's own Babel preset, 0.88.1, stops at the fetch interceptor of msw's React Native entry ("Static class blocks
# are not enabled"), in every profile, those for Hermes among them; Hermes' compiler of the same release takes it unchanged.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps --prefix . \
  @react-native/babel-preset@0.88.1 @babel/core@7.29.7 hermes-compiler@260318099.0.5 @mswjs/interceptors@0.41.9
cat > look.cjs <<'JS'
const { execFileSync } = require("node:child_process");
const { readFileSync, readdirSync, writeFileSync } = require("node:fs");
const babel = require("@babel/core");
const folder = "node_modules/@mswjs/interceptors/lib/browser";
const file = `${folder}/${readdirSync(folder).find((name) => /^fetch-.*\.mjs$/.test(name))}`;
const text = readFileSync(file, "utf8");
const versions = ["@react-native/babel-preset", "@babel/core", "hermes-compiler", "@mswjs/interceptors"];
console.log(versions.map((name) => `${name} ${require(`./node_modules/${name}/package.json`).version}`).join(", "));
let asFound = true;
for (const unstable_transformProfile of ["default", "hermes-stable", "hermes-canary"]) {
  const options = { presets: [["module:@react-native/babel-preset", { unstable_transformProfile }]], filename: "fetch.mjs" };
  let told = "compiled";
  try {
    babel.transformSync(text, { ...options, configFile: false, babelrc: false });
  } catch ({ message }) {
    told = /Static class blocks are not enabled/.exec(message)?.[0] ?? message;
  }
  console.log(`Babel, profile ${unstable_transformProfile}: ${told}`);
  asFound &&= told.startsWith("Static class blocks");
}
// A script, as in a bundle: without the lines of imports and exports.
writeFileSync("fetch.js", text.replace(/^(import|export) .*$/gm, ""));
const systems = { linux: "linux64-bin", darwin: "osx-bin" };
execFileSync(`node_modules/hermes-compiler/hermesc/${systems[process.platform]}/hermesc`, ["-w", "-emit-binary", "-out", "fetch.hbc", "fetch.js"]);
console.log(/static \{/.test(text) ? "Hermes' compiler: compiled, static block and all" : "there is no static block");
asFound &&= /static \{/.test(text);
console.log(asFound ? "as found: the preset is stricter than the engine that it is for" : "CHANGED");
process.exit(asFound ? 0 : 1);
JS
node look.cjs
