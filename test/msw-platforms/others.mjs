/**
 * Tries the recipes of docs/frameworks where npm has more than a test should install: Jest 29, Jest 30 with its own jsdom
 * and Babel's preset, and React Native. There, Metro makes the bundle with React Native's preset; it is run in a context with
 * React Native's globals alone, and compiled by Hermes' compiler. Takes some minutes.
 *
 * usage: npm run build && node test/msw-platforms/others.mjs
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNative } from "./native.mjs";

const page = ["README", "jest", "others"].map((name) => readFileSync(`docs/frameworks/${name}.md`, "utf8")).join("\n");
const filesOf = (platform) =>
  [...page.matchAll(/```\w+\n(\/\/ (\S+) @(\w+)\n.*?)```/gs)].filter(([, , , tag]) => [platform, "app"].includes(tag));
const linesOf = (platform) => [...page.matchAll(/^(.*?) +# @(\w+)$/gm)].filter(([, , tag]) => tag === platform);

const project = mkdtempSync(join(tmpdir(), "platforms-"));
const run = (command, ...args) => execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: "pipe" });
const add = (file, text) => writeFileSync(join(project, file), text);
const packed = String(
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", project]),
).trim();

function install(dependencies, more = {}) {
  const all = { ...dependencies, msw: "2.15.0", "hubspot-import-kit": `file:${packed}` };
  rmSync(join(project, "package-lock.json"), { force: true });
  add("package.json", JSON.stringify({ private: true, dependencies: all, ...more }));
  run("npm", "install", "--ignore-scripts", "--legacy-peer-deps", "--prefer-offline");
}

function runLines(platform) {
  for (const [, line] of linesOf(platform)) {
    run("sh", "-c", line);
    console.log(`  ${line}: passed`);
  }
}

/** As projects have it that do not know jest-fixed-jsdom: jsdom's own URL and AbortSignal, and Node's fetch. */
const OWN_ENVIRONMENT = `const { default: JSDOM } = require("jest-environment-jsdom");
module.exports = class extends JSDOM {
  constructor(...args) {
    super(...args);
    this.customExportConditions = [""];
    Object.assign(this.global, { fetch, Request, Response, Headers, FormData, Blob, ReadableStream, WritableStream });
    Object.assign(this.global, { TransformStream, TextEncoder, TextDecoder, BroadcastChannel, structuredClone });
  }
};`;

function tryJest(version, jsdom) {
  console.log(`Jest ${version}, jest-environment-jsdom ${jsdom}`);
  const preset = { "@babel/preset-env": "7.29.14", "babel-jest": version };
  install({ jest: version, "jest-environment-jsdom": jsdom, "jest-fixed-jsdom": "0.0.11", ...preset });
  for (const [, code, file] of filesOf("jest")) add(file, code);
  add("jest.config.json", '{ "testMatch": ["**/*.test.mjs"] }');
  add("own.cjs", OWN_ENVIRONMENT);
  runLines("jest");
  run("sh", "-c", "NODE_OPTIONS=--experimental-vm-modules npx jest --env=./own.cjs");
  console.log("  the same in an environment with jsdom's own URL and AbortSignal: passed");
  rmSync(join(project, "jest.config.json"));
  for (const [, code, file] of filesOf("jest")) add(file.replace(".test.mjs", ".test.js"), code);
  for (const [, code, file] of filesOf("commonjs")) add(file, code);
  add("babel.config.json", '{ "presets": [["@babel/preset-env", { "targets": { "node": "current" } }]] }');
  rmSync(join(project, "import-file.test.mjs"));
  runLines("commonjs");
  for (const file of ["jest.config.cjs", "babel.config.json"]) rmSync(join(project, file));
}

const METRO_CONFIG = `const { getDefaultConfig, mergeConfig } = require("@react-native/metro-config");
// Without a device there is no native side for React Native's own start.
module.exports = mergeConfig(getDefaultConfig(__dirname), { serializer: { getModulesRunBeforeMainModule: () => [] } });`;

const NATIVE_APP = `import "whatwg-fetch";
import "./index.js";
import { importFile } from "./import-file.mjs";
globalThis.importFile = importFile;`;

async function tryReactNative(version) {
  console.log(`React Native ${version}`);
  const [, overrides = "{}"] = /```json\n(.*?)```/s.exec(page) ?? [];
  const polyfills = { "react-native-url-polyfill": "4.0.0", "web-streams-polyfill": "4.3.0" };
  const ofReactNative = { "@react-native/babel-preset": version, "@react-native/metro-config": version };
  const tools = { metro: "0.87.1", "hermes-compiler": "260318099.0.5" };
  const plugin = { "@babel/plugin-transform-class-static-block": "7.29.14" };
  const native = { react: "19.3.1", "react-native": version, ...ofReactNative, ...tools, ...plugin, ...polyfills };
  install(native, JSON.parse(overrides));
  for (const [, code, file] of filesOf("native")) add(file, code);
  add("metro.config.js", METRO_CONFIG);
  add("app.js", NATIVE_APP);
  run(
    "node",
    "node_modules/metro/src/cli.js",
    "build",
    "app.js",
    "--out",
    "bundle.js",
    "--platform",
    "ios",
    "--dev",
    "true",
  );
  console.log("  Metro's bundle:", (await runNative(readFileSync(join(project, "bundle.js"), "utf8"))).join(", "));
  const system = process.platform === "darwin" ? "osx-bin" : "linux64-bin";
  run(
    `node_modules/hermes-compiler/hermesc/${system}/hermesc`,
    "-w",
    "-emit-binary",
    "-out",
    "bundle.hbc",
    "bundle.js",
  );
  console.log("  Hermes' compiler: compiled");
}

try {
  tryJest("29.7.0", "29.7.0");
  tryJest("30.5.2", "30.5.2");
  await tryReactNative("0.88.1");
} finally {
  rmSync(project, { recursive: true });
}
