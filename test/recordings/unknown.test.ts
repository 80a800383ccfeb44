import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { DATES, type Entry, FINE, harOf, poll, pollOf, STATES, UNANSWERED, verdictOf } from "./har.js";

test("a recording in which nothing is odd is judged without a word", () => {
  expect(verdictOf(harOf())).toEqual(FINE);
});

test.each<[string, (one: Entry) => unknown]>([
  ["no encoding", ({ response }) => (response.content["encoding"] = null)],
  ["an empty encoding", ({ response }) => (response.content["encoding"] = "")],
  ["the encoding of its text", ({ response }) => (response.content["encoding"] = "utf-8")],
  ["no size", ({ response }) => (response.content["size"] = null)],
  ["a size in letters", ({ response }) => (response.content["size"] = "1")],
  ["a size of its own kind", ({ response }) => (response.content["size"] = 1)],
  ["no size of what travelled", ({ response }) => (response["bodySize"] = null)],
  ["no headers", ({ response, request }) => [request, response].map((one) => Object.assign(one, { headers: null }))],
  ["empty headers", ({ response, request }) => [request, response].map((one) => Object.assign(one, { headers: [] }))],
  ["a header without a value", ({ request }) => (request.headers as object[]).push({ name: "X-Empty" })],
  ["a header that is null", ({ request }) => (request.headers as unknown[]).push(null)],
  ["a header with a number", ({ response }) => (response.headers as object[]).push({ name: "X-Number", value: 5 })],
  [
    "a type without a value, which its content has",
    ({ response }) =>
      (response.headers = [
        { name: "Date", value: "Mon, 14 Sep 2026 12:00:00 GMT" },
        { name: "Content-Type", value: null },
      ]),
  ],
  ["headers of HTTP/2", ({ response }) => (response.headers as object[]).push({ name: ":status", value: "200" })],
  [
    "headers as an object",
    ({ response }) => (response.headers = { "CONTENT-TYPE": "application/json", Vary: ["a", "b"] }),
  ],
  ["no body to send", ({ request }) => (request["postData"] ??= null)],
  ["no time", (one) => (one.time = null)],
  ["no time at all", (one) => Object.assign(one, { time: null, timings: null })],
  ["a time that nobody knows", (one) => (one.time = -1)],
  ["a time in letters", (one) => (one.time = "40")],
  ["a time of a year", (one) => (one.time = 3e10)],
  [
    "nothing about its page or cache",
    (one) => Object.assign(one, { cache: null, pageref: null, connection: null, serverIPAddress: null }),
  ],
  ["a status in letters", ({ response }) => (response.status = String(response.status))],
  ["no notes of ours", (one) => (one["_importKit"] = null)],
  ["a method in small letters", ({ request }) => (request["method"] = String(request["method"]).toLowerCase())],
  ["a date of another zone", (one) => (one.startedDateTime = shifted(one, "+02:00", 2))],
  ["a zone without a colon", (one) => (one.startedDateTime = shifted(one, "-0500", -5))],
  ["microseconds", (one) => (one.startedDateTime = String(one.startedDateTime).replace("Z", "123+00:00"))],
  ["a comma before the fraction", (one) => (one.startedDateTime = String(one.startedDateTime).replace(".", ","))],
  ["dates without a zone, by a clock of another", (one) => (one.startedDateTime = shifted(one, "", 7))],
  ["a clock that is hours behind", (one) => (one.startedDateTime = shifted(one, "Z", -3))],
  [
    "each header twice",
    ({ response }) => {
      const limits = ["Max", "Remaining"].map((name) => ({ name: `X-HubSpot-RateLimit-${name}`, value: "100" }));
      const headers = [...(response.headers as object[]), ...limits];
      response.headers = headers.flatMap((header) => [header, header]);
    },
  ],
  ["a date as a number", (one) => (one.startedDateTime = Date.parse(String(one.startedDateTime)))],
  ["a date in seconds", (one) => (one.startedDateTime = Date.parse(String(one.startedDateTime)) / 1000)],
])("entries with %s are judged like any other", (_, change) => {
  expect(verdictOf(harOf((all) => all.forEach(change)))).toEqual(FINE);
});

/** The same instant, as it is told some hours from Greenwich. */
function shifted({ startedDateTime }: Entry, zone: string, hours: number): string {
  return new Date(Date.parse(String(startedDateTime)) + hours * 3_600_000).toISOString().replace("Z", zone);
}

