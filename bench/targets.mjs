/** The targets of all figures, in one place. A figure without a bound is only printed. */
const atLeast = (bound, unit) => ({ unit, bound, isAtLeast: true });
const atMost = (bound, unit) => ({ unit, bound, isAtLeast: false });

/**
 * By section, then by name. Ratios are of alternating measurements in one run, so that other load on the machine
 * cancels out.
 */
export const TARGETS = {
  throughput: {
    "polls of an ended task: rate, to stock Prism's": atLeast(15, "×"),
    "polls of an ended task: rate, to bare node:http's": atLeast(0.55, "×"),
    "polls of an ended task: processor time, to bare node:http's": atMost(2.6, "×"),
    "polls of an ended task: slowest of a hundred, to stock Prism's": atMost(0.25, "×"),
    "polls of a task under way: rate, to stock Prism's": atLeast(8, "×"),
    "imports: rate, to stock Prism's": atLeast(8, "×"),
    "an import to six polls: rate, to stock Prism's": atLeast(8, "×"),
    "256 connections: rate, to that of 8": atLeast(0.8, "×"),
    "a line of log for each request: rate, to --quiet's": atLeast(0.7, "×"),
  },
  start: {
    "start to first 200, to stock Prism's": atMost(0.25, "×"),
    "start to first answer of Prism's own, to stock Prism's": atMost(1, "×"),
    "a second startMock in one process": atMost(20, "ms"),
    "--version: time, to node -e 0": atMost(2, "×"),
    "--version: processor time, to node -e 0": atMost(2, "×"),
    "--help: time, to node -e 0": atMost(2, "×"),
    "--help: processor time, to node -e 0": atMost(2, "×"),
    "scenarios: time, to node -e 0": atMost(2, "×"),
    "scenarios: processor time, to node -e 0": atMost(2, "×"),
  },
  memory: {
    "idle memory, to stock Prism's": atMost(0.45, "×"),
    "memory under load, to stock Prism's": atMost(0.7, "×"),
    // The budget of docs/control.md, and what Node needs in addition.
    "memory after a million imports": atMost(356, "MB"),
    "a kept task beyond its id": atMost(300, "bytes"),
    "a poll after a million imports, to one after ten": atMost(1.25, "×"),
    "a poll beside 1,000 sessions, to one beside one": atMost(1.25, "×"),
    "a poll beside 114 scenarios, to one beside one": atMost(1.25, "×"),
  },
  msw: {
    "MSW: a poll through getResponse, beyond a trivial handler's": atMost(15, "µs"),
    "MSW: polls through fetch, to a trivial handler's rate": atLeast(92, "%"),
    "MSW: the entry, gzipped": atMost(50, "kB"),
    "MSW: importing the entry, beyond msw": atMost(10, "ms"),
  },
  // Started, kept and polled with the console's files and without them; then opened in Chromium over loopback.
  console: {
    "console: processor time of a start, to the mock without it": atMost(1.05, "×"),
    "console: idle memory, to the mock without it": atMost(1.05, "×"),
    "console: processor time of a poll, to the mock without it": atMost(1.05, "×"),
    "console: shown, slowest of five loads": atMost(300, "ms"),
    "console: shown, the first page of a mock": atMost(450, "ms"),
    "console: shown with 10,000 tasks, slowest of five loads": atMost(450, "ms"),
    "console: longest task of the page while 10,000 tasks scroll": atMost(50, "ms"),
  },
  verify: {
    "verify of 1,000 exchanges, in every format: processor time": atMost(1, "s"),
    "verify of 20,000 exchanges, to 10,000": atMost(3, "×"),
  },
};

/**
 * Compares each measured value with its target.
 *
 * @param {string} section a key of TARGETS
 * @param {Record<string, number>} measured value by name; a target that was not measured throws
 * @returns {{ section: string, name: string, value: number, unit: string, target: string, kept: boolean }[]}
 */
export function compare(section, measured) {
  return Object.entries(TARGETS[section]).map(([name, { unit, bound, isAtLeast }]) => {
    const value = rounded(measured[name]);
    if (!Number.isFinite(value)) throw new Error(`${name} was not measured: ${measured[name]}`);
    const kept = isAtLeast ? value >= bound : value <= bound;
    return { section, name, value, unit, target: `${isAtLeast ? "≥" : "≤"} ${bound}`, kept };
  });
}

/** Rounds to three digits, which is more than a busy machine can repeat. */
export const rounded = (value) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value?.toPrecision(3)));

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
