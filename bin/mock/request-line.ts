import picocolors from "picocolors";
import type { PrismViolation } from "../../mocks/prism/violation.js";
import type { Eviction } from "../../mocks/server.js";
import { matchOperation, normalizePath, taskPath } from "../../src/contract/operations.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import type { JournalEntry } from "../../src/session/journal.js";
import { DEFAULT_SESSION } from "../../src/session/session-name.js";
import { shortName } from "../../src/session/short-name.js";
import { messageIn } from "../../src/simulator/reason.js";
import { printable } from "../../src/text.js";
import { timeOfDay } from "../../src/time.js";
import { withoutToken } from "../without-token.js";

/** An exchange, and from the journal what its task's short name is made of. */
type Logged = Exchange & Partial<Pick<JournalEntry, "progress">>;

/**
 * One line a request: what was asked, what came back, and why. Without secrets, as the journal is.
 *
 * @example requestLine(entry, []); // "GET /files/v3/…/tasks/rate-limited#3/status 429 rate-limited (task) Retry-After: 2 - …"
 */
export function requestLine(
  exchange: Logged,
  violations: readonly PrismViolation[],
  paint: Paint = createPaint(false),
): string {
  const { request, response, scenario, session = DEFAULT_SESSION, state } = exchange;
  const sides = new Set(violations.map(({ location }) => location[0]));
  const before = [session !== DEFAULT_SESSION && `[${session}]`, request.method, pathOf(exchange)];
  const after = [
    state,
    scenario && `${scenario.name} (${scenario.why})`,
    exchange.operation === "importFromUrl" && nameOf(exchange) !== undefined && `task ${nameOf(exchange)}`,
    "Retry-After" in response.headers && `Retry-After: ${response.headers["Retry-After"]}`,
    reason(exchange),
    sides.has("request") && `- the request breaks the contract${whatWasSent(exchange)}`,
    sides.has("response") && "- the answer breaks the contract",
    response.wire && `- on the wire: ${response.wire.kind}`,
    exchange.repeatOf !== undefined && "- sent again by the client's transport",
  ];
  // A client chooses some of it, and might write a line of its own.
  return [text(before), statusText(response.status, paint), text(after)].filter(Boolean).join(" ");
}

function text(parts: readonly (string | false | undefined)[]): string {
  return printable(withoutToken(parts.filter(Boolean).join(" ")));
}

function statusText(status: number, { green, yellow, red }: Paint): string {
  if (status === 0) return red("no answer");
  return (status < 400 ? green : status < 500 ? yellow : red)(String(status));
}

/** Why a call was refused: HubSpot's own words where there are some, for they need not be looked up then. */
function reason({ operation, response }: Exchange): string | undefined {
  if (response.status < 400) return undefined;
  if (operation === undefined) return "- no operation that this mock has";
  if (!response.headers["Content-Type"]?.startsWith("application/json")) return "- a page";
  return `- ${messageIn(response)}`;
}

/** HubSpot's words name what is allowed; which value was sent, only its errors say. */
function whatWasSent({ violations }: Exchange): string {
  const sent = violations.flatMap(({ pointer, sent }) => (sent === undefined ? [] : `${pointer} ${sent}`));
  return sent.length === 0 ? "" : `: got ${sent.join(", ")}`;
}

function nameOf({ progress }: Logged): string | undefined {
  return progress && shortName(progress);
}

/** A path on one screen line, with a task's short name in place of its id; of any other long id its ends are enough. */
function pathOf(exchange: Logged): string {
  const { request, operation } = exchange;
  const name = operation === "checkImportStatus" ? nameOf(exchange) : undefined;
  const path = name === undefined ? request.path : pathOfTask(request, name);
  // Of a token whose middle is gone nothing would be found.
  return LONG.test(path) ? withoutToken(path).replace(LONG, (id) => `${id.slice(0, 8)}…${id.slice(-8)}`) : path;
}

const LONG = /[^/]{40,}/;

/** The path of a poll, with a name in place of the task's id. */
function pathOfTask({ method, path }: Exchange["request"], name: string): string {
  const clean = normalizePath(path);
  const route = matchOperation(method, clean);
  return "id" in route ? clean.slice(0, -taskPath(route.id).length) + taskPath(name) : clean;
}

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours for the mock's log; none unless a person looks at it who sees them. */
export function createPaint(hasColors: boolean): Paint {
  return picocolors.createColors(hasColors);
}

/**
 * A line of the log with the time of day, in a file and a CI's log, too: there it is read hours later, beside other logs.
 *
 * @example stamped("GET /x 200", createPaint(false), Date.now()); // "14:03:22 GET /x 200"
 */
export function stamped(line: string, paint: Paint, now: number): string {
  const at = Math.floor(now / 1000);
  if (at !== second) time = timeOfDay(now);
  second = at;
  return `${paint.dim(time)} ${line}`;
}

/** Many lines are written within a second, and to format each one's time took 0.7 µs (npm run bench, with a line of log). */
let second = Number.NaN;
let time = "";

/**
 * One line for what was evicted.
 *
 * @example evictionLine({ kind: "task", evicted: 10 }); // "memory: evicted the 10 oldest tasks so far. …"
 */
export function evictionLine({ kind, evicted }: Eviction): string {
  const what = evicted === 1 ? `oldest ${kind}` : `${evicted} oldest ${kind}s`;
  return `memory: evicted the ${what} so far. What is kept stands in docs/control.md, Memory.`;
}