test("a recording of a dated version at HubSpot's own address is judged like one of v3", () => {
  const dated = (broken: string) =>
    JSON.parse(JSON.stringify(harOf()).replaceAll("/v3/", "/2026-03/").replace("CANCELED", broken));
  expect(verdictOf(dated("CANCELED"))).toEqual(FINE);
  expect(verdictOf(dated("FAILED"))).toMatchObject({ exitCode: 1, failed: ["schema"] });
});

test("a version of the API that is newer than the kit is named", () => {
  const newer = (har: object) => JSON.parse(JSON.stringify(har).replaceAll("/v3/", "/2027-03/"));
  const why = "this kit does not know its version of the API";
  expect(() => verdictOf(newer(harOf()))).toThrow(`nothing in it can be judged: log.entries[0]: ${why}, and 4 more`);
  const late = harOf((all) => all.push(newer(poll(5000, { status: "CANCELED" }))));
  expect(verdictOf(late)).toEqual({ ...FINE, leftOut: [`log.entries[5]: ${why}`] });
});

test("entries are judged in the order of their dates, in whatever order the file has them", () => {
  expect(verdictOf(harOf((all) => all.reverse()))).toEqual(FINE);
});

test("what is finer than a millisecond decides which of two came first", () => {
  const har = harOf((all) => {
    const [second, third] = [pollOf(all, 1), pollOf(all, 2)];
    second.startedDateTime = "2026-09-14T12:00:00.200700Z";
    third.startedDateTime = "2026-09-14T12:00:00.200900Z";
    all.reverse();
  });
  expect(verdictOf(har).states).toEqual([STATES]);
});

test("a request that occurs twice in a recording is one", () => {
  const har = harOf((all) => all.push(...structuredClone(all)));
  const { leftOut, ...rest } = verdictOf(har);
  expect(rest).toMatchObject({ exitCode: 0, states: [STATES], broken: [] });
  expect(leftOut).toEqual(
    [0, 1, 2, 3, 4].map((index) => `log.entries[${index + 5}]: it is the same as log.entries[${index}]`),
  );
});

test.each<[string, (one: Entry) => unknown, string]>([
  ["no date", (one) => (one.startedDateTime = null), "startedDateTime is missing"],
  ["an empty date", (one) => (one.startedDateTime = ""), "startedDateTime is missing"],
  ["a date that is none", (one) => (one.startedDateTime = "Invalid Date"), "startedDateTime must be a date"],
  ["no method", ({ request }) => (request["method"] = null), "it has no request with a method and an address"],
  ["no address", ({ request }) => (request["url"] = null), "it has no request with a method and an address"],
  ["half an address", ({ request }) => (request["url"] = "/files"), "it has no request with a method and an address"],
  ["no request", (one) => Object.assign(one, { request: null }), "it has no request with a method and an address"],
  ["a status of no kind", ({ response }) => (response.status = "OK"), "response.status must be a whole number"],
  [
    "a body as an object",
    ({ response }) => (response.content["text"] = {}),
    "response.content.text must be a string or an array",
  ],
])("a poll with %s is left out, and the rest is judged", (_, change, why) => {
  const har = harOf((all) => change(pollOf(all, 2)));
  expect(verdictOf(har)).toMatchObject({
    exitCode: 0,
    states: [["PENDING", "PROCESSING", "CANCELED"]],
    leftOut: [`log.entries[2]: ${why}`],
  });
});

