import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { START } from "../clock.js";
import { CAT } from "./client.js";
import { type Came, exchange, poll, submit } from "./timeline.js";

function resultOf(
  rule: string,
  exchanges: readonly RecordedExchange[],
  options?: Parameters<typeof judgeConduct>[1],
): string | undefined {
  return judgeConduct(exchanges, options).checks.find(({ id }) => id === rule)?.result;
}

/** Judged when each client has long been silent. */
const LATER = { watchedUntil: START + 100 * 86_400_000 };

/** Polls of one task, each so long after the one before. */
function polls(...steps: readonly (readonly [pauseMs: number, came: Came])[]): readonly RecordedExchange[] {
  let atMs = 0;
  return steps.map(([pauseMs, came]) => {
    atMs += pauseMs;
    return poll(atMs, came);
  });
}

const SLOW = { durationMs: 900 };

test("polls that come too fast are found even if the bodies of their responses were not recorded", () => {
  const bare = polls(...Array.from({ length: 10 }, () => [100, "PENDING"] as const)).map((one) => ({
    ...one,
    ...(one.response && { response: { ...one.response, body: "", flaw: "not-recorded" as const } }),
  }));
  expect(resultOf("polite-interval", bare)).toBe("fail");
});

test.each(["COMPLETE", "CANCELED"] as const)(
  "a poll in flight when the response %s arrived is not a poll after the end",
  (end) => {
    const rule = end === "COMPLETE" ? "stops-at-end" : "reads-canceled";
    const overlapping = [poll(0, end, SLOW), poll(500, "PROCESSING", { durationMs: 100 }), poll(899, end, SLOW)];
    expect(resultOf(rule, overlapping)).toBe("pass");
    expect(resultOf(rule, [...overlapping, poll(901, end)])).toBe("fail");
  },
);

test("a poll after the end is one mistake, whatever its response", () => {
  const busy = { status: 429, headers: { "retry-after": "60" } };
  const { checks } = judgeConduct(polls([0, "COMPLETE"], [1000, busy], [10, 503], [10, 404], [10, 404]));
  expect(checks.filter(({ result }) => result === "fail").map(({ id }) => id)).toEqual(["stops-at-end"]);
});

test("of two overlapping polls, the first response shows the end", () => {
  const exchanges = [poll(0, "COMPLETE", { durationMs: 3000 }), poll(500, "COMPLETE"), poll(1500, "COMPLETE")];
  const check = judgeConduct(exchanges).checks.find(({ id }) => id === "stops-at-end");
  expect(check?.findings.map((finding) => finding.exchanges)).toEqual([[1, 2]]);
});

test("a recording in the order of the responses is judged as in the order of the requests", () => {
  const exchanges = [poll(1200, "PENDING"), poll(600, "PENDING"), poll(0, "PENDING", { durationMs: 2000 })];
  expect(resultOf("polite-interval", exchanges)).toBe("pass");
});

test.each([
  ["2", 2000, "pass"],
  ["2", 1800, "pass"],
  ["2", 1799, "fail"],
  ["60", 59_000, "pass"],
  ["60", 58_999, "fail"],
  [new Date(START + 5000).toUTCString(), 4000, "pass"],
  [new Date(START + 5000).toUTCString(), 3999, "fail"],
  ["0", 500, "not-exercised"],
  ["soon", 500, "not-exercised"],
])("Retry-After: %s and a retry after %i ms: %s", (header, waitedMs, result) => {
  const busy = poll(0, { status: 429, headers: { "retry-after": header } });
  expect(resultOf("honours-retry-after", [busy, poll(waitedMs, "PENDING")])).toBe(result);
});

test("what another task is asked to wait does not hold up this one", () => {
  const busy = poll(0, { status: 429, headers: { "retry-after": "60" } });
  const other = [poll(100, "PENDING", {}, "task-2"), poll(1100, "COMPLETE", {}, "task-2")];
  expect(judgeConduct([busy, ...other]).result).toBe("pass");
});

