import fc from "fast-check";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../src/exchange/exchange.js";
import { fromHar, toHar } from "../src/exchange/har.js";
import { readRetryAfter } from "../src/exchange/retry-after.js";
import { judgeConduct } from "../src/judge/conduct.js";
import { anyCharacter } from "./any-character.js";
import { START } from "./clock.js";
import { poll, submit } from "./conduct/timeline.js";
import { failed, run } from "./verify/run.js";
import type { Answer, Context, Twist } from "./verify/server/twist.js";
import { answers, asError, asPage, type Place, places, withHeaders } from "./verify/twists.js";

/** The tests' noon is Monday, 14 September 2026. */
const at = (ms: number) => new Date(START + ms).toUTCString();
const WEEK_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const rfc850 = (ms: number) => {
  const [, day, month, year, time] = at(ms).split(" ");
  return `${WEEK_DAYS[new Date(START + ms).getUTCDay()]}, ${day}-${month}-${year?.slice(2)} ${time} GMT`;
};
const asctime = (ms: number) => {
  const [weekDay, day, month, year, time] = at(ms).replace(",", "").split(" ");
  return `${weekDay} ${month} ${day?.replace(/^0/, " ")} ${time} ${year}`;
};

/** What a header asks for that comes at the tests' noon, beside a `Date`. */
const waitMs = (header: string, date?: string) =>
  readRetryAfter({ "retry-after": header, ...(date !== undefined && { date }) }, START)?.ms;

test.each([
  ["0", 0],
  ["3", 3000],
  ["03", 3000],
  [" 3", 3000],
  ["3\t ", 3000],
  ["2001", 2_001_000],
  ["86400", 86_400_000],
  ["3, 3", 3000],
  ["3,3", 3000],
  ["3\n3", 3000],
  ["3, 3, 3, 3", 3000],
  // Who waits for the longest has waited for each.
  ["2, 5", 5000],
  ["5, 2", 5000],
  [`2, ${at(4000)}`, 4000],
  [`${at(1000)}, 4`, 4000],
  [at(5000), 5000],
  [rfc850(5000), 5000],
  [asctime(5000), 5000],
  ["Mon Sep  7 12:00:00 2026", 0],
  ["Thu Oct  1 12:00:00 2026", 17 * 86_400_000],
  [`${at(5000)}, ${at(5000)}`, 5000],
  [`${rfc850(5000)},${rfc850(5000)}`, 5000],
  [`${asctime(5000)}, ${at(6000)}, ${rfc850(7000)}`, 7000],
  [at(0), 0],
  [at(-5000), 0],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 0],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 0],
  ["Sun Nov  6 08:49:37 1994", 0],
  ["Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT", 0],
  // Two digits of a year are one at most fifty years ahead.
  ["Friday, 31-Dec-27 23:59:59 GMT", Date.UTC(2027, 11, 31, 23, 59, 59) - START],
  ["Friday, 31-Dec-77 23:59:59 GMT", 0],
  ["Tue, 31 Dec 2030 23:59:60 GMT", Date.UTC(2030, 11, 31, 23, 59, 59) - START],
] as const)("Retry-After: %s asks for %i ms", (header, ms) => {
  expect(waitMs(header)).toBe(ms);
});