test.each<[string, (one: Entry) => unknown]>([
  ["no text", ({ response }) => (response.content["text"] = null)],
  ["neither text nor size", ({ response }) => Object.assign(response.content, { text: null, size: null })],
  ["an empty text of some size", ({ response }) => (response.content["text"] = "")],
  ["an empty text of no size", ({ response }) => Object.assign(response.content, { text: "", size: -1 })],
  [
    "an empty text whose length was announced",
    ({ response }) => {
      Object.assign(response.content, { text: "", size: 0 });
      (response.headers as object[]).push({ name: "Content-Length", value: "190" });
    },
  ],
  ["no content", ({ response }) => Object.assign(response, { content: null })],
  [
    "neither text nor size, of some transferred bytes",
    ({ response }) => Object.assign(response, { content: { size: 0, mimeType: "application/json" }, bodySize: 190 }),
  ],
  [
    "a comment in its place",
    ({ response }) => (response.content = { size: 0, mimeType: "", comment: "Response bodies are not included." }),
  ],
  ["half of a text", ({ response }) => (response.content["text"] = String(response.content["text"]).slice(0, 60))],
  [
    "bytes that are still compressed",
    ({ response }) => {
      Object.assign(response.content, {
        text: Buffer.from([0x1f, 0x8b, 8, 0, 0xff, 0xfe]).toString("base64"),
        encoding: "base64",
      });
      (response.headers as object[]).push({ name: "Content-Encoding", value: "gzip" });
    },
  ],
  [
    "compressed bytes as Latin-1",
    ({ response }) => {
      response.content["text"] = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0xab, 0x56]).toString("latin1");
      (response.headers as object[]).push({ name: "Content-Encoding", value: "gzip" });
    },
  ],
  [
    "half of a text, whose whole length was announced",
    ({ response }) => {
      const text = String(response.content["text"]).slice(0, 60);
      Object.assign(response.content, { text, size: text.length });
      (response.headers as object[]).push({ name: "Content-Length", value: "190" });
    },
  ],
  ["what is no base64", ({ response }) => (response.content["encoding"] = "base64")],
])("a body with %s is not judged, and told", (_, change) => {
  const { leftOut, ...rest } = verdictOf(harOf((all) => change(pollOf(all, 2))));
  expect(rest).toEqual({ ...FINE, states: [["PENDING", 200, "PROCESSING", "CANCELED"]], leftOut: undefined });
  expect(leftOut).toEqual([
    expect.stringMatching(
      /^log\.entries\[2\]: its body is (not in the recording|incomplete in the recording|marked as base64, but is not valid base64)$/,
    ),
  ]);
});

test.each<[string, (text: string) => object]>([
  ["in base64", (text) => ({ text: Buffer.from(text).toString("base64"), encoding: "BASE64" })],
  ["in the pieces in which it came", (text) => ({ text: [text.slice(0, 50), text.slice(50)] })],
  [
    "in pieces of base64",
    (text) => ({
      text: JSON.stringify([text.slice(0, 50), text.slice(50)].map((piece) => Buffer.from(piece).toString("base64"))),
      encoding: "base64",
    }),
  ],
])("a body %s is read", (_, content) => {
  const har = harOf((all) => {
    for (const { response } of all) Object.assign(response.content, content(String(response.content["text"])));
  });
  expect(verdictOf(har)).toEqual(FINE);
});

const NOT_FOUND = {
  status: "error",
  message: "resource not found",
  correlationId: "0192a0a0-0000-7000-8000-000000000000",
};

test("whether a path of another version finds a task is not published, but a path that found it finds it again", () => {
  const dated = (afterMs: number, body: object, status: number) => {
    const one = JSON.parse(JSON.stringify(poll(afterMs, body)).replaceAll("/v3/", "/2026-09/")) as Entry;
    one.response.status = status;
    return one;
  };
  const end = { status: "CANCELED", ...DATES, numErrors: 0, errors: [] };
  const lost = harOf((all) => all.push(dated(5000, NOT_FOUND, 404)));
  expect(verdictOf(lost)).toMatchObject({ exitCode: 0, failed: [] });
  const again = harOf((all) => all.push(dated(5000, end, 200), dated(6000, NOT_FOUND, 404)));
  expect(verdictOf(again)).toMatchObject({ exitCode: 1, failed: ["task-known"] });
});

/** The recording of a proxy that sees a page's requests, and those by which its back end forwards them. */
function forwarded(origin: string, change: (outer: Entry, inner: Entry) => unknown = () => {}) {
  return harOf((all) => {
    for (const one of [...all]) {
      const inner = structuredClone(one);
      one.request["url"] = String(one.request["url"]).replace("https://api.hubapi.com", "https://app.example/hubspot");
      inner.request["url"] = String(inner.request["url"]).replace("https://api.hubapi.com", origin);
      inner.startedDateTime = new Date(Date.parse(String(one.startedDateTime)) + 5).toISOString();
      inner.time = 30;
      change(one, inner);
      all.push(inner);
    }
  });
}