test("a wait is counted from the response, not from the request", () => {
  const busy = poll(0, { status: 503, headers: { "retry-after": "2" } }, SLOW);
  expect(resultOf("honours-retry-after", [busy, poll(2500, "PENDING")])).toBe("fail");
  expect(resultOf("honours-retry-after", [busy, poll(2900, "PENDING")])).toBe("pass");
});

test.each([
  [[1000], "pass"],
  [[450], "pass"],
  [[0], "not-exercised"],
  [[0, 8], "pass"],
  [[0, 7], "fail"],
  [[0, 10, 22], "pass"],
  [[0, 10, 21], "fail"],
  [[10, 30, 40, 48], "pass"],
  [[10, 30, 40, 47], "fail"],
  [[50, 100, 150, 100, 112], "pass"],
  [[50, 100, 150, 100, 111], "fail"],
  [[50, 100, 150, 100, 250, 150, 250], "pass"],
  [[50, 100, 150, 100, 250, 150, 249], "fail"],
  // HubSpot's own client: 200 ms more each time.
  [[200, 400], "pass"],
  [[200, 400, 600, 800], "pass"],
  [[1000, 1000], "pass"],
  [[1000, 1000, 1000], "fail"],
  [[1000, 1000, 1010], "pass"],
  [[1000, 1000, 1009], "fail"],
  [[1000, 1040, 1000, 1000], "pass"],
  [[1000, 1039, 1000, 1000], "fail"],
  [[1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900, 2000], "pass"],
  [[2000, 1500, 1000], "pass"],
  [[5000, 5000, 5000], "pass"],
  [[4000, 4000, 4000], "fail"],
  [[1000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000], "pass"],
  [[1000, 1300, 1200, 1250, 1000, 1300, 1350, 1000], "fail"],
  [[1000, 1900, 1200, 1250, 1000, 1300, 1350, 1000, 1700, 1800, 1100, 1200], "fail"],
] as const)("pauses of %j ms after errors: %s", (pauses, result) => {
  const exchanges = polls([0, 503], ...pauses.slice(1).map((_, index) => [pauses[index] ?? 0, 502] as const), [
    pauses.at(-1) ?? 0,
    "COMPLETE",
  ]);
  expect(resultOf("backs-off", exchanges)).toBe(result);
});

test.each([423, 429, 477, 500, 501, 520, 524])("a %i in a row asks to back off", (status) => {
  expect(resultOf("backs-off", polls([0, status], [1000, status], [1000, status], [1000, "COMPLETE"]))).toBe("fail");
});

test("an error without a further request shows nothing about backing off", () => {
  expect(resultOf("backs-off", [poll(0, 503)])).toBe("not-exercised");
});

test("a response without an error begins a new row of errors", () => {
  const exchanges = polls([0, 503], [1000, 503], [1000, "PENDING"], [1000, 503], [1000, 503], [1000, "COMPLETE"]);
  expect(resultOf("backs-off", exchanges)).toBe("pass");
});

test("errors with a time for the next try need no growing pauses", () => {
  const busy = { status: 503, headers: { "retry-after": "1" } };
  expect(resultOf("backs-off", polls([0, busy], [1000, busy], [1000, busy], [1000, "COMPLETE"]))).toBe("not-exercised");
});

test.each([
  [[500, 500], "pass"],
  [[450, 450], "pass"],
  [[449, 449], "fail"],
  [[449, 500, 449], "pass"],
  [[1000, 100, 1000], "pass"],
  [[100], "not-exercised"],
] as const)("polls with pauses of %j ms: %s", (pauses, result) => {
  const under = pauses.map((pauseMs) => [pauseMs, "PENDING"] as const);
  expect(resultOf("polite-interval", polls([0, "PENDING"], ...under))).toBe(result);
});

test("polls after errors and after the end are not those of the interval", () => {
  expect(resultOf("polite-interval", polls([0, 503], [10, 503], [10, 503], [10, "COMPLETE"], [10, "COMPLETE"]))).toBe(
    "not-exercised",
  );
});

function pending(count: number, pauseMs: number): readonly (readonly [number, Came])[] {
  return Array.from({ length: count }, () => [pauseMs, "PENDING"] as const);
}

