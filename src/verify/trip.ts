import type { OperationId } from "../contract/contract.js";
import { API_ROOT, pathOf, VERSIONS } from "../contract/operations.js";
import { excessOf, MOST_EXCESS, type RecordedExchange } from "../exchange/exchange.js";
import { retryAfterMs } from "../exchange/retry-after.js";
import { type Journey, journeyOf, type RunStep } from "../exchange/run-step.js";
import { isBusy, isDailyLimit, isTransient, type ReadExchange, readExchange } from "../judge/read-exchange.js";
import { contractInForce } from "../judge/schema.js";
import { withoutTrailing } from "../text.js";
import { waitFor } from "../time.js";
import type { Progress, VerifyOptions } from "./options.js";
import { type Outgoing, send } from "./send.js";

/** A current run: its settings, its record, and its ways to send and wait. */
export interface Trip {
  readonly importUrl: string;
  readonly failingUrl: string;
  readonly folderPath: string;
  readonly access: string;
  readonly pollIntervalMs: number;
  readonly timeoutMs: number;
  readonly now: () => number;
  /** In epoch milliseconds. */
  readonly startedAt: number;
  /** Whether no further request should follow: the run was aborted, or has received too much. */
  readonly isOver: () => boolean;
  /** Ends early if the run is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The same during the clean-up, which is harder to abort. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Default: the address in the run's own version of the API. */
  readonly importAddress: (version?: string) => string;
  readonly statusAddress: (id: string, version?: string) => string;
  readonly fileAddress: (id: string) => string;
  /** The other versions of the API in which the run polls its tasks. */
  readonly otherVersions: readonly string[];
  readonly otherToken: string | undefined;
  /** The name of this run's files, so that two concurrent runs do not collide. */
  readonly fileName: string;
  /** Sends once, by default with the token; `authorization: null` sends none. */
  readonly call: (request: Call) => Promise<RecordedExchange>;
  /** Sends until the response is final, or the deadline. @param deadline epoch milliseconds */
  readonly callPatiently: (request: Call, deadline: number) => Promise<RecordedExchange>;
  /** Whether a response asks to wait for longer than a run lasts. */
  readonly isPutOff: (exchange: RecordedExchange) => boolean;
  /** Returns a response as the contract reads it. */
  readonly read: (exchange: RecordedExchange) => ReadExchange;
  readonly report: (journey: Progress["journey"], message: string) => void;
  /** As they were sent and received, secrets included. */
  readonly exchanges: () => readonly RecordedExchange[];
}

export interface Call extends Pick<Outgoing, "step" | "method" | "url"> {
  readonly json?: unknown;
  readonly authorization?: string | null;
  /** When the run stops waiting for the response, in epoch milliseconds. */
  readonly until?: number;
}

const IMPORT_URL = "https://www.w3.org/Icons/w3c_home.png";
const FAILING_URL = "https://import-kit.invalid/missing.png";