test.each<[string, (outer: Entry, inner: Entry) => unknown]>([
  ["as they are", () => {}],
  [
    "with links to itself, in its own form and without its token",
    ({ request, response: { content } }) => {
      request.headers = [{ name: "Accept", value: "*/*" }];
      const text = String(content["text"]).replaceAll("https://api.hubapi.com", "https://app.example/hubspot");
      content["text"] = JSON.stringify(JSON.parse(text), null, 2);
    },
  ],
  ["in as much time as it takes itself, by rounded durations", (_, inner) => (inner.time = 38)],
])("requests that a back end forwards %s are one each", (_, change) => {
  const { leftOut, ...rest } = verdictOf(forwarded("https://api.hubapi.com", change));
  expect(rest).toEqual({ ...FINE, leftOut: undefined });
  expect(leftOut).toEqual(
    [0, 1, 2, 3, 4].map((at) => `log.entries[${at + 5}]: it is log.entries[${at}] once more, forwarded by a back end`),
  );
});

test("an import that a back end forwards is one, also in a recording without durations", () => {
  const har = forwarded("https://api.hubapi.com", (...both) => {
    for (const one of both) Object.assign(one, { time: -1, timings: null });
  });
  expect(verdictOf(har)).toMatchObject({ exitCode: 0, failed: [], broken: [] });
});

test("two requests at the same address are two, as are those of two tasks at two addresses", () => {
  expect(verdictOf(forwarded("https://app.example/hubspot"))).toMatchObject({
    failed: ["task-id"],
    broken: ["one-submit"],
  });
  const other = forwarded("https://api.hubapi.com", (_, inner) => {
    inner.request["url"] = String(inner.request["url"]).replace("AAAAEqTIHz0", "AAAAEqTIHz1");
    const { content } = inner.response;
    content["text"] = String(content["text"]).replaceAll("AAAAEqTIHz0", "AAAAEqTIHz1");
  });
  expect(verdictOf(other)).toMatchObject({ ...FINE, states: [STATES, STATES] });
});

test("in a recording with tokens, each may be of another account; masked ones show nothing", () => {
  const tokens = (second: string) =>
    harOf((all) => {
      const other = structuredClone(all[0]);
      other.startedDateTime = "2026-09-14T12:00:00.100Z";
      other.response.content["text"] = String(other.response.content["text"]).replaceAll("AAAAEqTIHz0", "AAAAEqTIHz1");
      const lost = poll(5000, NOT_FOUND);
      lost.response.status = 404;
      for (const one of [other, lost]) one.request.headers = [{ name: "Authorization", value: `Bearer ${second}` }];
      all.push(other, lost);
    });
  expect(verdictOf(tokens("of-another-account"))).toMatchObject({ failed: [], broken: ["reads-canceled"] });
  expect(verdictOf(tokens("any"))).toMatchObject({
    failed: ["task-known"],
    broken: ["one-submit", "reads-canceled"],
  });
});

test("where a recorder leaves tokens out, a 401 shows that one is missing only if another request was accepted", () => {
  const broken = (accepted: number) => {
    const har = harOf((all) => {
      all.splice(accepted, 5, rejected(3500, 401), rejected(9000, 401));
      for (const { request } of all) request.headers = [{ name: "Accept", value: "*/*" }];
    });
    return verdictOf(har).broken;
  };
  expect([broken(0), broken(1)]).toEqual([[], ["token-to-link"]]);
});

test("a mask behind another scheme is no bearer token", () => {
  const har = harOf((all) => {
    pollOf(all, 2).request.headers = [{ name: "Authorization", value: "Basic [REDACTED]" }];
  });
  expect(verdictOf(har).broken).toEqual(["token-to-link"]);
});

test.each(["***", "[REDACTED]", "<redacted>", "[authorization redacted]", "[Filtered]"])(
  "a token that a recorder masked as %s was sent, whatever the response",
  (value) => {
    const har = harOf((all) => {
      all.splice(4, 1, rejected(3500, 401));
      for (const { request } of all) request.headers = [{ name: "Authorization", value }];
    });
    expect(verdictOf(har).broken).toEqual([]);
  },
);

test.each<[string, number, string]>([
  ["an error of the website", 403, '{"message":"The CSRF token is missing."}'],
  ["a redirect", 302, ""],
  ["a page", 200, "<html>"],
  ["a page for what is not found", 404, "<html>"],
])(
  "a link that an app follows to HubSpot's website without its token shows %s: the app's mistake",
  (_, status, text) => {
    const har = harOf((all) => {
      const followed = poll(1000, {});
      followed.request.headers = [{ name: "Accept", value: "*/*" }];
      followed.request["url"] = String(followed.request["url"]).replace("api.hubapi.com", "api-na1.hubspot.com");
      const headers = { "Content-Type": text.startsWith("{") ? "application/json" : "text/html" };
      followed.response = { ...followed.response, status, headers, content: { text, size: text.length } };
      all.splice(2, 0, followed);
    });
    const { states, ...rest } = verdictOf(har);
    expect(rest).toEqual({ exitCode: 0, failed: [], unjudged: [], broken: ["token-to-link"], leftOut: [] });
    expect(states).toEqual([["PENDING", status, ...STATES.slice(1)]]);
  },
);