test.each([
  ...["", " ", "-5", "+5", "5.", "1.5", ".5", "1e3", "0x10", "1_000", "1 000", "1,5 s", "3s", "3 s", "3 (about)", "3;"],
  ...["３", "٣", "\u00a03", "3\u2003", "\uFEFF3", "3\u0000", "soon", "NaN", "Infinity", "null", "undefined"],
  ...["3, soon", "soon, 3", "3,", ",3", "3, -3", '"3"', "delay=3", "3, 06 Nov 1994 08:49:37 GMT"],
  // Dates that are none of HTTP's.
  ...["2026-09-14T12:00:05Z", "2026-09-14", "2026/09/14", "14 Sep 2026 12:00:05 GMT", "Sep 14, 2026"],
  ...["Mon, 14 Sep 2026 12:00:05 UTC", "Mon, 14 Sep 2026 12:00:05 +0000", "Mon, 14 Sep 2026 12:00:05"],
  ...["mon, 14 sep 2026 12:00:05 gmt", "Mon, 14 Sep 2026 12:00:05 GMT+1", "Mon,  14 Sep 2026 12:00:05 GMT"],
  ...["Mon 14 Sep 2026 12:00:05 GMT", "Mon, 14-Sep-2026 12:00:05 GMT", "Mon, 14-Sep-26 12:00:05 GMT"],
  ...["Monday, 14 Sep 2026 12:00:05 GMT", "Mon, 14 Sep 26 12:00:05 GMT", "Mon, 4 Sep 2026 12:00:05 GMT"],
  ...["Mon Sep 14 12:00:05 2026 GMT", "Mon Sep 4 12:00:05 2026", "Mon, 31 Feb 2026 12:00:05 GMT"],
  ...["Mon, 14 Sep 2026 24:00:00 GMT", "Mon, 14 Sep 2026 12:00:60 GMT", "Mon, 00 Sep 2026 12:00:00 GMT"],
])("Retry-After: %s asks for nothing", (header) => {
  expect(waitMs(header)).toBeUndefined();
});

test.each(["9007199254740993", "9".repeat(400), "1".repeat(100_000), `0${"9".repeat(20)}`])(
  "a number of seconds that is too large is 68 years",
  (header) => {
    expect(waitMs(header)).toBe(2 ** 31 * 1000);
  },
);

test.each([
  // The server's clock is an hour behind, or ahead.
  [at(-3_600_000 + 3000), at(-3_600_000), 3000],
  [at(3_600_000 + 3000), at(3_600_000), 3000],
  [rfc850(3_600_000 + 3000), asctime(3_600_000), 3000],
  [at(3_600_000 - 1000), at(3_600_000), 0],
  [at(3_603_000), `${at(3_600_000)}, ${at(3_600_000)}`, 3000],
  // No date, or none that can be meant: then the client's clock serves.
  [at(3000), `${at(3_600_000)}, ${at(7_200_000)}`, 3000],
  [at(3000), "yesterday", 3000],
  [at(3000), "", 3000],
  [at(3000), "2026-09-14T13:00:00Z", 3000],
  ["3", at(3_600_000), 3000],
])("Retry-After: %s beside Date: %s asks for %i ms", (header, date, ms) => {
  expect(waitMs(header, date)).toBe(ms);
});

const pieces = fc.oneof(
  fc.string(),
  fc.string({ unit: anyCharacter }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.constantFrom(at(0), rfc850(0), asctime(0), "3", ",", ", ", "\n", "GMT", "Mon, ", "00", " ", "\t"),
);
const texts = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(""));

