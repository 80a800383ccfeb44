import { fromHar } from "../../src/exchange/har.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { judge } from "../../src/judge/judge.js";
import { START } from "../clock.js";
import { CAT, IMPORT } from "../doors.js";

/** An entry as a test changes it. */
export interface Entry {
  [field: string]: unknown;
  startedDateTime: unknown;
  time: unknown;
  request: { [field: string]: unknown; headers: unknown };
  response: { [field: string]: unknown; status: unknown; headers: unknown; content: Record<string, unknown> };
}

const API = `https://api.hubapi.com${IMPORT}`;
const ID = "AAAAEqTIHz0";
export const LINK = `${API}/tasks/${ID}/status`;

export const DATES = {
  requestedAt: "2026-09-14T12:00:00.000Z",
  startedAt: "2026-09-14T12:00:01.000Z",
  completedAt: "2026-09-14T12:00:03.000Z",
};

/** What the task is when it is asked for, with the milliseconds since its import. */
const POLLS: readonly (readonly [afterMs: number, body: object])[] = [
  [200, { status: "PENDING", requestedAt: DATES.requestedAt }],
  [1300, { status: "PROCESSING", requestedAt: DATES.requestedAt, startedAt: DATES.startedAt }],
  [2400, { status: "PROCESSING", requestedAt: DATES.requestedAt, startedAt: DATES.startedAt }],
  [3500, { status: "CANCELED", ...DATES, numErrors: 0, errors: [] }],
];

export const STATES = ["PENDING", "PROCESSING", "PROCESSING", "CANCELED"];

/** The entries of an import and four polls, as a browser would write them, on a server that keeps the contract. */
function entries(): [Entry, ...Entry[]] {
  const submit = entry({
    afterMs: 0,
    method: "POST",
    url: API,
    status: 202,
    body: { id: ID, links: { status: LINK } },
  });
  submit.request["postData"] = { mimeType: "application/json", text: JSON.stringify(CAT) };
  return [submit, ...POLLS.map(([afterMs, body]) => poll(afterMs, body))];
}

/** A poll of the task, and what it was answered. */
export function poll(afterMs: number, body: object): Entry {
  return entry({
    afterMs,
    method: "GET",
    url: LINK,
    status: 200,
    body: { taskId: ID, links: { status: LINK }, ...body },
  });
}

function entry(said: {
  readonly afterMs: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: object;
}): Entry {
  const { afterMs, method, url, status, body } = said;
  const text = JSON.stringify(body);
  const headers = [{ name: "Content-Type", value: "application/json;charset=utf-8" }];
  return {
    startedDateTime: new Date(START + afterMs).toISOString(),
    time: 40,
    request: { method, url, headers: [{ name: "Authorization", value: "Bearer any" }, ...headers], bodySize: -1 },
    response: { status, headers, content: { size: text.length, mimeType: "application/json", text }, bodySize: -1 },
    timings: { send: 0, wait: 40, receive: 0 },
  };
}

/** A recording of the entries, changed. @param change of one entry, or of the list */
export function harOf(change: (all: [Entry, ...Entry[]]) => unknown = () => {}): { log: { entries: Entry[] } } {
  const all = entries();
  change(all);
  return { log: { entries: all } };
}

/** The poll of a number from 1, to be changed. */
export function pollOf(all: readonly Entry[], number: number): Entry {
  const found = all[number];
  if (!found) throw new Error(`there is no poll ${number}`);
  return found;
}

/** What a recording comes to, for the server and for its client. */
export function verdictOf(har: unknown, options: Parameters<typeof fromHar>[2] = {}) {
  const { exchanges, leftOut } = fromHar(JSON.parse(JSON.stringify(har)), [], options);
  const { exitCode, checks, unjudged, tasks } = judge(exchanges, { leftOut });
  return {
    exitCode,
    failed: checks.filter(({ result, severity }) => result === "fail" && severity === "violation").map(({ id }) => id),
    unjudged: unjudged.map(({ message }) => message),
    states: tasks.map(({ polls }) => polls.map(({ state, status }) => state ?? status ?? "none")),
    broken: judgeConduct(exchanges).checks.flatMap(({ id, result }) => (result === "fail" ? [id] : [])),
    leftOut: leftOut.map(({ place, why }) => `${place}: ${why}`),
  };
}

/** How a recorder writes that no answer came. */
export const UNANSWERED = { status: 0, headers: [], content: { size: 0, mimeType: "x-unknown" } };

/** Of a recording in which nothing is wrong and nothing is missing. */
export const FINE = { exitCode: 0, failed: [], unjudged: [], states: [STATES], broken: [], leftOut: [] };