test.each([
  [300, 500, "pass"],
  [301, 500, "fail"],
  [91, 10_000, "pass"],
  [92, 10_000, "fail"],
  // Each pause counts as ten seconds at most: a laptop sleeps for a night, a job looks every hour.
  [91, 3_600_000, "pass"],
])("%i polls of a task that does not move, %i ms apart: %s", (count, pauseMs, result) => {
  expect(resultOf("bounded-polling", polls(...pending(count, pauseMs)), LATER)).toBe(result);
});

test("a task that moves is polled on", () => {
  const moving = polls(...pending(200, 1000), ...pending(200, 1000).map(() => [1000, "PROCESSING"] as const));
  expect(resultOf("bounded-polling", moving, LATER)).toBe("pass");
});

test("a task that ended in good time shows no bound", () => {
  expect(resultOf("bounded-polling", polls(...pending(20, 1000), [1000, "COMPLETE"]))).toBe("not-exercised");
});

test("a task that ended after a thousand polls shows that there is none", () => {
  expect(resultOf("bounded-polling", polls(...pending(1000, 1000), [1000, "COMPLETE"]))).toBe("fail");
});

test("a rejected client has not given up", () => {
  expect(resultOf("bounded-polling", polls([0, "PENDING"], [1000, 401]), LATER)).toBe("not-exercised");
});

const busyFor60s = { status: 503, headers: { "retry-after": "60" } };

test.each([
  [
    "three of its longest pauses",
    [
      [0, "PENDING"],
      [1000, "PENDING"],
      [4000, "PENDING"],
    ],
    12_000,
  ],
  [
    "three seconds, however fast it was",
    [
      [0, "PENDING"],
      [10, "PENDING"],
    ],
    3000,
  ],
  ["half a minute, where it asked once", [[0, "PENDING"]], 30_000],
  [
    "the time that it was asked to wait, and three pauses",
    [
      [0, "PENDING"],
      [2000, busyFor60s],
    ],
    66_000,
  ],
] as const)("a client has given up when it was silent for %s", (_, steps, silentMs) => {
  const exchanges = polls(...steps);
  const last = exchanges.at(-1)?.startedAt ?? 0;
  const after = (ms: number) => resultOf("bounded-polling", exchanges, { watchedUntil: last + ms });
  expect([after(silentMs - 1), after(silentMs)]).toEqual(["not-exercised", "pass"]);
});

test("a recording that ends with a poll does not show whether the client would have continued", () => {
  const waiting = polls(...pending(20, 1000));
  expect(resultOf("bounded-polling", waiting)).toBe("not-exercised");
  expect(resultOf("bounded-polling", [...waiting, submit(22_999, "task-2")])).toBe("not-exercised");
  expect(resultOf("bounded-polling", [...waiting, submit(23_000, "task-2")])).toBe("pass");
});

test("a task that was polled five times without a change when it is judged is reported", () => {
  const still = (exchanges: readonly RecordedExchange[]) => judgeConduct(exchanges).stillPolled;
  expect(still(polls(...pending(5, 1000)))).toEqual(["task-1"]);
  expect(still(polls(...pending(4, 1000)))).toEqual([]);
  expect(still(polls(...pending(4, 1000), [1000, "PROCESSING"]))).toEqual([]);
  expect(still(polls(...pending(5, 1000), [1000, "COMPLETE"]))).toEqual([]);
  expect(judgeConduct(polls(...pending(5, 1000)), LATER).stillPolled).toEqual([]);
  expect(still(polls(...pending(5, 0)))).toEqual([]);
});

test.each([400, 403, 405, 410, 413, 415, 422])("a %i is no invitation to try again", (status) => {
  expect(resultOf("no-retry-of-refusals", [poll(0, status)])).toBe("pass");
  expect(resultOf("no-retry-of-refusals", [poll(0, status), poll(9000, status)])).toBe("fail");
});

test.each([408, 409, 423, 425, 429, 477, 500, 503])("a %i may pass by itself", (status) => {
  expect(resultOf("no-retry-of-refusals", [poll(0, status), poll(9000, "PENDING")])).toBe("not-exercised");
});

