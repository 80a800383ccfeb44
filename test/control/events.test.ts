import { expect, onTestFinished, test } from "vitest";
import { type Counts, countExchanges } from "../../mocks/control/event-log.js";
import { createMetrics } from "../../mocks/control/metrics.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls" });

/** Follows events until the test is over. */
async function follow(query = "", lastId?: string) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const headers = lastId === undefined ? {} : { "Last-Event-ID": lastId };
  const answer = await fetch(`${file.url}/__mock/events${query}`, { signal: abort.signal, headers });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    headers: answer.headers,
    abort: () => abort.abort(),
    /** All that has come. */
    text: () => text,
    /** So many events, once they have come. */
    async read(count: number) {
      while (text.split("event: exchange").length <= count) text += (await reader?.read())?.value ?? "";
      return [...text.matchAll(/data: (.*)\nid: (.*)\n/g)].map(([, data = "", id]) => {
        const { session, taskId, state, reason } = JSON.parse(data) as Record<string, string>;
        return { id, session, taskId, state, reason };
      });
    },
  };
}

test("exchanges are sent as they happen, with the session and the reason", async () => {
  const own = file.own();
  const events = await follow();
  await own.look("happy");
  expect(await events.read(1)).toEqual([
    {
      id: `${own.name}/1`,
      session: own.name,
      taskId: "happy",
      state: "PENDING",
      reason: "Poll 1 under pace polls: scenario happy, which the task is named after, shows PENDING.",
    },
  ]);
});

test("who follows one session hears no other", async () => {
  const [one, other] = [file.own(), file.own()];
  const events = await follow(`?session=${one.name}`);
  await other.look("happy");
  await one.look("happy");
  await other.look("happy");
  await one.look("happy");
  expect((await events.read(2)).map(({ id }) => id)).toEqual([`${one.name}/1`, `${one.name}/2`]);
});

test("events carry no secret", async () => {
  const own = file.own();
  const events = await follow(`?session=${own.name}`);
  await own.poll("happy", { "X-Mock-Session": own.name, Authorization: "Bearer pat-na1-secret-secret" });
  await events.read(1);
  expect(events.text()).toContain(`"session":"${own.name}"`);
  expect(events.text()).not.toContain("secret-secret");
});

test("a reader that disconnects affects no other", async () => {
  const own = file.own();
  const [gone, still] = [await follow(`?session=${own.name}`), await follow(`?session=${own.name}`)];
  await own.look("happy");
  await gone.read(1);
  gone.abort();
  for (let poll = 0; poll < 20; poll += 1) await own.look("happy");
  expect(await still.read(21)).toHaveLength(21);
});

test.each([
  ["the exchange's", (ids: readonly string[]) => ids.at(-2)],
  ["the place's", (ids: readonly string[]) => ids.at(-1)],
])("who comes back with the last id, %s, gets what it missed, each once and in its order", async (_, choose) => {
  const [one, other] = [file.own(), file.own()];
  const before = await follow();
  await one.look("happy");
  await before.read(1);
  before.abort();
  const lastId = choose([...before.text().matchAll(/^id: (.*)$/gm)].map(([, id = ""]) => id));
  await other.look("happy");
  await one.look("happy");
  await other.look("happy");
  const [all, own] = [await follow("", lastId), await follow(`?session=${one.name}`, lastId)];
  await one.look("happy");
  const expected = [`${other.name}/1`, `${one.name}/2`, `${other.name}/2`, `${one.name}/3`];
  expect((await all.read(4)).map(({ id }) => id)).toEqual(expected);
  expect((await own.read(2)).map(({ id }) => id)).toEqual([`${one.name}/2`, `${one.name}/3`]);
  expect(all.text() + own.text()).not.toContain("event: lost");
});

