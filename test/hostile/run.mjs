/**
 * Lets `verify` ask servers that have a megabyte of something hostile at one place of their answers: each shape at each
 * place, once to its verdict and once with a Ctrl-C as soon as its file is deleted. No part of CI: all of it takes hours,
 * and some of it says enough.
 *
 *   npm run try:hostile -- [--shape WORDS] [--place WORDS] [--every N] [--size CHARACTERS]
 *
 * Where others use the machine, what a run takes beyond its waits is divided by how much longer a loop takes than its own
 * CPU time: the figures are those of a machine that is free.
 *
 * Exits with 1 where a verdict came later than the timeout and two seconds, where a Ctrl-C took more than one second, where
 * a file was left, or where anything but a verdict was told.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PLACES, startHostile } from "./server.mjs";
import { SHAPES } from "./shapes.mjs";

const BIN = resolve("dist/bin/hubspot-import-kit.js");
const TIMEOUT_MS = 5000;
const MOST_AFTER_TIMEOUT_MS = 2000;
const MOST_AFTER_BREAK_MS = 1000;
const REPORTS = ["html", "json", "junit", "markdown", "sarif", "text", "github"];

const { values: options } = parseArgs({
  options: {
    shape: { type: "string", default: "" },
    place: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    size: { type: "string", default: "1000000" },
  },
});

const pairs = Object.entries(SHAPES)
  .filter(([name]) => name.includes(options.shape))
  .flatMap(([name, shape]) =>
    PLACES.filter((place) => place.includes(options.place)).map((place) => [name, shape, place]),
  )
  .filter((_, index) => index % Number(options.every) === 0);

const worst = { verdict: [0], breaking: [0] };
let failures = 0;
for (const [name, shape, place] of pairs) {
  const busy = slowness();
  const verdict = await tryOne(place, shape, {});
  const broken = await tryOne(place, shape, { isBroken: true });
  const problems = [
    verdict.tookMs > TIMEOUT_MS + MOST_AFTER_TIMEOUT_MS * busy && `the verdict came after ${verdict.tookMs} ms`,
    broken.tookMs > MOST_AFTER_BREAK_MS * busy && `Ctrl-C took ${broken.tookMs} ms`,
    ...[verdict, broken].flatMap(({ code, stderr, isLeft }) => [
      ![0, 1, 3, 130].includes(code) && `it ended with ${code}: ${stderr.slice(0, 500)}`,
      isLeft && "a file was left",
    ]),
  ].filter(Boolean);
  if (verdict.tookMs > worst.verdict[0]) worst.verdict = [verdict.tookMs, name, place];
  if (broken.tookMs > worst.breaking[0]) worst.breaking = [broken.tookMs, name, place];
  failures += problems.length;
  for (const problem of problems) {
    console.log(`${name} at ${place}: ${problem}, on a machine ${busy.toFixed(1)} times as slow as when it is free`);
  }
}
console.log(`${pairs.length} servers, ${failures} problems`);
console.log(`slowest verdict: ${worst.verdict.join(" ms, ")}; slowest Ctrl-C: ${worst.breaking.join(" ms, ")}`);
process.exitCode = failures === 0 ? 0 : 1;

/** How many times as long as on a free machine something takes here, now. */
function slowness() {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  let spent = 0;
  while (spent < 200_000) spent = process.cpuUsage(cpu).user + process.cpuUsage(cpu).system;
  return Math.max(1, (performance.now() - from) / (spent / 1000));
}

/** @returns how long it took from its first request, or with `isBroken` from the Ctrl-C, and how it ended */
async function tryOne(place, shape, { isBroken = false }) {
  const server = await startHostile(place, shape, Number(options.size));
  const cwd = await mkdtemp(join(tmpdir(), "kit-hostile-"));
  const reports = REPORTS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const args = ["verify", "--base-url", server.url, "--timeout", `${TIMEOUT_MS}ms`, "--poll-interval", "20ms"];
  const child = spawn(process.execPath, [BIN, ...args, ...reports, "--record", "out/run.har"], {
    cwd,
    env: { ...process.env, HUBSPOT_ACCESS_TOKEN: "pat-na1-5b1c0e9d-7a34-4f6e-9c58-2d1f0a6e2c87" },
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-5000);
  });
  child.stdout.resume();
  let from;
  const watch = setInterval(() => {
    const isDeleted = server.asked.some(({ method }) => method === "DELETE");
    const isLate = server.asked[0] && Date.now() - server.asked[0].at > TIMEOUT_MS;
    if (!isBroken || from || !(isDeleted || isLate)) return;
    from = Date.now();
    child.kill("SIGINT");
  }, 20);
  // Some of it used to take hours.
  const guard = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const code = await new Promise((done) => child.once("close", done));
  const ended = Date.now();
  clearInterval(watch);
  clearTimeout(guard);
  const isNameable = place !== "complete/result/id" && place !== "complete/result";
  const isMade = server.asked.some(({ method, path }) => method === "GET" && path.endsWith("/status"));
  const isShown = isNameable && isMade && !/^(raw|status|accept)/.test(place);
  const isLeft = isShown && !server.asked.some(({ method }) => method === "DELETE");
  await server.close();
  await rm(cwd, { recursive: true, force: true });
  return {
    code: code ?? 130,
    stderr,
    isLeft,
    tookMs: ended - (from ?? (isBroken ? ended : (server.asked[0]?.at ?? ended))),
  };
}
