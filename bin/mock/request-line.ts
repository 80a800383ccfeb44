import picocolors from "picocolors";
import type { PrismViolation } from "../../mocks/prism/violation.js";
import type { Eviction } from "../../mocks/server.js";
import { matchOperation, normalizePath, taskPath } from "../../src/contract/operations.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import type { JournalEntry } from "../../src/session/journal.js";
import { DEFAULT_SESSION, shortName } from "../../src/session/names.js";
import { messageIn, unknownPrefix } from "../../src/simulator/reason.js";
import { printable } from "../../src/text.js";
import { timeOfDay } from "../../src/time.js";
import { tokenRedactor } from "../without-token.js";

/** An exchange, with the part of its journal entry that gives its task's short name. */
type Logged = Exchange & Partial<Pick<JournalEntry, "progress">>;

/**
 * Renders a line for an exchange: the request, the response and the reason. Without secrets, like the journal.
 *
 * @example requestLine(entry, []); // "GET /files/v3/…/tasks/rate-limited#3/status 429 rate-limited (task) Retry-After: 2 - …"
 */
export function requestLine(
  exchange: Logged,
  violations: readonly PrismViolation[],
  paint: Paint = createPaint(false),
): string {
  const { request, response, scenario, session = DEFAULT_SESSION, state } = exchange;
  const redact = tokenRedactor();
  const sides = new Set(violations.map(({ location }) => location[0]));
  const before = [session !== DEFAULT_SESSION && `[${session}]`, request.method, pathOf(exchange, redact)];
  const after = [
    state,
    scenario && `${scenario.name} (${scenario.why})`,
    exchange.operation === "importFromUrl" && nameOf(exchange) !== undefined && `task ${nameOf(exchange)}`,
    "Retry-After" in response.headers && `Retry-After: ${response.headers["Retry-After"]}`,
    failureReason(exchange),
    sides.has("request") && `- the request breaks the contract${sentValues(exchange)}`,
    sides.has("response") && "- the response breaks the contract",
    response.wire && `- on the wire: ${response.wire.kind}`,
    exchange.repeatOf !== undefined && "- resent by the client's transport",
  ];
  // Parts come from the client: without `printable` they could contain line ends and fake a line.
  const text = (parts: readonly (string | false | undefined)[]) => printable(redact(parts.filter(Boolean).join(" ")));
  return [text(before), statusText(response.status, paint), text(after)].filter(Boolean).join(" ");
}

function statusText(status: number, { green, yellow, red }: Paint): string {
  if (status === 0) return red("no response");
  return (status < 400 ? green : status < 500 ? yellow : red)(String(status));
}

/** Returns why a request failed, in HubSpot's words if there are any. */
function failureReason({ operation, request, response }: Exchange): string | undefined {
  if (response.status < 400) return undefined;
  if (operation === undefined) {
    const prefix = unknownPrefix(request);
    return `- not an operation of this mock${prefix === undefined ? "" : `; without ${prefix} it would be one (--public-url)`}`;
  }
  if (!response.headers["Content-Type"]?.startsWith("application/json")) return "- a page";
  return `- ${messageIn(response)}`;
}

/** Renders the invalid values that were sent: HubSpot's message contains only the allowed ones. */
function sentValues({ violations }: Exchange): string {
  const sent = violations.flatMap(({ pointer, sent }) => (sent === undefined ? [] : `${pointer} ${sent}`));
  return sent.length === 0 ? "" : `: got ${sent.join(", ")}`;
}

function nameOf({ progress }: Logged): string | undefined {
  return progress && shortName(progress);
}

/** Renders a path short enough for one line: a task's short name in place of its id, and only the ends of other long ids. */
function pathOf(exchange: Logged, redact: (text: string) => string): string {
  const { request, operation } = exchange;
  const name = operation === "checkImportStatus" ? nameOf(exchange) : undefined;
  const path = name === undefined ? request.path : pathOfTask(request, name);
  // Redacted before shortening: a token without its middle would not be found.
  return LONG.test(path) ? redact(path).replace(LONG, (id) => `${id.slice(0, 8)}…${id.slice(-8)}`) : path;
}

const LONG = /[^/]{40,}/;

/** The path of a poll, with a name in place of the task's id. */
function pathOfTask({ method, path }: Exchange["request"], name: string): string {
  const clean = normalizePath(path);
  const route = matchOperation(method, clean);
  return "id" in route ? clean.slice(0, -taskPath(route.id).length) + taskPath(name) : clean;
}

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Creates the colours of the mock's log. */
export function createPaint(hasColors: boolean): Paint {
  return picocolors.createColors(hasColors);
}

/**
 * Prefixes a log line with the time of day, also in a file or a CI log, where it is read hours later beside other logs.
 *
 * @example stamped("GET /x 200", createPaint(false), Date.now()); // "14:03:22 GET /x 200"
 */
export function stamped(line: string, paint: Paint, now: number): string {
  const at = Math.floor(now / 1000);
  if (at !== second) time = timeOfDay(now);
  second = at;
  return `${paint.dim(time)} ${line}`;
}

/** Caches the formatted time of the latest second, which took 0.7 µs for each line (npm run bench, with a line of log). */
let second = Number.NaN;
let time = "";

/**
 * Renders a line about evicted entries.
 *
 * @example evictionLine({ kind: "task", evicted: 10 }); // "memory: evicted the 10 oldest tasks so far. …"
 */
export function evictionLine({ kind, evicted }: Eviction): string {
  const what = evicted === 1 ? `oldest ${kind}` : `${evicted} oldest ${kind}s`;
  return `memory: evicted the ${what} so far. See Memory in docs/control.md for the limits.`;
}
