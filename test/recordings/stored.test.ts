import { expect, test } from "vitest";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { type Entry, FINE, harOf, poll, pollOf, UNANSWERED, verdictOf } from "./har.js";

/** A poll that asks whether the answer with a tag is still so, and is told that it is. */
function unchanged(afterMs: number, change: (one: Entry) => unknown = () => {}): Entry {
  const one = poll(afterMs, {});
  (one.request.headers as object[]).push({ name: "If-None-Match", value: 'W/"a", "b"' });
  one.response = {
    status: 304,
    headers: [{ name: "ETag", value: '"b"' }],
    content: { size: 0, mimeType: "x-unknown" },
  };
  change(one);
  return one;
}

/** A recording whose second PROCESSING was answered 304. @param tag of the first */
function confirmed(change?: (one: Entry) => unknown, tag?: string): { log: { entries: Entry[] } } {
  return harOf((all) => {
    all.splice(3, 1, unchanged(2400, change));
    if (tag !== undefined) (pollOf(all, 2).response.headers as object[]).push({ name: "etag", value: tag });
  });
}

const CACHED = JSON.stringify({
  taskId: "AAAAEqTIHz0",
  status: "PROCESSING",
  requestedAt: "2026-09-14T12:00:00.000Z",
  startedAt: "2026-09-14T12:00:01.000Z",
  links: {},
});

test.each<[string, ((one: Entry) => unknown) | undefined, string | undefined]>([
  ["the answer with its tag", undefined, 'W/"b"'],
  [
    "what the recorder took from the cache",
    ({ response }) => (response.content = { size: 9, text: CACHED, mimeType: "application/json" }),
    undefined,
  ],
  [
    "the same, with no condition in sight",
    ({ request, response }) => {
      request.headers = [{ name: "Authorization", value: "Bearer any" }];
      response.content = { size: 9, text: CACHED };
    },
    undefined,
  ],
])("a 304 says the state of %s", (_, change, tag) => {
  expect(verdictOf(confirmed(change, tag))).toEqual({ ...FINE, leftOut: [] });
});

test.each<[string, (one: Entry) => unknown]>([
  ["a tag", () => {}],
  [
    "a date",
    ({ request }) =>
      (request.headers = [
        { name: "Authorization", value: "Bearer any" },
        { name: "If-Modified-Since", value: "Mon, 14 Sep 2026 12:00:00 GMT" },
      ]),
  ],
  ["headers that were left out", ({ request }) => (request.headers = null)],
])("a 304 to %s whose answer nobody has says no state, and is no fault", (_, change) => {
  expect(verdictOf(confirmed(change))).toEqual({
    ...FINE,
    states: [["PENDING", "PROCESSING", 200, "CANCELED"]],
    leftOut: ["log.entries[3]: the response that its 304 confirms is not in the recording"],
  });
});

test("a 304 to a request without a condition is a violation", () => {
  const har = confirmed(({ request }) => (request.headers = [{ name: "Authorization", value: "Bearer any" }]));
  expect(verdictOf(har)).toMatchObject({ exitCode: 1, failed: ["status-declared"] });
});

test("a recorder that writes 200 for a 304, with the headers of that, is read for what its content says", () => {
  const har = confirmed(({ response }) =>
    Object.assign(response, { status: 200, content: { size: 9, text: CACHED, mimeType: "application/json" } }),
  );
  expect(verdictOf(har)).toEqual(FINE);
  const empty = confirmed(({ response }) =>
    Object.assign(response, { status: 200, content: { size: 0, text: "", mimeType: "application/json" } }),
  );
  expect(verdictOf(empty)).toMatchObject({ exitCode: 0, failed: [] });
});

test("a recording of others, written anew as one of ours, is judged as it was", () => {
  const odd = harOf((all) => {
    all.splice(3, 1, unchanged(2400));
    all.push(poll(1900, {}), poll(1950, {}));
    Object.assign(pollOf(all, 5), { response: UNANSWERED });
    Object.assign(pollOf(all, 6).response, { content: null });
    Object.assign(pollOf(all, 1).request, { headers: null });
    all[0].request["postData"] = null;
  });
  const { exchanges, notes } = fromHar(odd);
  const again = fromHar(JSON.parse(JSON.stringify(toHar(exchanges, { version: "1.0.0", ...notes }))));
  expect(again.exchanges).toEqual(exchanges);
  expect(judge(again.exchanges)).toEqual(judge(exchanges));
});