test.each([
  [undefined, undefined, "not-exercised"],
  ["a", undefined, "not-exercised"],
  ["a", "a", "fail"],
  ["a", "b", "pass"],
])("a 401 with the token %s, then a try with the token %s: %s", (first, second, result) => {
  const tokenId = (id: string | undefined) => (id === undefined ? {} : { tokenId: id });
  expect(resultOf("no-retry-of-refusals", [poll(0, 401, tokenId(first)), poll(100, "COMPLETE", tokenId(second))])).toBe(
    result,
  );
});

function unknown(count: number, pauseMs = 1000): readonly (readonly [number, Came])[] {
  return Array.from({ length: count }, () => [pauseMs, 404] as const);
}

test.each([
  ["given up after one poll", unknown(1), "pass"],
  ["given up after five", unknown(5), "pass"],
  ["polled a sixth time", unknown(6), "fail"],
  ["found in the end", [...unknown(5), [1000, "PENDING"]], "not-exercised"],
  ["found and lost again", [...unknown(5), [1000, "PENDING"], ...unknown(5)], "pass"],
  ["polled a sixth time, with an error between", [...unknown(3), [1000, 503], ...unknown(3)], "fail"],
] as const)("a task that is not found is %s: %s", (_, steps, result) => {
  expect(resultOf("no-retry-of-refusals", polls(...steps), LATER)).toBe(result);
});

test("a recording that ends with a 404 does not show whether the task would be polled again", () => {
  expect(resultOf("no-retry-of-refusals", polls(...unknown(3)))).toBe("not-exercised");
});

test("to poll for ever what is not found is one mistake", () => {
  const { checks } = judgeConduct(polls([0, "PENDING"], ...unknown(400)), LATER);
  expect(checks.filter(({ result }) => result === "fail").map(({ id }) => id)).toEqual(["no-retry-of-refusals"]);
});

test("an import that got a 404 is rejected, because there is no task yet", () => {
  const lost = (atMs: number) =>
    exchange(atMs, { method: "POST", url: submit(0, "").request.url, body: "{}" }, { came: 404 });
  expect(resultOf("no-retry-of-refusals", [lost(0), lost(1000)])).toBe("fail");
});

test("a changed import is not the one that was rejected", () => {
  const refused = { came: 400, body: {} } as const;
  const send = (atMs: number, body: object) =>
    exchange(atMs, { method: "POST", url: submit(0, "").request.url, body: JSON.stringify(body) }, refused);
  expect(resultOf("no-retry-of-refusals", [send(0, { url: "a" }), send(10, { url: "b" })])).toBe("pass");
  expect(resultOf("no-retry-of-refusals", [send(0, { url: "a" }), send(10, { url: "a" })])).toBe("fail");
});

/** An import that is refused, with other headers or to another address. */
function refusedImport(
  atMs: number,
  came: Came,
  { url = submit(0, "").request.url, ...headers }: Record<string, string> = {},
) {
  const sent = { authorization: "Bearer REDACTED", "content-type": "application/json", ...headers };
  return exchange(atMs, { method: "POST", url, body: "{}" }, { came, details: { headers: sent } });
}

const CORRECTIONS: readonly (readonly [string, Record<string, string>, Record<string, string>])[] = [
  ["Content-Type", { "content-type": "text/plain" }, {}],
  ["Accept", { accept: "text/html" }, { accept: "application/json" }],
  ["Authorization", { authorization: "" }, {}],
  ["X-Mock-Scenario", { "x-mock-scenario": "missing-scopes" }, { "x-mock-scenario": "happy" }],
  ["X-Mock-Seed", {}, { "x-mock-seed": "7" }],
  ["session", { url: submit(0, "").request.url.replace("/files", "/s/ana/files") }, {}],
];

test.each(CORRECTIONS)("a request whose %s was corrected is not the one that was rejected", (_, wrong, right) => {
  const corrected = [refusedImport(0, 415, wrong), refusedImport(1000, 202, right)];
  expect(resultOf("no-retry-of-refusals", corrected)).toBe("pass");
  expect(resultOf("no-retry-of-refusals", [...corrected, refusedImport(2000, 202, wrong)])).toBe("fail");
});