test("whatever a server says, a wait is none or a finite number from 0 on", () => {
  fc.assert(
    fc.property(texts, texts, fc.double({ min: 0, max: 4e15, noNaN: true }), (header, date, cameAt) => {
      const asked = readRetryAfter({ "retry-after": header, date }, cameAt);
      expect(asked === undefined || (Number.isFinite(asked.ms) && asked.ms >= 0)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test.each(["9", " ", "\t", ",", "3,", "3, ", "\n", "Mon, ", `${at(0)}, `, "Mon Sep  ", "\u00a0"])(
  "a header of a hundred thousand characters like %j is read at once",
  (piece) => {
    const long = piece.repeat(100_000 / piece.length);
    // Of this process alone, whatever else keeps the machine busy.
    const began = process.cpuUsage();
    for (const text of [long, `${long}x`, `x${long}`, `3${long}3`])
      readRetryAfter({ "retry-after": text, date: text }, 0);
    // A reader of quadratic time needs ten times as much.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(4000);
  },
);

const asks = (header: string) => (answer: Answer) => withHeaders(answer, { "Retry-After": header });

/** How long a run was silent towards a task after each response that asked for a wait, in milliseconds. */
function pausesIn(exchanges: readonly RecordedExchange[]): readonly number[] {
  const journey = exchanges.filter(({ step }) => step?.part === "complete");
  return journey.flatMap((one, index) => {
    const next = journey[index + 1];
    const asked = one.response?.headers["retry-after"] !== undefined;
    return asked && next ? [next.startedAt - one.startedAt - one.durationMs] : [];
  });
}

const secondPoll: Place = ({ poll: count, task }) => count === 2 && task?.isFailing === false;
const lookedAt: Place = ({ look, task }) => look >= 1 && task?.isFailing === false;
const dated =
  (ms: number, form: (ms: number) => string) =>
  (answer: Answer, { now }: Context) =>
    withHeaders(answer, {
      Date: new Date(now - 3_600_000).toUTCString(),
      "Retry-After": form(now - 3_600_000 + ms - START),
    });

test.concurrent.each<[string, number, Twist]>([
  ["a 429 twice in one header", 3000, answers(secondPoll, (answer) => asks("3, 3")(asError(answer, 429)))],
  ["a 503 that says two things", 5000, answers(secondPoll, (answer) => asks("2, 5")(asPage(answer, 503)))],
  ["each response in flight", 3000, answers(places.inFlight, asks("3"))],
  [
    "each response in flight by a date, on a clock that is an hour late",
    3000,
    answers(places.inFlight, dated(3000, at)),
  ],
  ["a response in flight by RFC 850", 4000, answers(secondPoll, dated(4000, rfc850))],
  [
    "a 429 by asctime",
    4000,
    answers(secondPoll, (answer, context) => dated(4000, asctime)(asError(answer, 429), context)),
  ],
  ["the response to the import", 4000, answers(places.locator, asks("4"))],
  ["each response after the end", 4000, answers(lookedAt, asks("4"))],
  ["a 404", 4000, answers(secondPoll, (answer) => asks("4")(asError(answer, 404)))],
  ["a redirect", 4000, answers(secondPoll, (answer) => ({ ...asks("4")(answer), status: 307 }))],
])("verify waits as long as %s asks for", async (_, ms, twist) => {
  const { exchanges } = await run(twist);
  const pauses = pausesIn(exchanges);
  expect(pauses.length).toBeGreaterThan(0);
  for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(ms);
  expect(Math.max(...pauses)).toBeLessThan(ms + 1500);
});

test.concurrent.each<[string, Twist]>([
  ["in flight", answers(places.inFlight, asks("3600"))],
  ["with the task's id", answers(places.locator, asks("9".repeat(400)))],
  ["in flight, by a date", answers(places.inFlight, dated(3_600_000, at))],
])("a server that asks %s to come back long after the timeout is not asked again, and not judged", async (_, twist) => {
  const { report, exchanges } = await run(twist);
  expect(failed({ report }, "violation")).toEqual([]);
  expect(report).toMatchObject({ exitCode: 3, unjudged: [{ reason: "postponed" }] });
  expect(pausesIn(exchanges)).toEqual([]);
});

test("a server that has shown an end, and then asks not to be asked, conforms", async () => {
  const { report, exchanges } = await run(answers(places.end, asks("3600")));
  expect(report).toMatchObject({ exitCode: 0, unjudged: [] });
  expect(pausesIn(exchanges)).toEqual([]);
});

test.concurrent.each(["soon", "1.5", "-5", "3 (about)", "2026-09-14T12:00:05Z"])(
  "Retry-After: %s is no form of HTTP's, told once with what was sent",
  async (header) => {
    for (const twist of [
      answers(places.status, asks(header)),
      answers(secondPoll, (answer) => asks(header)(asError(answer, 429))),
      answers(places.locator, asks(header)),
    ]) {
      const { report } = await run(twist);
      const found = report.checks.flatMap(({ findings }) => findings);
      expect(found).toMatchObject([
        {
          rule: "headers",
          expected: "Retry-After: a number of seconds or an HTTP date",
          actual: `Retry-After: ${header}`,
        },
      ]);
    }
  },
);

test("a 477 whose seconds came twice keeps the contract, and one that says more than a day does not", async () => {
  const moved = (header: string) => answers(secondPoll, (answer) => asks(header)(asError(answer, 477)));
  expect((await run(moved("3, 3"))).report.exitCode).toBe(0);
  const { report } = await run(moved("86401, 86401"));
  expect(failed({ report }, "violation")).toEqual(["headers"]);
});

function honours(exchanges: readonly RecordedExchange[]): string | undefined {
  return judgeConduct(exchanges).checks.find(({ id }) => id === "honours-retry-after")?.result;
}

test.each([200, 202, 204, 206, 301, 303, 304, 307, 400, 401, 403, 404, 408, 409, 423, 425, 429, 477, 500, 503, 599])(
  "a client that polls sooner than a %i asks for breaks honours-retry-after, and nothing else",
  (status) => {
    const busy = { status, headers: { "retry-after": "3" } };
    const hasty = judgeConduct([poll(0, busy), poll(100, busy), poll(200, busy), poll(3200, "COMPLETE")]);
    const results = (result: string) => hasty.checks.filter((check) => check.result === result).map(({ id }) => id);
    expect(results("fail")).toEqual(["honours-retry-after"]);
    expect(judgeConduct([poll(0, busy), poll(3000, busy), poll(6000, "COMPLETE")]).result).toBe("pass");
  },
);

test("a task is first polled when the response to its import says", () => {
  const accepted = { ...submit(0, "task-1") };
  const asking = { ...accepted, response: { status: 202, body: '{"id":"task-1"}', headers: { "retry-after": "5" } } };
  expect(honours([asking, poll(1000, "PENDING"), poll(6000, "COMPLETE")])).toBe("fail");
  expect(honours([asking, poll(5000, "PENDING"), poll(6000, "COMPLETE")])).toBe("pass");
  expect(honours([asking, submit(9000, "task-2"), poll(5000, "COMPLETE", {}, "task-2")])).toBe("not-exercised");
});

test("a header that came twice counts once in a recording, too", () => {
  const busy = { status: 429, headers: { "retry-after": "3" } };
  const har = JSON.parse(JSON.stringify(toHar([poll(0, busy), poll(1000, "PENDING")], { version: "0.0.0" })));
  const { headers } = har.log.entries[0].response;
  headers.push(headers.find(({ name }: { readonly name: string }) => name === "retry-after"));
  expect(fromHar(har).exchanges[0]?.response?.headers["retry-after"]).toBe("3");
  expect(honours(fromHar(har).exchanges)).toBe("fail");
});

test("what a 304 asks for counts, and not once more what was kept", () => {
  const asking = { status: 200, headers: { "retry-after": "5" }, body: '{"status":"PENDING"}' };
  const { request, startedAt, durationMs } = poll(0, 304);
  const confirmed = (headers: Readonly<Record<string, string>>): RecordedExchange => ({
    ...{ startedAt, durationMs, request },
    response: { status: 304, headers, body: "", stored: asking },
  });
  expect(honours([confirmed({}), poll(1000, "PENDING")])).toBe("not-exercised");
  expect(honours([confirmed({ "retry-after": "2" }), poll(1000, "PENDING")])).toBe("fail");
  expect(honours([confirmed({ "retry-after": "2" }), poll(2000, "PENDING")])).toBe("pass");
});

test("a wait until a date is read against the response's own clock", () => {
  const asking = { status: 200, headers: { date: at(3_600_000), "retry-after": at(3_603_000) } };
  expect(honours([poll(0, asking), poll(1900, "PENDING")])).toBe("fail");
  expect(honours([poll(0, asking), poll(2000, "PENDING")])).toBe("pass");
});

test("what was sent before the wait was asked for is not too early", () => {
  const asking = { status: 200, headers: { "retry-after": "5" } };
  expect(honours([poll(0, asking, { durationMs: 900 }), poll(500, "PENDING"), poll(5900, "COMPLETE")])).toBe("pass");
});
