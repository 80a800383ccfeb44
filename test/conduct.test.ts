import { readFile } from "node:fs/promises";
import { Client } from "@hubspot/api-client";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { conductOf } from "../mocks/conduct.js";
import { clientRules } from "../src/judge/client-rules/rules.js";
import { judgeConduct } from "../src/judge/conduct.js";
import type { ConductReport } from "../src/judge/report.js";
import { CAT, type Client as OurClient } from "./conduct/client.js";
import { recordGoodClients, scenarios, worlds } from "./conduct/good-world.js";
import { follow, sound } from "./conduct/habit.js";
import { mistakes } from "./conduct/mistakes.js";
import { openRecordedMock, recordClient } from "./conduct/world.js";

afterEach(() => {
  vi.useRealTimers();
});

function idsOf({ checks }: Pick<ConductReport, "checks">, result: string): readonly string[] {
  return checks.filter((check) => check.result === result).map(({ id }) => id);
}

test.each(mistakes.map((mistake) => [mistake.does, mistake.breaks, mistake] as const))(
  "a client that %s breaks %s, and nothing else",
  async (_, breaks, { scenario, behave }) => {
    const report = judgeConduct(await recordClient(behave, { scenarios, scenario }));
    expect(idsOf(report, "fail")).toEqual([breaks]);
    expect(report.result).toBe("fail");
  },
);

test("every rule has two clients that break it", () => {
  for (const { id } of clientRules) {
    expect(mistakes.filter(({ breaks }) => breaks === id).length, id).toBeGreaterThanOrEqual(2);
  }
});

test.each(scenarios.map(({ name }) => name))("a good client under %s breaks no rule", async (scenario) => {
  expect(idsOf(await judgeSound(scenario), "fail")).toEqual([]);
});

test("each rule passes where it was exercised, and says what proves it", async () => {
  const { tasks, checks } = await judgeSound("rate-limited");
  const results = checks.map(({ id, result, exchanges }) => [id, result, exchanges]);
  expect(results).toEqual([
    ["one-submit", "pass", [0]],
    ["token-to-link", "pass", [1, 2, 3]],
    ["polite-interval", "pass", [1, 2]],
    ["stops-at-end", "pass", [3]],
    ["reads-canceled", "not-exercised", []],
    ["bounded-polling", "not-exercised", []],
    ["honours-retry-after", "pass", [2, 3]],
    ["backs-off", "not-exercised", []],
    ["no-retry-of-refusals", "not-exercised", []],
  ]);
  expect(tasks.map((task) => task.checks.map(({ id, result, exchanges }) => [id, result, exchanges]))).toEqual([
    results,
  ]);
});

test.each([
  ["canceled", "reads-canceled"],
  ["stuck-pending", "bounded-polling"],
  ["long-outage", "backs-off"],
  ["not-found", "no-retry-of-refusals"],
])("a good client that meets %s passes %s", async (scenario, rule) => {
  expect(idsOf(await judgeSound(scenario), "pass")).toContain(rule);
});

test("nothing recorded is nothing judged", () => {
  const report = judgeConduct([]);
  expect(report.result).toBe("not-exercised");
  expect(idsOf(report, "not-exercised")).toHaveLength(clientRules.length);
});

async function judgeSound(scenario: string): Promise<ConductReport> {
  const behave = async (client: OurClient) => {
    const { id } = await client.submit();
    if (id !== undefined) await follow(client, id, sound, 200);
  };
  const exchanges = await recordClient(behave, { scenarios, scenario });
  return judgeConduct(exchanges, { watchedUntil: (exchanges.at(-1)?.startedAt ?? 0) + 60_000 });
}

