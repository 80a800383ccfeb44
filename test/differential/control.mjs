import { bytesOf, CAT, inTurn, JSON_TYPE, pollOf, postOf, VALUES } from "./requests.mjs";

const BODY_FLAWS = [
  "truncated",
  "empty",
  "malformed",
  "byte-order-mark",
  "length-too-long",
  "length-too-short",
  "nope",
];

/** Answers that a person can inject: of every kind, and some that HTTP cannot carry. */
const ANSWERS = [
  ...["rate-limited", "server-error", "locked", "not-found", "expired-token", "nope"].map((error) => ({
    error,
    retryAfter: "5s",
  })),
  ...[502, 404, 599].map((page) => ({ page })),
  ...BODY_FLAWS.map((body) => ({ body })),
  ...[{ wire: "reset" }, { wire: "reset-mid-body" }, { wire: "black-hole" }, { wire: "drip", chunks: 3, pause: "1s" }],
  { alter: [{ set: "/status", to: "FAILED" }, { remove: "/links" }] },
  ...[200, 204, 205, 299, 301, 304, 404, 599].map((status) => ({
    answer: { status, body: { status: "COMPLETE", ü: "\u2028" } },
  })),
  ...[204, 205, 304, 200].map((status) => ({ answer: { status } })),
  ...VALUES.answered.map(([name, value]) => ({ answer: { status: 200, headers: { [name]: value }, body: "ünï" } })),
  { answer: { status: 200, headers: { "X-A": "1", "x-a": "2", "Content-Type": "application/json" }, body: '{"a":' } },
  { answer: { status: 101 } },
];

/** A call of the control API, with JSON. */
export function controlOf(method, path, body, headers = []) {
  const sent = [...headers, ...(body === undefined ? [] : [JSON_TYPE]), ["X-Mock-Control-Token", "open-sesame"]];
  const authorized = [["Authorization", "Bearer open-sesame"], ...sent];
  return bytesOf({
    method,
    target: `/__mock${path}`,
    headers: authorized,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What a person does to a session, by the kind's name. */
export const CONTROL_KINDS = {
  "answers injected"(g) {
    const id = g.is(0.7) ? `happy~injected-${g.fresh()}` : (g.pick(g.known.tasks) ?? "happy");
    const answer = { ...g.pick(ANSWERS), ...(g.is(0.3) && { times: 2 }), ...(g.is(0.2) && { after: 1 }) };
    const polls = [pollOf(id, { method: g.is(0.9) ? "GET" : "HEAD", isLast: false }), pollOf(id, { isLast: false })];
    return {
      acts: [
        { meanwhile: [pollOf(id)] },
        { meanwhile: [controlOf("POST", `/sessions/default/tasks/${id}/answers`, answer)] },
        ...(g.is(0.1) ? [{ meanwhile: [postOf(CAT)] }] : []),
        ...inTurn(polls),
      ],
      requests: 4,
    };
  },
  control(g) {
    const session = `/sessions/${g.pick(["default", "default", "anna", "bob-2", "never"])}`;
    const task = `${session}/tasks/${g.pick([...g.known.tasks.slice(-5), "happy", "last", "1"])}`;
    const call = g.pick([
      ["POST", `${session}/clock/advance`, { by: g.pick(["1s", "1h", "-5s", "1d"]) }],
      ["POST", `${session}/clock/freeze`],
      ["POST", `${session}/clock/resume`],
      ["POST", `${session}/clock/rate`, { factor: g.pick([1, 2, 0.5]) }],
      ["POST", `${session}/clock/to-next-change`, { taskId: "happy" }],
      [
        "PATCH",
        session,
        { scenario: g.pick(["canceled", "happy", "rate-limited;burst=2", "connection-reset;poll=1", "slow-drip"]) },
      ],
      [
        "PUT",
        session,
        {
          pace: g.pick(["polls", "time", "manual", "immediate"]),
          inFlightStatus: g.pick([200, 202]),
          failure: g.pick(["canceled", "silent"]),
        },
      ],
      ["PATCH", session, { limits: g.pick([{ secondly: 2 }, {}, { tenSecondly: 5, daily: 100 }]) }],
      ["PUT", `${task}/state`, { state: g.pick(["PENDING", "PROCESSING", "COMPLETE", "CANCELED"]) }],
      ["POST", `${task}/next`],
      ["POST", `${session}/next`],
      ["DELETE", task],
      ["GET", task],
      ["POST", `${session}/verifications`, { operation: "checkImportStatus", atLeast: 3 }],
      ["GET", `${session}/journal?limit=3&status=200`],
      ["GET", `${session}/journal/${1 + g.int(20)}/curl`],
      [
        "GET",
        g.pick([
          "/",
          "",
          "/health",
          "/openapi.json",
          "/nope",
          "/../x",
          "/scenarios/happy",
          "/sessions/default/tasks?format=html",
        ]),
        undefined,
        [["Accept", g.pick(["text/html", "*/*", "text/plain"])]],
      ],
      [
        "GET",
        "/sessions",
        undefined,
        g.pick([
          [["Origin", "https://app.example"]],
          [["Sec-Fetch-Site", "cross-site"]],
          [["Referer", "http://127.0.0.1:4010/"]],
          [["Host", "evil.test"]],
        ]),
      ],
      ["PUT", "/sessions/anna", { scenario: "nope" }],
      ["DELETE", "/sessions/bob-2"],
    ]);
    return { acts: [controlOf(...call)], requests: 1 };
  },
};

/** What is looked at once requests have been answered: of the mock, and of each session. */
export const VIEWS = ["/metrics", "/sessions", "/coverage", "/conduct", "/snapshot"];
export const VIEWS_OF_SESSION = [
  "/tasks",
  "/tasks?format=text",
  "/journal",
  "/journal?format=text",
  "/journal.har",
  "/conduct",
  "/coverage",
  "/clock",
];