test("two imports with unknown bodies are not one import that was sent twice", () => {
  const har = harOf((all) => {
    const second = structuredClone(all[0]);
    second.startedDateTime = "2026-09-14T12:00:00.100Z";
    second.response.content["text"] = String(second.response.content["text"]).replaceAll("AAAAEqTIHz0", "AAAAEqTIHz1");
    all.push(second);
    for (const { request } of [all[0], second])
      request["postData"] = { mimeType: "application/json", text: "", params: [] };
  });
  expect(verdictOf(har)).toMatchObject({ exitCode: 0, broken: [] });
});

test("whatever is put in the place of a field, a recording is judged or rejected, and what was fine stays fine", () => {
  const paths = pathsOf(harOf());
  const values = fc.oneof(
    fc.constantFrom(null, undefined, "", [], {}, 0, -1, "x", true, 1e30, [null], "%%"),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), values), { minLength: 1, maxLength: 3 }), (changes) => {
      const har = harOf();
      // A copy each: the next change may be within it.
      for (const [path, value] of changes) put(har, path, structuredClone(value));
      try {
        verdictOf(har);
      } catch (error) {
        expect(error).toMatchObject({
          name: "UserError",
          code: "recording-file",
          message: expect.not.stringContaining("\n"),
        });
      }
    }),
    { numRuns: 300 },
  );
});

/** Fields without which nothing can be said of an entry, and which therefore costs it. */
const NEEDED = /\.(startedDateTime|request|request\.method|request\.url)$/;

test("null, absent and empty are never a fault of the server's or the client's", () => {
  for (const path of pathsOf(harOf())) {
    for (const value of [null, undefined, ""]) {
      const har = harOf();
      put(har, path, value);
      const place = path.join(".");
      if (/^log(\.entries)?$/.test(place)) continue;
      const { exitCode, failed, broken, leftOut } = verdictOf(har);
      expect({ place, value, exitCode, failed, broken }).toEqual({ place, value, exitCode: 0, failed: [], broken: [] });
      if (NEEDED.test(place)) expect(leftOut, place).toHaveLength(1);
    }
  }
});

function put(har: object, path: readonly string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], har);
  if (typeof parent === "object" && parent !== null) (parent as Record<string, unknown>)[path.at(-1) ?? ""] = value;
}