test("a thousand good clients, each in its own way, raise no alarm, neither in a recording nor in the journal", async () => {
  const exercised = { recording: new Set<string>(), journal: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { exchanges, simulator, watchedUntil } = await recordGoodClients(world);
      // A server does not see when its answers are read, nor whether they are.
      const isSeen = world.clients.every(({ pollers, waitsMs }) => pollers === 1 && waitsMs > 400);
      for (const [view, report] of [
        ...[["recording", judgeConduct(exchanges, { watchedUntil })] as const],
        ...(isSeen ? conductOf(simulator).clients : []).map((client) => ["journal", client] as const),
      ]) {
        expect(report.checks.flatMap(({ findings }) => findings)).toEqual([]);
        for (const id of idsOf(report, "pass")) exercised[view].add(id);
      }
    }),
    { numRuns: 1000 },
  );
  const all = clientRules.map(({ id }) => id).sort();
  expect([...exercised.recording].sort()).toEqual(all);
  expect([...exercised.journal].sort()).toEqual(all);
});

const END = ["COMPLETE", "CANCELED"];

async function useHubspotsClient(
  scenario: string,
  {
    ends = END,
    polls = 10,
    retries,
    tickMs = 10_000,
  }: { ends?: readonly string[]; polls?: number; retries?: number; tickMs?: number } = {},
) {
  const { url, advance, exchanges } = await openRecordedMock({ scenarios, scenario });
  const options = { accessToken: "any", basePath: url, ...(retries && { numberOfApiCallRetries: retries }) };
  const { filesApi } = new Client(options).files;
  const { id } = await filesApi.importFromUrl(CAT as never);
  for (let polled = 0; polled < polls; polled += 1) {
    const { status } = await inTime(filesApi.checkImport(id), (wait) => {
      advance(tickMs);
      return wait(tickMs);
    });
    if (ends.includes(status)) break;
    advance(1000);
  }
  return judgeConduct(exchanges());
}

/** The client's own waits pass on the virtual clock; only its timer is virtual, the sockets are real. */
async function inTime<Value>(
  answered: Promise<Value>,
  tick: (pass: (ms: number) => Promise<unknown>) => Promise<unknown>,
): Promise<Value> {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  let isAnswered = false;
  const done = answered.finally(() => {
    isAnswered = true;
  });
  while (!isAnswered) {
    await new Promise((resolve) => setImmediate(resolve));
    if (vi.getTimerCount() === 0) continue;
    await tick(vi.advanceTimersByTimeAsync);
  }
  vi.useRealTimers();
  return done;
}

test.each(["happy", "canceled", "complete-with-errors", "slow", "instant"])(
  "HubSpot's own client, used well, passes in the scenario %s",
  async (scenario) => {
    const report = await useHubspotsClient(scenario, { polls: 100 });
    expect(report.result).toBe("pass");
    expect(idsOf(report, "pass")).toContain(scenario === "canceled" ? "reads-canceled" : "stops-at-end");
    expect(idsOf(report, "pass")).toContain("token-to-link");
  },
);

test("HubSpot's own client waits as long as a 429 asks for", async () => {
  const report = await useHubspotsClient("rate-limited", { retries: 2 });
  expect(report.result).toBe("pass");
  expect(idsOf(report, "pass")).toContain("honours-retry-after");
});

test.each(["internal-error", "server-error", "server-error;burst=4", "rate-limited-without-retry-after"])(
  "HubSpot's own client, told to try again, passes in the scenario %s",
  async (scenario) => {
    const report = await useHubspotsClient(scenario, { retries: 5, tickMs: 100 });
    expect(report.result).toBe("pass");
    expect(idsOf(report, "pass")).toContain("stops-at-end");
  },
);

test("HubSpot's own client in a loop that waits for FAILED is caught", async () => {
  expect(idsOf(await useHubspotsClient("canceled", { ends: ["COMPLETE", "FAILED"] }), "fail")).toEqual([
    "reads-canceled",
  ]);
});

test("docs/conduct.md lists the rules, in their order and their words", async () => {
  const listed = [...(await readFile("docs/conduct.md", "utf8")).matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)];
  expect(listed.map(([, id, sentence]) => [id, sentence])).toEqual(
    clientRules.map(({ id, sentence }) => [id, sentence]),
  );
});
