import { expect, onTestFinished, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { fromHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { verifyContract } from "../../src/verify/verify.js";
import { START } from "../clock.js";
import { createVirtualTime } from "../virtual-time.js";
import { answer, canceled, complete, failed, pending, processing } from "./interleaving/bodies.js";
import { startServer, TOKEN } from "./server.js";

const API = "https://api.hubapi.com/files/v3/files";
const DATES = { requestedAt: date(0), startedAt: date(100), completedAt: date(200) };
const SHOWN = { taskId: "AAAAEZ6whGI", ...DATES };
const ANSWERS = {
  PENDING: answer(200, pending(SHOWN)),
  PROCESSING: answer(200, processing(SHOWN)),
  COMPLETE: answer(200, complete(SHOWN)),
  CANCELED: answer(200, canceled(SHOWN)),
  404: failed(404, "resource not found"),
  lost: undefined,
};

type Poll = readonly [sentAt: number, endsAt: number, came: keyof typeof ANSWERS];

function date(atMs: number): string {
  return new Date(START + atMs).toISOString();
}

function exchange(
  [sentAt, endsAt]: readonly [number, number],
  request: { readonly method: string; readonly url: string; readonly body?: string },
  response: RecordedExchange["response"],
): RecordedExchange {
  const outcome = response ? { response } : { failure: { kind: "timeout", message: "no answer" } as const };
  return { startedAt: START + sentAt, durationMs: endsAt - sentAt, request: { headers: {}, ...request }, ...outcome };
}

/** An import that is answered after 40 ms, and then polls: when each was sent, when it was answered, and what. */
function recorded(...polls: readonly Poll[]) {
  const locator = { id: SHOWN.taskId, links: { status: `${API}/import-from-url/async/tasks/${SHOWN.taskId}/status` } };
  const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
  return [
    exchange([0, 40], { method: "POST", url: `${API}/import-from-url/async`, body }, answer(202, locator)),
    ...polls.map(([sentAt, endsAt, came]) =>
      exchange([sentAt, endsAt], { method: "GET", url: locator.links.status }, ANSWERS[came]),
    ),
  ].sort((a, b) => a.startedAt - b.startedAt);
}

function deletion(sentAt: number, endsAt: number, response: RecordedExchange["response"]) {
  return exchange([sentAt, endsAt], { method: "DELETE", url: `${API}/187340915526` }, response);
}

/** What is found, with the requests that prove it. */
function found(exchanges: readonly RecordedExchange[]) {
  return judge(exchanges).checks.flatMap(({ id, findings }) =>
    findings.map((finding) => [id, ...finding.exchanges] as const),
  );
}

test.each<[string, readonly Poll[], ReturnType<typeof found>]>([
  [
    "a poll that is sent before the end was seen may come back before it",
    [
      [50, 360, "COMPLETE"],
      [55, 59, "PROCESSING"],
    ],
    [],
  ],
  [
    "a poll that is sent as the end comes is after it",
    [
      [50, 60, "COMPLETE"],
      [60, 70, "PROCESSING"],
    ],
    [["terminal-state", 1, 2]],
  ],
  [
    "a poll that is sent a millisecond earlier overlaps",
    [
      [50, 60, "COMPLETE"],
      [59, 70, "PROCESSING"],
    ],
    [],
  ],
  [
    "of what took no time and was sent at one instant the recording says the order",
    [
      [50, 50, "PROCESSING"],
      [50, 50, "PENDING"],
    ],
    [["state-order", 1, 2]],
  ],
  [
    "what took no time may be the first of two that overlap",
    [
      [50, 60, "PROCESSING"],
      [55, 55, "PENDING"],
    ],
    [],
  ],
  [
    "two ends are wrong in any order",
    [
      [50, 90, "COMPLETE"],
      [60, 80, "CANCELED"],
    ],
    [["terminal-state", 1, 2]],
  ],
  [
    "a third poll between two that overlap may rule out one of them",
    [
      [50, 300, "PROCESSING"],
      [60, 80, "COMPLETE"],
      [90, 100, "PENDING"],
    ],
    [["terminal-state", 2, 3]],
  ],
  [
    "it is the polls that overlap with neither which contradict each other",
    [
      [50, 60, "PROCESSING"],
      [55, 200, "PENDING"],
      [61, 70, "PENDING"],
    ],
    [["state-order", 1, 3]],
  ],
  [
    "a task may not be found while its import is under way",
    [
      [10, 30, 404],
      [41, 50, "PENDING"],
    ],
    [],
  ],
  [
    "a task is found once its import got its response",
    [
      [40, 50, 404],
      [60, 70, "PENDING"],
    ],
    [["task-known", 0, 1]],
  ],
  [
    "a task that another poll found is found",
    [
      [5, 10, "PENDING"],
      [11, 20, 404],
    ],
    [["task-known", 1, 2]],
  ],
  [
    "a poll that got lost moves nothing back",
    [
      [50, 60, "PENDING"],
      [70, 5000, "lost"],
      [80, 90, "PENDING"],
    ],
    [],
  ],
])("%s", (_, polls, expected) => {
  expect(found(recorded(...polls))).toEqual(expected);
});

test("a task's polls are listed in the order of their responses", () => {
  const [task] = judge(recorded([50, 360, "COMPLETE"], [55, 59, "PROCESSING"], [70, 400, "lost"])).tasks;
  expect(task?.polls.map(({ exchange, atMs, state }) => [exchange, atMs, state])).toEqual([
    [2, 59, "PROCESSING"],
    [1, 360, "COMPLETE"],
    [3, 400, undefined],
  ]);
});

test("whether a task can be polled after its file was deleted is not published, so it may or may not", () => {
  const deleted = { status: 204, headers: {}, body: "" };
  const polls = recorded([50, 60, "COMPLETE"], [200, 210, 404]);
  expect(found(polls)).toEqual([["task-known", 1, 2]]);
  for (const response of [deleted, undefined, failed(503, "not now")]) {
    expect(found([...polls, deletion(100, 110, response)])).toEqual([]);
    // Still under way, it may have come first.
    expect(found([...polls, deletion(205, 300, response)])).toEqual([]);
    expect(found([...polls, deletion(210, 300, response)])).toEqual([["task-known", 1, 2]]);
  }
  expect(found([...polls, deletion(100, 110, failed(403, "not yours"))])).toEqual([["task-known", 1, 2]]);
});

test.each([
  ["NONE", ["result-as-asked"]],
  ["RETURN_EXISTING", []],
])("whether an import may get the file of one whose answer got lost, it says itself: %s", (strategy, expected) => {
  const asked = (sentAt: number, id: string, duplicateValidationStrategy: string) => {
    const body = {
      url: "https://example.com/cat.png",
      access: "PRIVATE",
      folderPath: "/library",
      duplicateValidationStrategy,
    };
    const links = { status: `${API}/import-from-url/async/tasks/${id}/status` };
    return [
      exchange(
        [sentAt, sentAt + 40],
        { method: "POST", url: `${API}/import-from-url/async`, body: JSON.stringify(body) },
        answer(202, { id, links }),
      ),
      exchange(
        [sentAt + 50, sentAt + 60],
        { method: "GET", url: links.status },
        answer(200, complete({ ...SHOWN, taskId: id })),
      ),
    ];
  };
  const exchanges = [...asked(0, "first", "NONE"), ...asked(100, "second", strategy)];
  const checks = judge(exchanges).checks.filter(({ findings }) => findings.length > 0);
  expect(checks.map(({ id }) => id)).toEqual(expected);
});

test("a HAR without durations, as some tools write it, claims no order", () => {
  const entries = recorded([50, 60, "COMPLETE"], [1000, 1010, "PROCESSING"]).map(
    ({ request, response, startedAt }) => ({
      startedDateTime: new Date(startedAt).toISOString(),
      request: { ...request, headers: [] },
      response: {
        status: response?.status,
        headers: [{ name: "Content-Type", value: "application/json" }],
        content: { text: response?.body },
      },
    }),
  );
  for (const time of [undefined, null, -1]) {
    const har = { log: { entries: entries.map((entry) => ({ ...entry, time })) } };
    const { exchanges } = fromHar(JSON.parse(JSON.stringify(har)));
    expect(found(exchanges)).toEqual([]);
    expect(judge(exchanges)).toMatchObject({ exitCode: 3, unjudged: [{ reason: "unordered" }] });
    // Without the poll that shows less than the one before, no order is asked for.
    expect(judge(exchanges.slice(0, 2))).toMatchObject({ exitCode: 0, unjudged: [] });
  }
  const har = { log: { entries: entries.map((entry) => ({ ...entry, time: 10 })) } };
  expect(found(fromHar(har).exchanges)).toEqual([["terminal-state", 1, 2]]);
});

test("a clock that is set back in a run puts no request before another", async () => {
  const { advance: _, ...time } = createVirtualTime();
  const server = await startServer({}, time);
  onTestFinished(server.close);
  let reads = 0;
  const now = () => {
    reads += 1;
    return time.now() - (reads % 7) * 400;
  };
  const { exchanges, report } = await verifyContract({ baseUrl: server.url, token: TOKEN, ...time, now });
  const starts = exchanges.map(({ startedAt }) => startedAt);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(report.checks.filter(({ findings }) => findings.length > 0)).toEqual([]);
});