test("each request that is sent again is a finding of its own, with its own exchanges", () => {
  const again = [
    ...[0, 1000, 2000].map((atMs) => refusedImport(atMs, 415)),
    ...[0, 1000].map((atMs) => refusedImport(atMs, 415, { "content-type": "text/plain" })),
    ...[0, 1000].map((atMs) => poll(atMs, 400)),
    refusedImport(0, 400, { accept: "text/html" }),
  ];
  const check = judgeConduct(again).checks.find(({ id }) => id === "no-retry-of-refusals");
  expect(check?.findings.map(({ expected, actual, exchanges }) => [expected, actual, exchanges])).toEqual([
    ["no second try after 415", "the same import again", [0, 1, 2]],
    ["no second try after 415", "the same import again", [3, 4]],
    ["no second try after 400", "the same poll again", [5, 6]],
  ]);
});

test("imports with different scenarios are not one import", () => {
  const told = (atMs: number, id: string, scenario: string) =>
    submit(atMs, id, { headers: { authorization: "Bearer REDACTED", "x-mock-scenario": scenario } });
  expect(resultOf("one-submit", [told(0, "task-1", "happy"), told(0, "task-2", "canceled")])).toBe("pass");
  expect(resultOf("one-submit", [told(0, "task-1", "happy"), told(0, "task-2", "happy")])).toBe("fail");
});

test.each(["files/118692044085", "files/search?name=cat", "files/stat/library/cat.png"])(
  "another operation of HubSpot's, such as GET %s, is not the import's, and a wrong path of it is",
  (path) => {
    const ask = (atMs: number, rest: string) =>
      exchange(atMs, { method: "GET", url: `https://api.hubapi.com/files/v3/${rest}` }, { came: 405 });
    expect(resultOf("no-retry-of-refusals", [ask(0, path), ask(60_000, path)])).toBe("not-exercised");
    const wrong = "files/import-from-url/async/task-1";
    expect(resultOf("no-retry-of-refusals", [ask(0, wrong), ask(60_000, wrong)])).toBe("fail");
  },
);

test("what is no call of the API is not judged", () => {
  const icon = (atMs: number) => exchange(atMs, { method: "GET", url: "https://app.test/favicon.ico" }, { came: 404 });
  const preflight = (atMs: number) =>
    exchange(atMs, { method: "OPTIONS", url: submit(0, "").request.url }, { came: 405 });
  expect(judgeConduct([icon(0), icon(10), preflight(20), preflight(30)]).result).toBe("not-exercised");
});

test.each([
  [
    "while a poll shows the first under way",
    [submit(0, "task-1"), submit(2000, "task-2"), poll(2000, "PENDING")],
    "fail",
  ],
  ["long after the last poll", [submit(0, "task-1"), poll(1000, "PENDING"), submit(9000, "task-2")], "not-exercised"],
  ["that nobody has polled", [submit(0, "task-1"), submit(9000, "task-2")], "not-exercised"],
  ["before the answer to the first", [submit(0, "task-1", { durationMs: 900 }), submit(800, "task-2")], "fail"],
  ["in the same millisecond", [submit(0, "task-1"), submit(0, "task-2")], "fail"],
  ["after COMPLETE", [submit(0, "task-1"), poll(1000, "COMPLETE"), submit(2000, "task-2")], "pass"],
  ["after CANCELED", [submit(0, "task-1"), poll(1000, "CANCELED"), submit(2000, "task-2")], "pass"],
  ["of another file", [submit(0, "task-1"), submit(0, "task-2", { body: { ...CAT, name: "dog" } })], "pass"],
] as const)("a second submit %s", (_, exchanges, result) => {
  expect(resultOf("one-submit", exchanges)).toBe(result);
});

