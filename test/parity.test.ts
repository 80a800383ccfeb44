import { setupServer } from "msw/node";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { type Browser, openBrowser, serveFiles } from "./browser/browser.js";
import { createClock } from "./clock.js";
import { type Config, transcribe } from "./parity/transcript.js";

const scenarios = await readScenarios();
/** A call that is never answered has nothing to compare. */
const names = scenarios
  .filter(({ faults }) => !faults.some(({ effect }) => "wire" in effect && effect.wire === "black-hole"))
  .map(({ name }) => name);
/** One of each kind, for every configuration; all of them run in one. */
const SAMPLE = ["happy", "canceled", "complete-with-errors", "expired-token", "rate-limited", "malformed-json", "slow"];
const server = setupServer();
let browser: Browser;
let evaluate: (expression: string) => Promise<unknown>;
let files: Awaited<ReturnType<typeof serveFiles>>;

beforeAll(async () => {
  [files, browser] = await Promise.all([bundledPage(), openBrowser()]);
  evaluate = await browser.newUnfollowedPage(files.url);
  await files.told;
});
afterAll(async () => {
  await browser?.close();
  files?.close();
});

async function bundledPage() {
  const bundle = await rolldown({
    input: "test/parity/page.ts",
    platform: "browser",
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  return serveFiles({
    "index.html": '<script type="module" src="page.js"></script>',
    "page.js": output[0].code,
  });
}

async function throughPrism(config: Config, names: readonly string[]) {
  const clock = createClock();
  const mock = await startMock({ ...config, scenarios, now: clock.now, wait: async () => {}, port: 0 });
  const step = () => {
    clock.advance(1000);
    if (config.pace === "manual") mock.simulator.next();
  };
  const lines = await transcribe({ send: (path, init) => fetch(mock.url + path, init), step }, names);
  await mock.close();
  return { url: mock.url, lines };
}

async function throughMsw(baseUrl: string, config: Config, names: readonly string[]) {
  const clock = createClock();
  const mock = createImportMock({ ...config, baseUrl, now: clock.now, wait: async () => {} });
  server.listen({ onUnhandledRequest: "error" });
  server.use(...mock.handlers);
  const step = () => {
    clock.advance(1000);
    if (config.pace === "manual") mock.next();
  };
  const lines = await transcribe({ send: (path, init) => fetch(baseUrl + path, init), step }, names);
  server.close();
  return lines;
}

const throughChromium = (baseUrl: string, config: Config, names: readonly string[]) =>
  evaluate(`run(${JSON.stringify([baseUrl, config, names]).slice(1, -1)})`);

/** With this one all scenarios run. */
const FIRST: Config = { pace: "polls", seed: 1 };
const configs: readonly Config[] = [
  { pace: "polls", seed: 4_000_000_000 },
  ...(["time", "manual", "immediate"] as const).flatMap((pace) => [1, 4_000_000_000].map((seed) => ({ pace, seed }))),
  { pace: "polls", seed: 2, inFlightStatus: 202, inFlightDates: "null", failure: "complete" },
  { pace: "time", seed: 3, inFlightDates: "filled", failure: "silent" },
];

async function expectParity(config: Config, of: readonly string[]): Promise<void> {
  const { url, lines } = await throughPrism(config, of);
  expect(lines.length).toBeGreaterThan(of.length * 5 + 10);
  expect(new Set(lines).size).toBe(lines.length);
  // Chromium is a process of its own.
  const [inNode, inChromium] = await Promise.all([throughMsw(url, config, of), throughChromium(url, config, of)]);
  expect(inNode).toEqual(lines);
  expect(inChromium).toEqual(lines);
}

test("every scenario's transcript is the same through Prism, MSW in Node and MSW in Chromium", () =>
  expectParity(FIRST, names));

test.each(configs)("a sample's transcript is the same through all doors, whatever the options: %j", (config) =>
  expectParity(config, SAMPLE),
);
