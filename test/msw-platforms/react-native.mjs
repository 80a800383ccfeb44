/**
 * Tries docs/msw-recipes.md's React Native as its own tools build it: Metro with React Native's preset makes the bundle,
 * which is run in a context with React Native's globals alone, and compiled by Hermes' compiler. Takes some minutes.
 *
 * usage: npm run build && node test/msw-platforms/react-native.mjs
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNative } from "./native.mjs";

const VERSIONS = {
  "@babel/plugin-transform-class-static-block": "7.29.14",
  "@react-native/babel-preset": "0.88.1",
  "@react-native/metro-config": "0.88.1",
  "hermes-compiler": "260318099.0.5",
  metro: "0.87.1",
  msw: "2.15.0",
  react: "19.3.1",
  "react-native": "0.88.1",
  "react-native-url-polyfill": "4.0.0",
  "web-streams-polyfill": "4.3.0",
};

const METRO_CONFIG = `const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");
// Without a device there is no native side for React Native's own start.
module.exports = mergeConfig(getDefaultConfig(__dirname), { serializer: { getModulesRunBeforeMainModule: () => [] } });`;

const APP = `import "react-native/Libraries/Network/fetch";
import "./index.js";
import { importFile } from "./import-file.mjs";
globalThis.importFile = importFile;`;

const directory = mkdtempSync(join(tmpdir(), "react-native-"));
const run = (command, ...args) => execFileSync(command, args, { cwd: directory, encoding: "utf8", stdio: "pipe" });
const add = (file, text) => writeFileSync(join(directory, file), text);
try {
  const page = readFileSync("docs/msw-recipes.md", "utf8");
  const [, overrides] = /```json\n(.*?)```/s.exec(page);
  const packed = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", directory]);
  const dependencies = { ...VERSIONS, "hubspot-import-kit": `file:${String(packed).trim()}` };
  add("package.json", JSON.stringify({ private: true, dependencies, ...JSON.parse(overrides) }));
  for (const [, code, file] of page.matchAll(/```js\n(\/\/ (\S+) @(?:native|app)\n.*?)```/gs)) add(file, code);
  add("metro.config.js", METRO_CONFIG);
  add("app.js", APP);
  run("npm", "install", "--ignore-scripts", "--legacy-peer-deps", "--prefer-offline");
  run(
    "node",
    "node_modules/metro/src/cli.js",
    "build",
    "app.js",
    "--out",
    "bundle",
    "--platform",
    "ios",
    "--dev",
    "true",
  );
  const bundle = join(directory, existsSync(join(directory, "bundle.js")) ? "bundle.js" : "bundle");
  console.log("Metro's bundle, run:", await runNative(readFileSync(bundle, "utf8")));
  const hermesc = `node_modules/hermes-compiler/hermesc/${process.platform === "darwin" ? "osx-bin" : "linux64-bin"}/hermesc`;
  run(hermesc, "-w", "-emit-binary", "-out", "bundle.hbc", bundle);
  console.log("Hermes' compiler takes it");
} finally {
  rmSync(directory, { recursive: true });
}