/** A poll whose answer has the task's dates, in milliseconds on the server's clock. */
function dated(atMs: number, id: string, dates: { readonly requestedAt?: number; readonly completedAt?: number }) {
  const shown = Object.entries(dates).map(([name, ms]) => [name, new Date(ms).toISOString()]);
  const url = poll(0, "none", {}, id).request.url;
  const body = { taskId: id, status: "COMPLETE", ...Object.fromEntries(shown) };
  return exchange(atMs, { method: "GET", url }, { came: 200, body });
}

test.each([
  ["after it had ended", { requestedAt: 95_000 }, { completedAt: 95_000 }, "pass"],
  ["before it had ended", { requestedAt: 94_999 }, { completedAt: 95_000 }, "fail"],
  ["at a time that nobody tells", {}, { completedAt: 95_000 }, "not-exercised"],
  ["of which no end is told", { requestedAt: 94_999 }, {}, "not-exercised"],
])("an import is sent again %s, as the server's own dates say later", (_, second, first, result) => {
  const polls = [dated(20_000, "task-1", first), dated(21_000, "task-2", second)];
  expect(resultOf("one-submit", [submit(0, "task-1"), submit(5000, "task-2"), ...polls])).toBe(result);
});

test("one file imported into two accounts at a time is two imports, and one into each account twice is not", () => {
  const tenants = [submit(0, "task-1", { tokenId: "token-1" }), submit(10, "task-2", { tokenId: "token-2" })];
  const running = ["task-1", "task-2"].map((id) => poll(2000, "PENDING", {}, id));
  expect(resultOf("one-submit", [...tenants, ...running])).toBe("pass");
  expect(resultOf("one-submit", [...tenants, submit(1000, "task-3", { tokenId: "token-1" }), ...running])).toBe("fail");
});

test("one file imported on two servers is two imports, and in two versions of the API it is one", () => {
  const running = ["task-1", "task-2"].map((id) => poll(2000, "PENDING", {}, id));
  const second = (server: string) =>
    resultOf("one-submit", [submit(0, "task-1"), submit(1000, "task-2", { server }), ...running]);
  expect(second("http://127.0.0.1:4010")).toBe("pass");
  expect(second("https://api.hubapi.com/s/other")).toBe("pass");
  const dated = submit(1000, "task-2");
  const url = dated.request.url.replace("/v3/", "/2026-09/");
  const versions = [submit(0, "task-1"), { ...dated, request: { ...dated.request, url } }, ...running];
  expect(resultOf("one-submit", versions)).toBe("fail");
});

test("a deletion that was done is no error, and a second one is no retry", () => {
  const request = { method: "DELETE", url: "https://api.hubapi.com/files/v3/files/1" };
  const response = { status: 204, headers: {}, body: "" };
  const done = [0, 3, 6, 9].map((atMs) => ({ ...exchange(atMs, request, { came: 204 }), response }));
  expect(resultOf("backs-off", done)).toBe("not-exercised");
});

test("an unknown task hides no second submit of the one after it", () => {
  const submits = ["task-1", "task-2", "task-3"].map((id, index) => submit(index * 9000, id));
  expect(resultOf("one-submit", [...submits, poll(19_000, "PENDING", {}, "task-2")])).toBe("fail");
  expect(resultOf("one-submit", [...submits, poll(17_000, "PENDING", {}, "task-2")])).toBe("not-exercised");
});

test("a submit after a dropped connection or an error is a retry", () => {
  const accepted = submit(5000, "task-1");
  const { response: _, ...unanswered } = submit(0, "none");
  const dropped: RecordedExchange = { ...unanswered, failure: { kind: "dropped", message: "gone" } };
  const busy: RecordedExchange = { ...submit(1000, "none"), response: { status: 503, headers: {}, body: "" } };
  expect(resultOf("one-submit", [dropped, busy, accepted])).toBe("pass");
});

const WITHOUT = { headers: {} };

test("a redacted recording shows nothing about tokens, unless a request was rejected", () => {
  const sanitised = [submit(0, "task-1", WITHOUT), poll(1000, "COMPLETE", WITHOUT)];
  expect(resultOf("token-to-link", sanitised)).toBe("not-exercised");
  expect(resultOf("token-to-link", [submit(0, "task-1", WITHOUT), poll(1000, 401, WITHOUT)])).toBe("fail");
  expect(resultOf("token-to-link", [submit(0, "task-1"), poll(1000, "COMPLETE", WITHOUT)])).toBe("fail");
});

