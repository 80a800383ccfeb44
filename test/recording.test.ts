import { expect, test } from "vitest";
import { parseScenario } from "../src/task/scenario.js";
import { judge } from "../src/verify/judge.js";
import { fromHar, toHar } from "../src/verify/recording/har.js";
import type { RecordedExchange } from "../src/verify/recording/recording.js";
import { createRedactor } from "../src/verify/recording/redact.js";
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
  const failed = checks.filter(({ result }) => result === "fail");
  expect({ conclusion, unjudged, failed: failed.map(({ id, findings }) => [id, findings[0]?.pointer]) }).toEqual({
    conclusion: "violates",
    unjudged: [],
    failed: [["schema", "/status"]],
  });
});

test.each([
  ["no HAR", { log: 1 }, "it has no log.entries, as HAR 1.2 has"],
  ["an entry without a date", { log: { entries: [{}] } }, "log.entries[0].startedDateTime is no date"],
  [
    "an entry without an address",
    { log: { entries: [{ startedDateTime: "2026-09-14T12:00:00Z", request: { url: "nowhere" } }] } },
    "log.entries[0].request.url is no address",
  ],
])("%s is refused by what is wrong with it", (_, har, message) => {
  expect(() => fromHar(har)).toThrow(message);
});

test("a recording without a call of the API cannot be judged", () => {
  const { exchanges } = fromHar({ log: { entries: [] } });
  expect(judge(exchanges)).toMatchObject({ conclusion: "unjudged", unjudged: [{ reason: "no-exchange" }] });
});

const TOKEN = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";

test("a redacted exchange has no token, cookie, signature, portal or address in it, and is the same otherwise", () => {
  const body = {
    taskId: "AAAAEqTIHz0",
    status: "COMPLETE",
    echo: [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString("base64"), `Bearer ${TOKEN}`],
    context: { portalId: ["4711815"], owner: ["jane.doe@example.com"] },
    result: {
      url: "https://4711815.fs1.hubspotusercontent-na1.net/hubfs/4711815/a/cat.png?Expires=99&Signature=secretsig&width=1",
      size: 4711815,
    },
  };
  const { request, response } = createRedactor([TOKEN])(exchangeWith(body));
  const text = JSON.stringify({ request, response });
  for (const secret of [TOKEN, Buffer.from(TOKEN).toString("base64"), "secretsig", "jane.doe", "session=1"]) {
    expect(text).not.toContain(secret);
  }
  expect(request.headers).toEqual({ authorization: "Bearer REDACTED", accept: "application/json" });
  expect(JSON.parse(response?.body ?? "")).toEqual({
    taskId: "AAAAEqTIHz0",
    status: "COMPLETE",
    echo: ["REDACTED", "REDACTED", "REDACTED", "Bearer REDACTED"],
    context: { portalId: ["0"], owner: ["someone@redacted.invalid"] },
    result: {
      url: "https://0.fs1.hubspotusercontent-na1.net/hubfs/0/a/cat.png?Expires=REDACTED&Signature=REDACTED&width=1",
      size: 4711815,
    },
  });
});

test.each([
  ["Bearer abc", "Bearer REDACTED"],
  ["abcdefgh", "REDACTED"],
  ["Basic a b", "Basic REDACTED"],
])("an Authorization of %s is recorded as %s", (authorization, recorded) => {
  const exchange = exchangeWith({});
  const { request } = createRedactor([])({ ...exchange, request: { ...exchange.request, headers: { authorization } } });
  expect(request.headers["authorization"]).toBe(recorded);
});

test("a token of a few letters is a word, and words stay", () => {
  const { response } = createRedactor(["any"])(exchangeWith({ message: "any company" }));
  expect(response?.body).toBe('{"message":"any company"}');
});

test("a recording that somebody else made is redacted when it is read", () => {
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

function exchangeWith(body: object): RecordedExchange {
  return {
    startedAt: 0,
    durationMs: 1,
    request: {
      method: "GET",
      url: "https://api.hubapi.com/x",
      headers: { authorization: `Bearer ${TOKEN}`, accept: "application/json", cookie: "session=1" },
    },
    response: { status: 200, headers: { "set-cookie": "session=1" }, body: JSON.stringify(body) },
  };
}

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
