import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { readStep } from "../../src/exchange/run-step.js";
import type { Surroundings } from "../../src/report/words.js";

/** What the reports of these runs say of where they were made. */
export const SURROUNDINGS: Surroundings = {
  version: "1.0.0",
  recording: "run.har",
  verify: "npx hubspot-import-kit verify --base-url https://api.hubapi.example",
};

const BASE = "https://api.hubapi.example";
const IMPORT = "/files/v3/files/import-from-url/async";
const START = Date.parse("2026-11-23T10:00:00.000Z");
const CORRELATION = "01a20b65-62aa-75f6-bcc0-c9022d053191";
const COMPLETE_ID = "AAAAEqTIHz0";
const FAIL_ID = "AAAAEqTIHz4";

/** Where something departs from what a faithful server answers. */
interface Departure {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Taken as it is if it is text, otherwise as JSON. */
  readonly body?: unknown;
}

/** A run of `verify` against a server that keeps the contract. */
export function faithfulRun(): readonly RecordedExchange[] {
  return [
    accepted("complete/import", { atMs: 0, id: COMPLETE_ID }),
    accepted("fail/import", { atMs: 4, id: FAIL_ID }),
    poll("complete/poll", { atMs: 310, task: pending(COMPLETE_ID) }),
    poll("fail/poll", { atMs: 330, task: pending(FAIL_ID) }),
    refused("refusal/no-token", { atMs: 400, status: 401, path: statusPath(COMPLETE_ID) }),
    refused("refusal/wrong-token", { atMs: 480, status: 401, path: statusPath(COMPLETE_ID) }),
    refused("refusal/undecodable-id", { atMs: 560, status: 400, path: statusPath("!not-a-task-id!") }),
    refused("refusal/unknown-id", { atMs: 640, status: 404, path: statusPath("AAAAAAAAAAE") }),
    refused("refusal/missing-url", { atMs: 720, status: 400, method: "POST", path: IMPORT }),
    refused("refusal/wrong-enum", { atMs: 800, status: 400, method: "POST", path: IMPORT }),
    poll("complete/poll", { atMs: 1310, task: processing(COMPLETE_ID) }),
    poll("fail/poll", { atMs: 1350, task: canceled(FAIL_ID) }),
    poll("complete/poll", { atMs: 2810, task: processing(COMPLETE_ID) }),
    poll("complete/poll", { atMs: 5060, task: complete(COMPLETE_ID) }),
    poll("complete/settle", { atMs: 6060, task: complete(COMPLETE_ID) }),
    exchange({
      atMs: 6200,
      step: "cleanup/delete",
      method: "DELETE",
      path: "/files/v3/files/187340915526",
      status: 204,
    }),
  ];
}

/** The same run against a server that breaks several rules, asks for patience, and keeps its file. */
export function brokenRun(): readonly RecordedExchange[] {
  return [
    accepted("complete/import", { atMs: 0, id: COMPLETE_ID }),
    accepted("fail/import", { atMs: 4, id: FAIL_ID }),
    poll("complete/poll", { atMs: 310, task: pending(COMPLETE_ID) }),
    poll("fail/poll", { atMs: 330, task: { ...pending(FAIL_ID), eta: 12 } }),
    refused("refusal/no-token", { atMs: 400, status: 404, path: statusPath(COMPLETE_ID) }),
    poll("complete/poll", { atMs: 1310, task: processing(COMPLETE_ID) }),
    refused("complete/poll", { atMs: 2810, status: 429, path: statusPath(COMPLETE_ID) }),
    poll("fail/poll", { atMs: 2850, task: { ...pending(FAIL_ID), status: "QUEUED" } }),
    poll("complete/poll", { atMs: 4910, task: pending(COMPLETE_ID) }),
    unanswered("complete/poll", { atMs: 7210, path: statusPath(COMPLETE_ID) }),
    poll("fail/poll", { atMs: 7300, task: canceled(FAIL_ID) }),
    poll("complete/poll", { atMs: 9400, task: complete(COMPLETE_ID, { size: "12", access: "EVERYBODY" }) }),
    poll("complete/settle", { atMs: 10_400, task: { ...complete(COMPLETE_ID), completedAt: iso(5000) } }),
    refused("cleanup/delete", { atMs: 10_600, status: 403, method: "DELETE", path: "/files/v3/files/187340915526" }),
  ];
}

/** A run in which only what nobody has promised is otherwise. */
export function driftingRun(): readonly RecordedExchange[] {
  return faithfulRun().map((one) =>
    one.step?.request === "settle"
      ? poll("complete/settle", { atMs: 6060, task: { ...complete(COMPLETE_ID), etag: "W/1" } })
      : one,
  );
}

/** A run whose token was refused, after which there is nothing to follow. */
export function refusedRun(): readonly RecordedExchange[] {
  return [
    refused("complete/import", { atMs: 0, status: 401, method: "POST", path: IMPORT }),
    refused("fail/import", { atMs: 5, status: 401, method: "POST", path: IMPORT }),
  ];
}

/** One task that was polled so many times, a tenth of a second apart, in a recording of somebody else's. */
export function manyPolls(times: number): readonly RecordedExchange[] {
  const polls = Array.from({ length: times }, (_, index) =>
    poll(undefined, {
      atMs: 100 + index * 100,
      task: index < times / 2 ? pending(COMPLETE_ID) : complete(COMPLETE_ID),
    }),
  );
  return [accepted(undefined, { atMs: 0, id: COMPLETE_ID }), ...polls];
}