test("a token that has expired was sent, even if the recording has none", () => {
  const headers = {};
  const category = (name: string) =>
    exchange(
      2000,
      { method: "GET", url: poll(0, 401).request.url },
      { came: 401, details: { headers }, body: { category: name } },
    );
  const start = [submit(0, "task-1", { headers }), poll(1000, "PENDING", { headers })];
  expect(resultOf("token-to-link", [...start, category("EXPIRED_AUTHENTICATION")])).toBe("pass");
  expect(resultOf("token-to-link", [...start, category("INVALID_AUTHENTICATION")])).toBe("fail");
});

test("a token that was sent without a scheme is not shown", () => {
  const naked = poll(1000, 401, { headers: { authorization: "a-secret-token" } });
  expect(JSON.stringify(judgeConduct([submit(0, "task-1"), naked]))).not.toContain("secret");
});

test("each task gets its own results", () => {
  const tasks = judgeConduct([
    submit(0, "good"),
    submit(0, "bad", { body: { ...CAT, name: "dog" } }),
    poll(1000, "COMPLETE", {}, "good"),
    poll(1000, "COMPLETE", {}, "bad"),
    poll(2000, "COMPLETE", {}, "bad"),
  ]).tasks.map(({ id, checks }) => {
    const { result, exchanges } = checks.find((check) => check.id === "stops-at-end") ?? {};
    return { id, result, exchanges };
  });
  expect(tasks).toEqual([
    { id: "good", result: "pass", exchanges: [2] },
    { id: "bad", result: "fail", exchanges: [3, 4] },
  ]);
});

test("a recording in a file is judged as it was at once", () => {
  const exchanges = [poll(0, 401, { tokenId: "a" }), poll(1000, 401, { tokenId: "a" })];
  const read = fromHar(JSON.parse(JSON.stringify(toHar(exchanges, { version: "0.0.0" })))).exchanges;
  expect(judgeConduct(read)).toEqual(judgeConduct(exchanges));
  expect(judgeConduct(read).result).toBe("fail");
});

test("a byte order mark hides no end from the judge, as it hides none from fetch", () => {
  const [pending, complete, again] = polls([0, "PENDING"], [1000, "COMPLETE"], [1000, "COMPLETE"]);
  const marked = [pending, complete, again].flatMap((one) =>
    one?.response ? [{ ...one, response: { ...one.response, body: `\uFEFF${one.response.body}` } }] : [],
  );
  expect(resultOf("stops-at-end", marked)).toBe("fail");
  expect(resultOf("stops-at-end", marked.slice(0, 2))).toBe("pass");
});

test("a request without a response is not a response of any kind", () => {
  const exchanges = polls([0, "none"], [10, "none"], [10, "none"], [10, "none"], [10, "PENDING"], [1000, "COMPLETE"]);
  const passed = judgeConduct(exchanges).checks.filter(({ result }) => result !== "not-exercised");
  expect(passed.map(({ id, result }) => [id, result])).toEqual([
    ["token-to-link", "pass"],
    ["polite-interval", "pass"],
    ["stops-at-end", "pass"],
  ]);
});

test("thousands of calls are judged as one by one", () => {
  const steps = Array.from({ length: 500 }, (_, index) => [
    submit(index * 4000, `task-${index}`),
    poll(index * 4000 + 1000, "PENDING", {}, `task-${index}`),
    poll(index * 4000 + 2000, "CANCELED", {}, `task-${index}`),
  ]);
  const { checks, tasks } = judgeConduct(steps.flat());
  expect(checks.filter(({ result }) => result === "pass").map(({ id, judged }) => [id, judged])).toEqual([
    ["one-submit", 500],
    ["token-to-link", 1000],
    ["polite-interval", 500],
    ["reads-canceled", 500],
  ]);
  expect(tasks.at(-1)?.checks.find(({ id }) => id === "polite-interval")?.exchanges).toEqual([1498, 1499]);
});
