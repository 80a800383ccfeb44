import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AUTH, mock, start, stock } from "./servers.mjs";
import { median } from "./targets.mjs";

const run = promisify(execFile);
const COMMANDS = { "--version": ["--version"], "--help": ["--help"], scenarios: ["scenarios"] };

/** Measures the time from the start of a process to its first response, and of commands that start no server. */
export async function measureStart({ kit, isQuick, tell }) {
  const rounds = isQuick ? 3 : 9;
  const samples = {};
  const keep = (name, value) => {
    samples[name] = [...(samples[name] ?? []), value];
  };
  for (let round = 1; round <= rounds; round += 1) {
    tell(`start: round ${round} of ${rounds}`);
    for (const [suffix, headers] of Object.entries({ "": AUTH, ", Prism's": { ...AUTH, Prefer: "code=200" } })) {
      keep(`mock${suffix}`, await firstAnswerMs(mock(kit), headers));
      keep(`stock${suffix}`, await firstAnswerMs(stock, headers));
    }
    keep("second", await secondMockMs(kit));
    const node = await timesOf(["-e", "0"]);
    for (const [name, args] of Object.entries(COMMANDS)) {
      const { wallMs, cpuMs } = await timesOf([kit.bin, ...args]);
      keep(`${name}: time`, wallMs / node.wallMs);
      keep(`${name}: processor time`, cpuMs / node.cpuMs);
    }
  }
  const ratio = (over, under) => median(samples[over].map((value, round) => value / samples[under][round]));
  const commands = Object.keys(COMMANDS).flatMap((name) => [`${name}: time`, `${name}: processor time`]);
  return {
    measured: {
      "start to first 200, to stock Prism's": ratio("mock", "stock"),
      "start to first answer of Prism's own, to stock Prism's": ratio("mock, Prism's", "stock, Prism's"),
      "a second startMock in one process": median(samples["second"]),
      ...Object.fromEntries(commands.map((name) => [`${name}, to node -e 0`, median(samples[name])])),
    },
  };
}

async function firstAnswerMs(specification, headers) {
  const server = await start(specification, { isProbed: false, headers });
  await server.stop();
  return server.startedInMs;
}

async function secondMockMs(kit) {
  const script = `
    const { startMock } = await import(${JSON.stringify(kit.url("./client"))});
    const first = await startMock({ port: 0 });
    const began = performance.now();
    const second = await startMock({ port: 0 });
    console.log(performance.now() - began);
    await Promise.all([first.close(), second.close()]);`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  return Number(stdout);
}

/**
 * Measures a run of node with arguments, on average of some: the shell counts the processor time of its children.
 *
 * @returns milliseconds from start to end, and of the processor
 */
export async function timesOf(args, runs = 5) {
  const script = `for i in ${"1 ".repeat(runs)}; do "$@" >/dev/null || exit $?; done; times`;
  const began = performance.now();
  const { stdout } = await run("sh", ["-c", script, "sh", process.execPath, ...args], { maxBuffer: 1e9 });
  const wallMs = (performance.now() - began) / runs;
  const [, children = ""] = stdout.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { wallMs, cpuMs: (parts.reduce((sum, one) => sum + one, 0) * 1000) / runs };
}
