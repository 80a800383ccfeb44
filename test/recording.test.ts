import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHar, toHar } from "../src/exchange/har.js";
import { judge } from "../src/judge/judge.js";
import { parseScenario } from "../src/scenario/parse.js";
import { UserError } from "../src/user-error.js";
import { CAT } from "./doors.js";
import { verifyMock } from "./verify-mock.js";

test.each(["happy", "canceled", "rate-limited", "server-error", "stuck-pending", "malformed-json", "missing-scopes"])(
  "a recording of %s is judged offline as it was online",
  async (scenario) => {
    const { report, exchanges } = await verifyMock({ scenario });
    const har = JSON.stringify(toHar(exchanges, { version: "1.0.0", target: report.target, timeoutMs: 60_000 }));
    const read = fromHar(JSON.parse(har));
    expect(read.exchanges).toEqual(exchanges);
    expect(judge(read.exchanges, read.notes)).toEqual(report);
  },
);

test("a HAR of a browser is judged by its calls of the API alone", () => {
  const { exchanges } = fromHar({
    log: {
      entries: [
        entry("GET", "https://app.example/", 200, "<html>"),
        entry("POST", "https://app.example/hubspot/files/v3/files/import-from-url/async", 202, {
          id: "AAAAEqTIHz0",
          links: {
            status: `https://api-na1.hubspot.com/files/v3/files/import-from-url/async/tasks/AAAAEqTIHz0/status`,
          },
        }),
        entry("GET", `https://app.example/hubspot/files/v3/files/import-from-url/async/tasks/AAAAEqTIHz0/status`, 200, {
          taskId: "AAAAEqTIHz0",
          status: "COMPLETED",
        }),
      ],
    },
  });
  expect(exchanges.map(({ request }) => request.method)).toEqual(["POST", "GET"]);
  const { conclusion, checks, unjudged } = judge(exchanges);
  const failed = checks.filter(({ findings }) => findings.length > 0);
  expect({ conclusion, unjudged, failed: failed.map(({ id, findings }) => [id, findings[0]?.pointer]) }).toEqual({
    conclusion: "violates",
    unjudged: [],
    failed: [["schema", "/status"]],
  });
});

const STATUS = "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/AAAAEqTIHz0/status";

test.each<[string, object, string]>([
  ["/startedDateTime", { startedDateTime: "yesterday" }, "startedDateTime must be a date"],
  ["/startedDateTime", { startedDateTime: 5 }, "startedDateTime must be a date"],
  ["/startedDateTime", { startedDateTime: {} }, "startedDateTime must be a string"],
  ["/startedDateTime", { startedDateTime: "+275760-09-13T00:00:00Z" }, "startedDateTime must be a date"],
  ["/startedDateTime", { startedDateTime: undefined }, "startedDateTime is missing"],
  [
    "/request/url",
    { _importKit: { purpose: "complete/poll" }, request: { method: "GET", url: "nowhere" } },
    "request.url must be an http address",
  ],
  ["/request/headers", { request: { method: "GET", url: STATUS, headers: 5 } }, "request.headers must be an array"],
  [
    "/request/postData",
    { request: { method: "GET", url: STATUS, postData: { text: {} } } },
    "request.postData.text must be a string or an array",
  ],
  ["/response", { response: [] }, "response must be an object"],
  ["/response/status", { response: { status: "fine" } }, "response.status must be a whole number"],
  ["/response/status", { response: { status: 20 } }, "response.status must be a status of HTTP"],
  ["/response/status", { response: { status: 1000 } }, "response.status must be a number of at most 999"],
  [
    "/response/headers",
    {
      response: {
        status: 200,
        headers: [
          { name: "a", value: "b" },
          { name: {}, value: "b" },
        ],
      },
    },
    "response.headers[1].name must be a string",
  ],
  ["/response/headers", { response: { status: 200, headers: ["a: b"] } }, "response.headers[0] must be an object"],
  [
    "/response/content",
    { response: { status: 200, content: { text: {} } } },
    "response.content.text must be a string or an array",
  ],
  ["/_importKit", { _importKit: 5 }, "_importKit must be an object"],
  [
    "/_importKit/purpose",
    { _importKit: { purpose: 5 } },
    "_importKit.purpose must be one of complete/import, complete/poll,",
  ],
  ["/_importKit/purpose", { _importKit: { purpose: "refusal/unheard-of" } }, "_importKit.purpose must be one of"],
  ["/_importKit/tokenId", { _importKit: { tokenId: {} } }, "_importKit.tokenId must be a string"],
  [
    "/_importKit/flaw",
    { _importKit: { flaw: "x" } },
    "_importKit.flaw must be one of incomplete, undecodable, not-utf-8, not-recorded",
  ],
  ["/_importKit/failure", { _importKit: { failure: "x" } }, "_importKit.failure must be an object"],
  [
    "/_importKit/failure",
    { _importKit: { failure: { kind: "x", message: "" } } },
    "_importKit.failure.kind must be one of unreachable,",
  ],
  ["/_importKit/failure", { _importKit: { failure: { kind: "timeout" } } }, "_importKit.failure.message is missing"],
])("an entry with a wrong %s is left out, and named with what is wrong with it: %j", (_, change, why) => {
  const { exchanges, places, leftOut } = fromHar({ log: { entries: [poll(), { ...poll(), ...change }] } });
  expect(exchanges).toHaveLength(1);
  expect(places).toEqual(["log.entries[0]"]);
  expect(leftOut).toEqual([{ place: "log.entries[1]", why: expect.stringContaining(why) }]);
});