function pathsOf(node: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

test("a task that an app sees unended for a day is no violation, unless the reader sets a limit", () => {
  const day = 24 * 60 * 60 * 1000;
  const har = harOf((all) =>
    all.splice(4, 1, poll(day, { status: "PROCESSING", requestedAt: DATES.requestedAt, startedAt: DATES.startedAt })),
  );
  expect(verdictOf(har)).toMatchObject({ exitCode: 0, failed: [] });
  const { checks } = judge(fromHar(har).exchanges, { timeoutMs: 60_000 });
  expect(checks.filter(({ result }) => result === "fail").map(({ id }) => id)).toEqual(["ends-in-time"]);
});

/** A poll that the server rejected or put off. */
function rejected(afterMs: number, status: number, headers: object = {}): Entry {
  const one = poll(afterMs, {});
  one.response = {
    ...one.response,
    status,
    headers: { "Content-Type": "application/json", ...headers },
    content: { text: JSON.stringify(NOT_FOUND) },
  };
  return one;
}

test.each<[string, Entry]>([
  ["a token that has expired", rejected(3_600_000, 401)],
  ["a limit", rejected(5000, 429, { "Retry-After": "600" })],
  [
    "a lost connection",
    Object.assign(poll(5000, {}), { response: { ...UNANSWERED, _error: "net::ERR_CONNECTION_RESET" } }),
  ],
])("after a task's end has been seen, %s hides nothing of it", (_, late) => {
  expect(verdictOf(harOf((all) => all.push(late)))).toEqual({
    ...FINE,
    states: [[...STATES, late.response.status === 0 ? "none" : late.response.status]],
    broken: ["reads-canceled"],
  });
});

test.each<[string, Entry, string]>([
  ["a token", rejected(3500, 401), "Record the requests again, with a token that has the scope files (or files.read)"],
  ["a limit", rejected(3500, 429, { "Retry-After": "600" }), "Record the requests again, until the task has ended."],
])("a recording that %s ended is reported without an option of ours", (_, last, next) => {
  const { exchanges } = fromHar(harOf((all) => all.splice(4, 1, last)));
  expect(judge(exchanges).unjudged).toMatchObject([{ next: expect.stringContaining(next) }]);
});

test("of a recorder that writes whole seconds, a retry that may have waited long enough is not called too early", () => {
  const wholeSeconds = (retryAfter: string) => {
    const limited = rejected(1100, 429, { "Retry-After": retryAfter });
    limited.time = 300;
    return harOf((all) => {
      all.splice(2, 1, limited);
      for (const one of all) one.startedDateTime = String(one.startedDateTime).replace(/\.\d+/, "");
    });
  };
  expect(verdictOf(wholeSeconds("1")).broken).toEqual([]);
  expect(verdictOf(wholeSeconds("3")).broken).toContain("honours-retry-after");
  const { exchanges } = fromHar(wholeSeconds("1"));
  expect(verdictOf(toHar(exchanges, { version: "1.0.0" })).broken).toEqual([]);
});

test("two errors with a day between them are no outage of a day, and errors all the time are one", () => {
  const errors = (...times: readonly number[]) =>
    verdictOf(harOf((all) => all.splice(2, 3, ...times.map((afterMs) => rejected(afterMs, 503)))));
  expect(errors(1300, 86_400_000)).toMatchObject({ exitCode: 0, failed: [], unjudged: [] });
  expect(errors(1300, 86_400_000, 86_430_000)).toMatchObject({ exitCode: 0, failed: [], unjudged: [] });
  expect(errors(1300, 31_300, 61_300)).toMatchObject({ exitCode: 1, failed: ["availability"] });
});

const FILE = {
  id: "1",
  access: "PRIVATE",
  archived: false,
  createdAt: DATES.completedAt,
  updatedAt: DATES.completedAt,
};

test.each<[string, object]>([
  ["no file", {}],
  ["null", { result: null }],
  ["half a file", { result: { id: "1" } }],
])("a task whose file was deleted may show %s, and one whose file was not may not", (_, shown) => {
  const complete = (afterMs: number, result: object) => poll(afterMs, { status: "COMPLETE", ...DATES, ...result });
  const deletion = (status: number) => {
    const one = poll(4000, {});
    Object.assign(one.request, { method: "DELETE", url: "https://api.hubapi.com/files/v3/files/1" });
    Object.assign(one.response, status === 204 ? { status, content: {} } : rejected(4000, status).response);
    return one;
  };
  const failed = (status: number, more: object) =>
    verdictOf(
      harOf((all) =>
        all.splice(4, 1, complete(3500, { result: FILE }), deletion(status), complete(5000, { ...shown, ...more })),
      ),
    ).failed;
  expect(failed(204, {})).toEqual([]);
  expect(failed(204, { startedAt: "soon" })).toContain("schema");
  expect(failed(403, {})).toContain("schema");
});

test.each<[string, string, number, readonly string[]]>([
  ["edited", "PATCH /files/v3/files/1", 200, []],
  ["edited in another version", "PATCH /files/2026-03/files/1", 200, []],
  ["replaced", "PUT /files/v3/files/1", 200, []],
  ["deleted for good", "DELETE /files/v3/files/1/gdpr-delete", 204, []],
  ["not edited, as HubSpot rejected it", "PATCH /files/v3/files/1", 403, ["end-fixed"]],
  ["not edited, as another one was", "PATCH /files/v3/files/2", 200, ["end-fixed"]],
  ["read", "GET /files/v3/files/1", 200, ["end-fixed"]],
])("what an ended task shows of a file that was %s: %s", (_, call, status, expected) => {
  const complete = (afterMs: number, name: string) =>
    poll(afterMs, { status: "COMPLETE", ...DATES, result: { ...FILE, name } });
  const [method, path] = call.split(" ");
  const change = poll(4000, {});
  Object.assign(change.request, { method, url: `https://api.hubapi.com${path}` });
  Object.assign(change.response, { status });
  const har = harOf((all) => all.splice(4, 1, complete(3500, "a"), change, complete(5000, "b")));
  expect(verdictOf(har).failed).toEqual(expected);
});