/** An app's session, in which it polls on after CANCELED, with a server that keeps the contract. */
export function badApp(): readonly RecordedExchange[] {
  const tasks = [pending(FAIL_ID), canceled(FAIL_ID), canceled(FAIL_ID), canceled(FAIL_ID)];
  return [
    accepted(undefined, { atMs: 0, id: FAIL_ID }),
    ...tasks.map((task, index) => poll(undefined, { atMs: 1000 + index * 1000, task })),
  ];
}

/** Markup, escape sequences, line ends, marks of direction, half a surrogate pair, and no end. */
export const HOSTILE = [
  "<script>globalThis.owned = true</script><img src=x onerror=globalThis.owned=true>]]>",
  "\u001b[2J\u009b31m\u0000\uffff\ud800",
  "\r\n::error::@octocat | `injected` ```\n# Heading [link](https://evil.example) %0A",
  "\u202egnp.exe \u2066מזל טוב",
  "long".repeat(100),
].join(" ");

/** A run whose server puts a text wherever a server can put one, and breaks a rule with each. */
export function hostileRun(text = HOSTILE): readonly RecordedExchange[] {
  // Half of a surrogate pair has no percent-encoding, so that no path can carry it.
  const id = `${text.replace(/\p{Cs}/gu, "")}id`;
  const at = { path: statusPath(encodeURIComponent(id)) };
  return [
    accepted("complete/import", { atMs: 0, id }),
    refused("fail/import", { atMs: 4, status: 401, method: "POST", path: IMPORT, message: text }),
    poll("complete/poll", { atMs: 300, ...at, task: { ...pending(text), [text]: text, status: "PENDING" } }),
    poll("complete/poll", { atMs: 900, ...at, task: { ...pending(id), status: text }, headers: { "x-new": text } }),
    exchange({
      atMs: 1500,
      step: "complete/poll",
      ...at,
      status: 200,
      headers: { "content-type": text },
      body: text,
    }),
    poll("complete/poll", {
      atMs: 2000,
      ...at,
      task: complete(id, { id: text, name: text, path: `/${text}`, size: text }),
    }),
    unanswered("complete/settle", { atMs: 2300, ...at, message: text }),
    unanswered("cleanup/delete", { atMs: 2500, method: "DELETE", path: "/files/v3/files/1", message: text }),
  ];
}

interface Sent {
  readonly atMs: number;
  readonly method?: string;
  readonly path?: string;
}

function accepted(step: string | undefined, { atMs, id }: { readonly atMs: number; readonly id: string }) {
  const links = { status: `${BASE}${statusPath(encodeURIComponent(id))}` };
  return exchange({ atMs, step, method: "POST", path: IMPORT, status: 202, body: { id, links } });
}

function poll(step: string | undefined, { task, ...rest }: Sent & Departure & { readonly task: Task }) {
  return exchange({ step, path: statusPath(task.taskId), status: 200, body: task, ...rest });
}

function refused(
  step: string,
  { message = "Not this way.", ...rest }: Sent & { readonly status: number; readonly message?: string },
) {
  const body = { status: "error", message, correlationId: CORRELATION };
  return exchange({ step, headers: { "x-hubspot-correlation-id": CORRELATION }, body, ...rest });
}

function unanswered(
  step: string,
  { message = "connect ECONNREFUSED", ...sent }: Sent & { readonly message?: string },
): RecordedExchange {
  const { response: _, ...rest } = exchange({ step, status: 0, ...sent });
  return { ...rest, failure: { kind: "unreachable", message } };
}

function exchange({
  atMs,
  step,
  method = "GET",
  path = IMPORT,
  status = 200,
  headers = {},
  body = "",
}: Sent & Departure & { readonly step?: string | undefined }): RecordedExchange {
  const type = body === "" ? {} : { "content-type": "application/json;charset=utf-8" };
  return {
    startedAt: START + atMs,
    durationMs: 40,
    ...(step !== undefined && { step: readStep(step) }),
    request: {
      method,
      url: `${BASE}${path}`,
      headers: { accept: "application/json", authorization: "Bearer REDACTED" },
      ...(method === "POST" && { body: JSON.stringify({ url: "https://example.com/a.png", access: "PRIVATE" }) }),
    },
    response: {
      status,
      headers: { ...type, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
  };
}

function statusPath(id: string): string {
  return `${IMPORT}/tasks/${id}/status`;
}

interface Task {
  readonly taskId: string;
  readonly [name: string]: unknown;
}

function pending(taskId: string): Task {
  return { status: "PENDING", taskId, requestedAt: iso(0) };
}

function processing(taskId: string): Task {
  return { ...pending(taskId), status: "PROCESSING", startedAt: iso(1000) };
}

function complete(taskId: string, file: object = {}): Task {
  const result = {
    id: "187340915526",
    createdAt: iso(2900),
    updatedAt: iso(2900),
    archived: false,
    access: "PRIVATE",
    name: "a",
    path: "/import-kit/a.png",
    extension: "png",
    size: 1024,
    ...file,
  };
  return { ...processing(taskId), status: "COMPLETE", completedAt: iso(3000), result };
}

function canceled(taskId: string): Task {
  const errors = [{ status: "error", category: "VALIDATION_ERROR", message: "The file could not be fetched." }];
  return { ...pending(taskId), status: "CANCELED", startedAt: iso(1000), completedAt: iso(1200), numErrors: 1, errors };
}

function iso(atMs: number): string {
  return new Date(START + atMs).toISOString();
}