test("a file of whose entries none can be used is rejected by the first of them", () => {
  const odd = { ...poll(), startedDateTime: null };
  expect(refusalOf({ log: { entries: [odd, { ...odd, startedDateTime: 5 }] } })).toBe(
    "the recording cannot be used: nothing in it can be judged: log.entries[0]: startedDateTime is missing, and 1 more",
  );
});

test.each<[string, unknown, string]>([
  ["nothing", null, "it has no log.entries, which HAR 1.2 requires"],
  ["no HAR", { log: 1 }, "it has no log.entries, which HAR 1.2 requires"],
  ["no list of entries", { log: { entries: {} } }, "it has no log.entries, which HAR 1.2 requires"],
  ["notes that are none", { log: { entries: [], _importKit: [] } }, "log._importKit must be an object"],
  [
    "a number for a target",
    { log: { entries: [], _importKit: { target: 5 } } },
    "log._importKit.target must be a string",
  ],
  [
    "a word for a timeout",
    { log: { entries: [], _importKit: { timeoutMs: "1m" } } },
    "log._importKit.timeoutMs must be a number",
  ],
  [
    "no timeout",
    { log: { entries: [], _importKit: { timeoutMs: 0 } } },
    "log._importKit.timeoutMs must be a number greater than 0",
  ],
  [
    "a word for keep",
    { log: { entries: [], _importKit: { keep: "no" } } },
    "log._importKit.keep must be true or false",
  ],
])("a file with %s is refused", (_, har, message) => {
  expect(refusalOf(har)).toBe(`the recording cannot be used: ${message}`);
});

test("a file with any values is read, or rejected in one line, never with a stack", () => {
  const whole = JSON.stringify({
    log: {
      _importKit: { timeoutMs: 60_000 },
      entries: [{ ...poll(), _importKit: { purpose: "complete/poll" } }, poll()],
    },
  });
  const paths = pathsOf(JSON.parse(whole));
  const values = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.constantFrom(1e30, -1, "", "x", {}, [], [null], "https://a.b/"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), values, (path, value) => {
      const har = JSON.parse(whole) as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce((node, key) => node[key] as Record<string, unknown>, har);
      parent[path.at(-1) ?? ""] = value;
      try {
        const { exchanges, notes } = fromHar(har);
        judge(exchanges, notes);
        toHar(exchanges, { version: "1.0.0", ...notes });
      } catch (error) {
        expect(error).toMatchObject({ name: "UserError", code: "recording-file" });
      }
    }),
    { numRuns: 1000 },
  );
});

test("a recording says how it was made, and not what is judged of it", () => {
  const how = { target: "https://api.hubapi.com", timeoutMs: 5000, interrupted: true, keep: true };
  const { notes } = fromHar({ log: { entries: [], _importKit: { ...how, skip: 5, only: ["schema"], strict: true } } });
  expect(notes).toEqual(how);
});

test("what a recording names as its target is redacted", () => {
  const target = "https://api.hubapi.com/a-secret-of-mine";
  const { notes } = fromHar({ log: { entries: [], _importKit: { target } } }, ["a-secret-of-mine"]);
  expect(notes.target).toBe("https://api.hubapi.com/REDACTED");
});