/** @param leave ends the clean-up, too */
export function createTrip(options: VerifyOptions, leave: AbortSignal = new AbortController().signal): Trip {
  const { timeoutMs = 60_000, pollIntervalMs = 1000, now = Date.now, signal, onProgress, token } = options;
  const base = withoutTrailing("/", options.baseUrl);
  const { contract } = contractInForce();
  const record: { readonly order: number; readonly exchange: RecordedExchange }[] = [];
  const reads = new WeakMap<RecordedExchange, ReadExchange>();
  const startedAt = now();
  let sent = 0;
  let received = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let restUntil = 0;
  const journeysRestUntil = new Map<Journey | undefined, number>();
  const interrupted = signal ?? new AbortController().signal;
  const pause = options.sleep ?? waitFor;
  const [firstVersion = ""] = VERSIONS;
  const { apiVersion = firstVersion, otherToken } = options;
  const ownVersion = apiVersion === "all" ? firstVersion : apiVersion;
  const isOver = () => interrupted.aborted || received > MOST_EXCESS;
  const requestTimeoutMs = Math.min(15_000, Math.max(1000, timeoutMs / 2));

  async function call(request: Call): Promise<RecordedExchange> {
    const { step, method, url, json, authorization = `Bearer ${token}`, until } = request;
    const restsUntil = Math.max(restUntil, journeysRestUntil.get(journeyOf(step)) ?? 0);
    if (restsUntil > now() && !isCleanUp(step)) await pause(restsUntil - now(), interrupted);
    const order = sent;
    sent += 1;
    const headers = {
      accept: "application/json",
      ...(authorization !== null && { authorization }),
      ...(json !== undefined && { "content-type": "application/json" }),
    };
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    // A pending import may be accepted: without its response, the file to delete would be unknown.
    const isAbortable = method === "GET" && !isCleanUp(step);
    const exchange = await send(
      { step, method, url, headers, ...body },
      {
        fetch: options.fetch ?? fetch,
        now: recordedNow,
        requestTimeoutMs:
          until === undefined ? requestTimeoutMs : Math.min(requestTimeoutMs, Math.max(100, until - now())),
        signal: isAbortable ? interrupted : leave,
      },
    );
    received += excessOf(exchange);
    rest(exchange);
    // Aborted by this kit, which shows nothing about the server.
    if (!(exchange.failure && isAbortable && interrupted.aborted)) record.push({ order, exchange });
    return exchange;
  }

  function addressOf(operation: OperationId, { id = "", version = ownVersion }): string {
    // A server's task id may be invalid in an address, such as half a character.
    const encoded = encodeURIComponent(id.replace(/\p{Cs}/gu, "\uFFFD"));
    return base + pathOf(operation, encoded, API_ROOT.replace(firstVersion, version));
  }

  /** A clock that is set back meanwhile would put requests in an order in which they were not sent. */
  function recordedNow(): number {
    latest = Math.max(latest, now());
    return latest;
  }

  /** Stores a wait that a run can keep: the next request about this task waits. */
  function rest({ step, response }: RecordedExchange): void {
    const wish = response && retryAfterMs(response, now());
    if (!wish || wish > timeoutMs) return;
    const journey = journeyOf(step);
    if (journey !== undefined) journeysRestUntil.set(journey, now() + wish);
    // A limit belongs to the account, so it applies to all journeys.
    if (isBusy(response.status) && response.status !== 423) restUntil = Math.max(restUntil, now() + wish);
  }

  const trip: Trip = {
    importUrl: options.importUrl ?? IMPORT_URL,
    failingUrl: options.failingUrl ?? FAILING_URL,
    folderPath: options.folderPath ?? "/import-kit",
    access: options.access ?? "PRIVATE",
    pollIntervalMs,
    timeoutMs,
    now,
    startedAt,
    isOver,
    sleep: (milliseconds) => pause(milliseconds, interrupted),
    pause: (milliseconds) => pause(milliseconds, leave),
    importAddress: (version) => addressOf("importFromUrl", { version }),
    statusAddress: (id, version) => addressOf("checkImportStatus", { id, version }),
    fileAddress: (id) => addressOf("deleteFile", { id }),
    otherVersions: apiVersion === "all" ? VERSIONS.filter((version) => version !== ownVersion) : [],
    otherToken,
    fileName: `import-kit-check-${now().toString(36)}`,
    call,
    async callPatiently(request, deadline) {
      const patience = createPatience({ pollIntervalMs, deadline, now });
      for (let tries = 1; ; tries += 1) {
        const exchange = await call(request);
        const wait = isToRepeat(request, exchange, tries) ? patience.next(trip.read(exchange)) : undefined;
        const isLast = isCleanUp(request.step) ? leave.aborted : isOver();
        if (wait === undefined || isLast) return exchange;
        trip.report(progressOf(request.step), waitMessage(exchange, wait));
        await (isCleanUp(request.step) ? trip.pause(wait) : trip.sleep(wait));
      }
    },
    isPutOff: ({ response }) => ((response && retryAfterMs(response, now())) ?? 0) > timeoutMs,
    read(exchange) {
      const known = reads.get(exchange) ?? readExchange(contract, exchange);
      reads.set(exchange, known);
      return known;
    },
    report: (journey, message) => onProgress?.({ journey, message, requests: sent }),
    exchanges: () => record.sort((a, b) => a.order - b.order).map(({ exchange }) => exchange),
  };
  return trip;
}

export function waitMessage({ response, failure }: RecordedExchange, wait: number): string {
  return `${response ? response.status : failure?.kind}, waiting ${(wait / 1000).toFixed(1)} s`;
}

function isToRepeat({ method, step }: Call, { response }: RecordedExchange, tries: number): boolean {
  // An import without a response may have been accepted: repeating it could leave an unknown file behind.
  if (!response) return method === "GET" || step.part === "rejection" || step.request === "delete";
  // A 500 usually is temporary. For a single request, the second 500 is final.
  if (response.status === 500) return step.request === "settle" || (tries === 1 && step.request !== "import");
  return isTransient(response.status);
}

function isCleanUp({ part }: RunStep): boolean {
  return part === "cleanup";
}

function progressOf({ part }: RunStep): Progress["journey"] {
  return part === "rejection" ? "refusals" : part === "question" ? "questions" : part;
}

/** The longest pause between two polls, unless the server asks for a longer one. */
const LONGEST_PAUSE_MS = 10_000;

/** The documented minimum wait for a locked resource. */
const LOCKED_MS = 2000;

/** The pauses of one series of requests: each is half as long again as the one before. */
export interface Patience {
  /**
   * Returns how long to wait before the next request, in milliseconds; undefined if the deadline has passed, or the
   * server asks to wait until long after it. The last pause ends at the deadline, or when the server has asked for.
   */
  readonly next: (after: ReadExchange) => number | undefined;
}

export function createPatience(options: {
  readonly pollIntervalMs: number;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly now: () => number;
}): Patience {
  const { deadline, now } = options;
  let pause = options.pollIntervalMs;
  return {
    next({ response }) {
      const left = deadline - now();
      if (left <= 0) return undefined;
      const wish = response && retryAfterMs(response, now());
      if (wish !== undefined && wish > left && wish > LONGEST_PAUSE_MS) return undefined;
      if (response?.status === 429 && isDailyLimit(response.json)) return undefined;
      const wait = Math.max(pause, wish ?? 0, response?.status === 423 ? LOCKED_MS : 0);
      pause = Math.min(Math.round(pause * 1.5), LONGEST_PAUSE_MS);
      return Math.max(wish ?? 0, Math.min(wait, left));
    },
  };
}