test("a reader that reconnects after a session's reset gets the events after its last one, not before", async () => {
  const own = file.own();
  const before = await follow(`?session=${own.name}`);
  await own.look("happy");
  await before.read(1);
  before.abort();
  await own.look("happy");
  await own.reset();
  await own.look("canceled");
  const after = await follow(`?session=${own.name}`, `${own.name}/1`);
  expect((await after.read(2)).map(({ id, taskId }) => [id, taskId])).toEqual([
    [`${own.name}/2`, "happy"],
    [`${own.name}/1`, "canceled"],
  ]);
});

test.each(["default/999999", "AbCdEfGh:3", "nonsense"])(
  "a reader that reconnects with %s, which this mock never sent, learns that events may be lost",
  async (lastId) => {
    const own = file.own();
    await own.look("happy");
    const events = await follow(`?session=${own.name}`, lastId);
    expect((await events.read(1)).map(({ id }) => id)).toEqual([`${own.name}/1`]);
    const [, data = ""] = /event: lost\ndata: (.*)\n\n/.exec(events.text()) ?? [];
    expect(JSON.parse(data)).toEqual({
      message:
        "Your last event is from another mock, or was evicted: the remaining events follow. Read the journals for the rest.",
    });
  },
);

test("no proxy is to keep events, to compress them or to take one for another's", async () => {
  const { headers } = await follow();
  expect(headers.get("x-accel-buffering")).toBe("no");
  expect(headers.get("cache-control")).toBe("no-cache, no-transform");
});

test("a HEAD of the events ends at once", async () => {
  const answer = await fetch(`${file.url}/__mock/events`, { method: "HEAD" });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
});

test("metrics count requests, violations, tasks by state and sessions", async () => {
  const own = file.own();
  const id = await own.start();
  await own.look(id);
  await own.poll(id, { "X-Mock-Scenario": "rate-limited" });
  await fetch(`${file.url}/s/${own.name}/files/v3/files/import-from-url/async`, { method: "POST" });
  await own.cancel(id);
  const lines = (await (await file.control("/metrics")).text()).split("\n");
  const value = (name: string) =>
    Number(
      lines
        .find((line) => line.startsWith(`${name} `))
        ?.split(" ")
        .at(-1),
    );
  const requests = (labels: string) => value(`import_mock_requests_total{${labels}}`);
  expect(requests('operation="importFromUrl",version="v3",status="202",scenario="happy"')).toBe(1);
  expect(requests('operation="checkImportStatus",version="v3",status="429",scenario="rate-limited"')).toBe(1);
  expect(requests('operation="importFromUrl",version="v3",status="401",scenario="none"')).toBe(1);
  expect(value('import_mock_contract_violations_total{operation="importFromUrl"}')).toBe(1);
  expect(value('import_mock_tasks{state="CANCELED"}')).toBe(1);
  expect(value("import_mock_sessions")).toBe((await file.client.sessions()).length);
  expect(value("import_mock_defects_total")).toBe(0);
});

test("each state has a line before any task is in it", async () => {
  const { createSimulator } = await import("../../src/simulator/simulator.js");
  const { readScenarios } = await import("../../mocks/scenario-files.js");
  const simulator = createSimulator({ scenarios: await readScenarios() });
  const { text } = await createMetrics(simulator, countExchanges(simulator)).read();
  const lines = text.split("\n").filter((line) => line.startsWith("import_mock_tasks{"));
  expect(lines).toEqual(
    ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"].map((state) => `import_mock_tasks{state="${state}"} 0`),
  );
});

type Counted = ReturnType<typeof createMetrics> & { readonly counts: Counts };

test("two mocks of one process count apart", async () => {
  const { createSimulator } = await import("../../src/simulator/simulator.js");
  const { readScenarios } = await import("../../mocks/scenario-files.js");
  const scenarios = await readScenarios();
  const [one, other] = [1, 2].map(() => {
    const simulator = createSimulator({ scenarios });
    const counts = countExchanges(simulator);
    return { counts, ...createMetrics(simulator, counts) };
  }) as [Counted, Counted];
  one.counts.defects += 1;
  expect((await one.read()).text).toContain("import_mock_defects_total 1");
  expect((await other.read()).text).toContain("import_mock_defects_total 0");
});
