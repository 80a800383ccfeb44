/**
 * What the SDKs are tried with: one call of an SDK each, the rows of the tables in docs/clients.md.
 *
 * @typedef {object} Case
 * @property {string} id names the row's session of the mock
 * @property {string} group the table that it stands in
 * @property {string} title the row's first column; a scenario's name is put before it
 * @property {"poll" | "import"} call
 * @property {string} [scenario] what the mock does
 * @property {object} [settings] further settings of the mock's session
 * @property {number} [before] polls that come before the SDK's, sent by the script
 * @property {string} [wire] what ./wire-server.mjs does, in place of the mock
 * @property {number} [calls] how often the SDK is called, one after the other; the last call is the one that counts
 * @property {boolean} [kept] the object that has the calls is kept between them
 * @property {boolean} [retries] the SDK's own retries are switched on
 * @property {number} [timeoutSeconds] the SDK's own timeout
 * @property {boolean} [slash] the address ends with a slash
 * @property {boolean} [endless] may wait for minutes: tried beside the others
 * @property {boolean} [timed] the seconds that passed are part of the cell
 * @property {readonly string[]} [show] which fields of a returned task are part of the cell; default its status
 * @property {string} [fact] which of the observed facts is the cell, in place of the outcome
 */

const poll = (group, scenario, title, more = {}) => ({ id: scenario, group, scenario, title, call: "poll", ...more });
const second = (group, scenario, title, more = {}) => poll(group, scenario, title, { before: 1, ...more });
const submit = (group, scenario, title, more = {}) => ({
  id: scenario,
  group,
  scenario,
  title,
  call: "import",
  ...more,
});
const wire = (group, behaviour, title, more = {}) => ({
  id: behaviour,
  group,
  wire: behaviour,
  title,
  call: "poll",
  ...more,
});
const retried = (test) => ({ ...test, id: `${test.id}-retried`, group: "retries", retries: true, timed: true });

/** With its dates filled, so that nothing but the row's subject can disturb a strict SDK. */
const drifting = (scenario, title, more = {}) =>
  poll("drift", scenario, title, { settings: { inFlightDates: "filled" }, ...more });

const DATES = ["startedAt", "completedAt"];

export const GROUPS = {
  flight: "A task in flight",
  end: "A task that has ended",
  drift: "What the contract does not have",
  bodies: "Bodies",
  errors: "Errors, as the SDK comes",
  retries: "Errors, with the SDK's own retries switched on",
  connection: "Connections",
  import: "Imports",
  sends: "What it sends",
};

const LIMITS = [
  second("errors", "rate-limited-without-retry-after", "429 of the ten seconds' limit, without Retry-After", {
    timed: true,
  }),
  second("errors", "rate-limited", "429 of the ten seconds' limit, Retry-After: 2", { timed: true }),
  second("errors", "secondly-limited", "429 of the secondly limit, without Retry-After", { timed: true }),
  poll("errors", "daily-limit-reached", "429 of the daily limit", { timed: true }),
  second("errors", "account-migration", "477 with Retry-After: 5", { timed: true }),
  second("errors", "locked", "423", { timed: true }),
  second("errors", "internal-error", "500 as JSON", { timed: true }),
  poll("errors", "server-error", "503 as JSON, at two polls", { timed: true }),
  second("errors", "server-error-with-retry-after", "503 as JSON, Retry-After: 5", { timed: true }),
  second("errors", "gateway-timeout", "504 as JSON", { timed: true }),
  second("errors", "edge-page", "502 as an HTML page", { timed: true }),
];

const IMPORTS = [
  submit("import", "rate-limited-import", "429, Retry-After: 2", { timed: true }),
  submit("import", "import-unavailable", "503 as JSON, not taken", { timed: true }),
  submit("import", "accepted-but-500", "500 as JSON, each import taken", { timed: true }),
  submit("import", "import-edge-page", "502 as an HTML page", { timed: true }),
];