test.each([
  ["was blocked", { response: { status: 0, headers: [], content: {}, _error: "net::ERR_BLOCKED_BY_CLIENT" } }],
  ["is pending", { response: undefined }],
  ["was aborted", { response: { status: -1 } }],
  ["has no date", { startedDateTime: "" }],
  ["has no address", { request: { method: "GET", url: "" } }],
  ["is no entry", null],
  ["has notes of another tool", { request: { method: "GET", url: "data:," }, _importKit: { tool: 1 } }],
])("a request of somebody else's that %s is none of the contract's", (_, change) => {
  const other = change && { ...entry("GET", "https://app.example/", 200, ""), ...change };
  const { exchanges } = fromHar({ log: { entries: [other, poll()] } });
  expect(exchanges.map(({ request }) => request.url)).toEqual([STATUS]);
});

test.each([[undefined], [null], [{ status: 0 }], [{ status: -1 }], [{ status: null }], [{}]])(
  "a request whose response is %j had no response",
  (response) => {
    const { exchanges } = fromHar({ log: { entries: [{ ...poll(), response }] } });
    expect(exchanges[0]).toMatchObject({
      failure: { kind: "client-gone", message: "neither a response nor the reason for its absence was recorded" },
    });
    expect(exchanges[0]?.response).toBeUndefined();
  },
);

test.each<[string, number, object | undefined, string | undefined]>([
  ["without a text", 200, { size: 120, mimeType: "application/json" }, "not-recorded"],
  ["of a size nobody knows", 200, { size: -1 }, "not-recorded"],
  ["that is absent", 200, undefined, "not-recorded"],
  ["without a byte", 200, { size: 0 }, undefined],
  ["of a 204", 204, undefined, undefined],
  ["with a text", 200, { size: 2, text: "{}" }, undefined],
  ["with an empty text", 200, { size: 2, text: "" }, "not-recorded"],
  ["with an empty text and no size", 200, { text: "" }, "not-recorded"],
  ["of no byte, with an empty text", 200, { size: 0, text: "" }, undefined],
  ["in what is no base64", 200, { text: "%%%", encoding: "base64" }, "not-recorded"],
  ["in base64", 200, { text: "eyJhIjoiw6kifQ==", encoding: "base64" }, undefined],
  ["in base64 of another encoding", 200, { text: "eyJhIjoi6SJ9", encoding: "base64" }, "not-utf-8"],
])("a body %s is read for what it is", (_, status, content, flaw) => {
  const { exchanges } = fromHar({ log: { entries: [{ ...poll(), response: { status, content } }] } });
  expect(exchanges[0]?.response?.flaw).toBe(flaw);
});

test("a body that was not kept is not judged, and of no body at all nothing is", async () => {
  const { exchanges } = await verifyMock({ scenario: "happy" });
  const text = JSON.stringify(toHar(exchanges, { version: "1.0.0" }));
  /** Judges the recording as another tool would have written it. */
  const judged = (change: (response: { headers: unknown; content: { text?: string } }, index: number) => unknown) => {
    const har = JSON.parse(text);
    for (const [index, entry] of har.log.entries.entries()) {
      delete entry._importKit;
      change(entry.response, index);
    }
    const { conclusion, unjudged } = judge(fromHar(har).exchanges);
    return { conclusion, unjudged: unjudged.map(({ message }) => message) };
  };
  const forget = ({ content }: { content: { text?: string } }) => delete content.text;
  const conforms = { conclusion: "conforms", unjudged: [] };
  expect(judged((response, index) => index === 3 && forget(response))).toEqual(conforms);
  expect(judged((response) => (response.headers = []))).toEqual(conforms);
  expect(judged(forget)).toEqual({ conclusion: "unjudged", unjudged: ["It has no response body."] });
});

test.each([
  ["/library/cats", "/library/cats"],
  ["library/cats", "/library/cats"],
  ["//library/ cats/", "/library/cats"],
  ["/library/Ka\u0308tzchen", "/library/K\u00e4tzchen"],
])("of an import to the folder %s, a file in %s is in the requested one", (folderPath, folder) => {
  const id = "AAAAEqTIHz0";
  const submit = entry("POST", STATUS.replace(`/tasks/${id}/status`, ""), 202, { id });
  Object.assign(submit.request, { postData: { text: JSON.stringify({ ...CAT, folderPath }) } });
  const driftOf = (path: string) => {
    const poll = entry("GET", STATUS, 200, { taskId: id, status: "COMPLETE", result: { id: "1", path } });
    const { checks } = judge(fromHar({ log: { entries: [submit, poll] } }).exchanges);
    return checks.find((check) => check.id === "result-as-asked")?.result;
  };
  expect([driftOf(`${folder}/cat.png`), driftOf("/other/cat.png")]).toEqual(["pass", "drift"]);
});

