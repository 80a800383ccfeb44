import { execFile, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, type TestContext, test, vi } from "vitest";
import { inTurns } from "../mocks/in-turns.js";
import { startHostile } from "./hostile/server.mjs";
import { TEXTS } from "./hostile/shapes.mjs";
import { BIN, directoryOf, environment } from "./verify-command.js";

/** So long that another thread judges it. */
const LONG = 60_000;

/** What the thread that judges does first, in place of a judge that is busy for hours, and so on. */
const JUDGE = {
  "never ends": "fs.writeSync(2, 'judging '); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "has no room": "'x'.repeat(2 ** 30)",
  throws: "throw new Error('boom')",
} as const;

/** What the command's own thread does first, so that the hour that a run may take is over once the judge starts. */
const HOUR_LATER = `
  const { Worker } = threads, { now } = Date;
  threads.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      Date.now = () => now() + 3_600_000;
    }
  };
  syncBuiltinESMExports();
`;

/** Runs `verify` against a server with a file of a long name, and a judge that does something else first. */
async function verifyWith(
  judge: keyof typeof JUDGE,
  {
    timeout,
    first = "",
    context,
    onJudging,
  }: { timeout: string; first?: string; context: TestContext; onJudging?: (pid: number) => void },
) {
  const server = await startHostile("complete/result/name", TEXTS.backslashes, LONG);
  context.onTestFinished(server.close);
  const cwd = await directoryOf({}, context.onTestFinished);
  const code = `import fs from"node:fs";import{syncBuiltinESMExports}from"node:module";import threads from"node:worker_threads";
    if(threads.isMainThread){${first}}else{${JUDGE[judge]}}`;
  const args = ["--base-url", server.url, "--timeout", timeout, "--poll-interval", "20ms"];
  const child = spawn(process.execPath, [BIN, "verify", ...args, "--report", "json=a.json", "--record", "a.har"], {
    cwd,
    env: environment({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` }),
  });
  context.onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      const isNews = !output.includes("judging");
      output += chunk;
      if (isNews && output.includes("judging")) onJudging?.(child.pid ?? 0);
    });
  }
  const exitCode = await new Promise((done) => child.once("close", done));
  const deletions = server.asked.filter(({ method }) => method === "DELETE").length;
  return { exitCode, output, deletions, files: await readdir(cwd), cwd };
}

// At once: each waits for a process.
describe.concurrent("a judge that does something else", () => {
  test.for([
    ["never ends", "1h", HOUR_LATER, "so long that they were not judged in time"],
    ["has no room", "60s", "", "too long to be judged"],
  ] as const)(
    "where the judge %s, the verdict is that nothing is known",
    async ([judge, timeout, first, words], context) => {
      const { exitCode, output, deletions, files, cwd } = await verifyWith(judge, { timeout, first, context });
      context.expect(exitCode).toBe(3);
      context.expect(output).toContain(words);
      context.expect(output).toContain("a.har is not written");
      context.expect(deletions).toBe(1);
      context.expect(files).toEqual(["a.json"]);
      const report: unknown = JSON.parse(await readFile(join(cwd, "a.json"), "utf8"));
      context.expect(report).toMatchObject({ conclusion: "unjudged" });
    },
  );

  test("Ctrl-C is heard while a judge never ends, and nothing is left of the run but its verdict", async (context) => {
    const onJudging = (pid: number) => process.kill(pid, "SIGINT");
    const { exitCode, output, deletions } = await verifyWith("never ends", { timeout: "1h", context, onJudging });
    context.expect(exitCode).toBe(3);
    context.expect(output).toContain("interrupted before its responses were judged");
    context.expect(deletions).toBe(1);
  });

  test("if the judge throws, the files of the run are still deleted", async (context) => {
    const { exitCode, output, deletions } = await verifyWith("throws", { timeout: "60s", context });
    context.expect(exitCode).toBe(4);
    context.expect(output).toContain("boom");
    context.expect(deletions).toBe(1);
  });
});

test("where much is done at once, others have a turn again and again", async () => {
  let at = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    at += 10;
    return at;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  let turns = 0;
  const other = { isOver: false };
  const takeTurns = () => {
    turns += 1;
    if (!other.isOver) setImmediate(takeTurns);
  };
  setImmediate(takeTurns);
  const made = await inTurns([...Array(100).keys()], (item) => item + 1);
  other.isOver = true;
  expect(made.at(-1)).toBe(100);
  expect(turns).toBeGreaterThan(20);
});

test("a Ctrl-C between two steps of a run reaches the next one", async () => {
  const script = `
    import { onBreakOff } from ${JSON.stringify(new URL("../build/bin/break-off.js", import.meta.url).href)};
    const stop = onBreakOff(() => console.log("asked"));
    process.kill(process.pid, "SIGINT");
    stop();
    onBreakOff(() => console.log("judged") ?? process.exit());
    setTimeout(() => process.exit(), 5000);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  expect(stdout).toBe("judged\n");
});