/** @type {readonly Case[]} */
export const CASES = [
  poll("flight", "happy", "200, the dates absent", { show: ["status", ...DATES] }),
  poll("flight", "happy", "200, the dates null (`--in-flight-dates null`)", {
    id: "dates-null",
    settings: { inFlightDates: "null" },
    show: ["status", ...DATES],
  }),
  poll("flight", "happy", "200, the dates filled (`--in-flight-dates filled`)", {
    id: "dates-filled",
    settings: { inFlightDates: "filled" },
    show: ["status", ...DATES],
  }),
  poll("flight", "happy", "202 (`--in-flight-status 202`)", { id: "status-202", settings: { inFlightStatus: 202 } }),

  poll("end", "instant", "COMPLETE with a file", { show: ["status", "completedAt", "result", "result.size"] }),
  poll("end", "canceled", "CANCELED with an error", { before: 2, show: ["status", "numErrors", "errors", "result"] }),
  poll("end", "canceled", "COMPLETE with an error and without a file (`--failure complete`)", {
    id: "failure-complete",
    before: 2,
    settings: { failure: "complete" },
    show: ["status", "numErrors", "errors", "result"],
  }),
  poll("end", "canceled", "CANCELED without a word (`--failure silent`)", {
    id: "failure-silent",
    before: 2,
    settings: { failure: "silent" },
    show: ["status", "numErrors", "errors"],
  }),
  poll("end", "null-result", "COMPLETE, its result null", { before: 2, show: ["status", "result"] }),
  poll("end", "missing-completed-at", "COMPLETE without completedAt", { before: 2, show: ["status", "completedAt"] }),
  poll("end", "missing-file-id", "COMPLETE, its file without an id", { before: 2, show: ["status", "result.id"] }),
  poll("end", "result-two-gigabytes", "a file of more than 2 GB", { before: 2, show: ["result.size"] }),

  drifting("unknown-status", "the status QUEUED"),
  drifting("failed-status", "the status FAILED", { before: 2 }),
  drifting("lower-case-status", "the status complete", { before: 2 }),
  drifting("missing-status", "no status"),
  drifting("extra-property", "unknown properties", { show: ["status", "progress"] }),
  drifting("missing-task-id", "no taskId", { show: ["status", "taskId"] }),
  drifting("numeric-task-id", "the taskId a number", { show: ["status", "taskId"] }),
  drifting("links-as-array", "the links an empty array", { show: ["status", "links"] }),
  wire("drift", "links-array", "the links an array of one", { show: ["status", "links"] }),
  drifting("file-size-as-text", "the file's size a text", { before: 2, show: ["status", "result.size"] }),
  drifting("date-in-other-form", "startedAt `14/09/2026 12:00`", { before: 2, show: ["status", "startedAt"] }),

  poll("errors", "expired-token", "401, the token expired", { timed: true }),
  poll("errors", "missing-scopes", "403"),
  poll("errors", "missing-scopes", "403, the category that the error holds", { id: "category", fact: "category" }),
  poll("errors", "not-found", "404 as JSON"),
  poll("errors", "edge-not-found", "404 as an HTML page"),
  ...LIMITS,

  ...LIMITS.map(retried),
  ...IMPORTS.map((test) => ({ ...retried(test), title: `an import: ${test.title}` })),
  retried(wire("retries", "reset", "each connection reset before the response")),
  retried(
    wire("retries", "reset", "an import: each connection reset before the response", {
      id: "import-reset",
      call: "import",
    }),
  ),

  poll("bodies", "malformed-json", "JSON with a comma too many", { show: ["status", "taskId"] }),
  poll("bodies", "truncated-json", "JSON cut in the middle", { show: ["status", "taskId"] }),
  poll("bodies", "empty-body", "no body", { show: ["status", "taskId"] }),
  wire("bodies", "json-null", "`null`", { show: ["status", "taskId"] }),
  wire("bodies", "json-array", "`[]`", { show: ["status", "taskId"] }),
  poll("bodies", "byte-order-mark", "a byte order mark before the JSON"),
  poll("bodies", "wrong-content-type", "JSON as text/plain"),
  wire("bodies", "no-content-type", "JSON without a content type"),
  poll("bodies", "content-length-too-long", "shorter than its Content-Length", { endless: true }),
  poll("bodies", "content-length-too-short", "longer than its Content-Length", { show: ["status", "taskId"] }),
  wire("bodies", "gzip", "JSON, compressed though it was not asked for"),

  poll("connection", "slow-drip", "a body in five pieces, half a second apart", {
    settings: { inFlightDates: "filled" },
  }),
  second("connection", "black-hole", "no response, ever", { timed: true, endless: true }),
  second("connection", "black-hole", "no response, ever, and a timeout of one second set", {
    id: "timeout",
    timed: true,
    timeoutSeconds: 1,
  }),
  wire("connection", "stall-mid-body", "half a body, then silence", { timed: true, endless: true }),
  second("connection", "connection-reset-mid-body", "half a body, then a reset"),
  wire("connection", "reset", "a reset before the response, on a new connection"),
  wire("connection", "reset-reused", "the same, on a connection that was used before", { calls: 2, kept: true }),
  wire("connection", "close-reused", "an end in place of the response, on a connection that was used before", {
    calls: 2,
    kept: true,
  }),
  wire("connection", "redirect", "307 to another host: is it followed, and with the token?", { fact: "redirect" }),
  wire("connection", "count", "connections for three polls, the API object read anew each time", {
    calls: 3,
    fact: "connections",
  }),
  wire("connection", "count", "connections for three polls with one API object", {
    id: "count-kept",
    calls: 3,
    kept: true,
    fact: "connections",
  }),

  submit("import", "happy", "202", { id: "import-202", show: ["id", "links"] }),
  ...IMPORTS,
  submit("import", "import-answer-cut", "202, its JSON cut in the middle"),
  wire("import", "reset", "a reset before the response, on a new connection", { id: "import-reset", call: "import" }),
  wire("import", "reset-reused", "the same, on a connection that was used before", {
    id: "import-reset-reused",
    call: "import",
    calls: 2,
    kept: true,
  }),
  wire("import", "close-reused", "an end in place of the response, on a connection that was used before", {
    id: "import-close-reused",
    call: "import",
    calls: 2,
    kept: true,
  }),

  wire("sends", "echo", "User-Agent", { id: "user-agent", fact: "user-agent" }),
  wire("sends", "echo", "Accept", { id: "accept", fact: "accept" }),
  wire("sends", "echo", "Accept-Encoding", { id: "accept-encoding", fact: "accept-encoding" }),
  wire("sends", "echo", "a poll's Content-Type", { id: "poll-content-type", fact: "content-type" }),
  wire("sends", "echo", "an import's Content-Type", {
    id: "import-content-type",
    call: "import",
    fact: "content-type",
  }),
  wire("sends", "echo", "an import's body, of url, access and folderPath", {
    id: "body",
    call: "import",
    fact: "body",
  }),
  wire("sends", "echo", "the path, where the address ends with a slash", { id: "slash", slash: true, fact: "path" }),
];