test.each([
  ["12:59:00", "fail"],
  ["13:01:00", "not-exercised"],
])("a task that was found at 12:00:00 and not at %s may have expired: %s", (time, result) => {
  const late = { ...entry("GET", STATUS, 404, { status: "error" }), startedDateTime: `2026-09-14T${time}Z` };
  const { checks } = judge(fromHar({ log: { entries: [poll(), late] } }).exchanges);
  expect(checks.find(({ id }) => id === "task-known")?.result).toBe(result);
});

test("a file that a later import overwrites may be gone, and its task with it", () => {
  const failed = (second: object) => {
    const at = (seconds: number, one: ReturnType<typeof entry>) => ({
      ...one,
      startedDateTime: `2026-09-14T12:00:0${seconds}Z`,
    });
    const submit = (seconds: number, id: string, asked: object) => {
      const one = entry("POST", STATUS.replace(/\/tasks.*/, ""), 202, { id });
      Object.assign(one.request, { postData: { text: JSON.stringify({ ...CAT, ...asked }) } });
      return at(seconds, one);
    };
    const entries = [submit(0, "AAAAEqTIHz0", {}), submit(2, "AAAAEqTIHz1", second)];
    const polls = [at(1, poll()), at(3, entry("GET", STATUS, 404, { status: "error" }))];
    const { checks } = judge(fromHar({ log: { entries: [...entries, ...polls] } }).exchanges);
    return checks.find(({ id }) => id === "task-known")?.result;
  };
  expect(failed({ overwrite: true, folderPath: "library/" })).toBe("pass");
  expect([{}, { overwrite: true, name: "dog" }, { overwrite: true, folderPath: "/x" }].map(failed)).toEqual([
    "fail",
    "fail",
    "fail",
  ]);
});

test("a byte order mark in base64 is a part of the body", () => {
  const text = Buffer.from('\uFEFF{"a":"é"}').toString("base64");
  const { exchanges } = fromHar({
    log: { entries: [{ ...poll(), response: { status: 200, content: { text, encoding: "base64" } } }] },
  });
  expect(exchanges[0]?.response?.body).toBe('\uFEFF{"a":"é"}');
});

test("a header may have any name, and occur twice", () => {
  const headers = ["__proto__", "constructor", "Vary", "vary"].map((name) => ({ name, value: "a" }));
  const { exchanges } = fromHar({ log: { entries: [{ ...poll(), response: { status: 200, headers } }] } });
  expect(Object.entries(exchanges[0]?.response?.headers ?? {})).toEqual([
    ["__proto__", "a"],
    ["constructor", "a"],
    ["vary", "a, a"],
  ]);
});

test("a recording without a call of the API cannot be judged", () => {
  const { exchanges } = fromHar({ log: { entries: [] } });
  expect(judge(exchanges)).toMatchObject({ conclusion: "unjudged", unjudged: [{ reason: "no-exchange" }] });
});

const TOKEN = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";

test("a recording of another tool is redacted when it is read", () => {
  const har = {
    log: { entries: [{ ...entry("POST", "https://api.hubapi.com/files/v3/files/import-from-url/async", 401, {}) }] },
  };
  const request = har.log.entries[0]?.request as { headers: object[] };
  request.headers.push({ name: "Authorization", value: `Bearer ${TOKEN}` }, { name: "Cookie", value: "session=1" });
  expect(JSON.stringify(fromHar(har))).not.toMatch(/0f3e2a1b|session=1/);
});

test("a scenario can be declared to break a check", () => {
  expect(parseScenario("s", { summary: "s", steps: [{ state: "PENDING" }], breaks: ["schema"] }).breaks).toEqual([
    "schema",
  ]);
});

function entry(method: string, url: string, status: number, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    startedDateTime: "2026-09-14T12:00:00.000Z",
    time: 12,
    request: { method, url, headers: [] as object[] },
    response: {
      status,
      headers: [{ name: "Content-Type", value: typeof body === "string" ? "text/html" : "application/json" }],
      content: { size: text.length, mimeType: "application/json", text },
    },
  };
}

function poll() {
  return entry("GET", STATUS, 200, { taskId: "AAAAEqTIHz0", status: "PENDING" });
}

function refusalOf(har: unknown): string {
  try {
    fromHar(har);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "recording-file") throw error;
    return error.message.replace(/\. Record one .*$/, "");
  }
  return "it was read";
}

function pathsOf(node: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}
