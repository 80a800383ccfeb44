import { isDeepStrictEqual } from "node:util";
import { type RecordedExchange, STATUSES_WITHOUT_BODY } from "../src/exchange/exchange.js";
import type { LeftOut } from "../src/exchange/har.js";
import { readRetryAfter, retryAfterText } from "../src/exchange/retry-after.js";
import { judge } from "../src/judge/judge.js";
import { isEnd, type ReadExchange, taskIn } from "../src/judge/read-exchange.js";
import { readRecording, type TaskRecord } from "../src/judge/recording.js";
import { contractInForce } from "../src/judge/schema.js";
import { importTries } from "../src/report/ready-lines.js";
import type { RecordedAnswer, Scenario, Step } from "../src/scenario/scenario.js";
import { instantOf, isoDate } from "../src/time.js";
import { UserError } from "../src/user-error.js";
import { readHar } from "./har-file.js";

/**
 * Converts the tasks of a HAR file to scenarios: `replay-1`, `replay-2` and so on, in the order of their imports. Each one
 * returns the recorded responses in their order and timing. An import of a recorded URL gets the scenario of that import.
 *
 * @param onLeftOut called with the parts of the recording that are not replayed, and why
 * @throws UserError `recording-file` if the file is not a HAR file, or has no import or none with a usable response
 * @example startMock({ scenarios: [...(await readScenarios()), ...(await readReplay("sandbox.har"))] });
 */
export async function readReplay(
  file: string,
  onLeftOut: (leftOut: readonly LeftOut[]) => void = () => {},
): Promise<readonly Scenario[]> {
  const { exchanges, places, leftOut, notes } = await readHar(file);
  const recording = readRecording(contractInForce().contract, exchanges, { timeoutMs: notes.timeoutMs ?? 60_000 });
  const imports = importTries(exchanges);
  const { checks, unjudged } = judge(exchanges, notes);
  const nothing = unjudged.find(({ reason }) => reason === "no-exchange");
  if (nothing && imports.length > 0)
    throw new UserError("recording-file", `${file}: ${nothing.message} ${nothing.next}`);
  const breaks = checks.filter(({ findings }) => findings.length > 0).map(({ id }) => id);
  const scenarios = imports.map((indexes, index) => {
    const tries = indexes.flatMap((one) => recording.exchanges[one] ?? []);
    const task = recording.tasks.find(({ accepted }) => accepted && indexes.includes(accepted.index));
    return toScenario(`replay-${index + 1}`, { tries, task, breaks });
  });
  if (scenarios.length === 0) {
    throw new UserError("recording-file", `${file} contains no import. Record one with verify --record FILE.har.`);
  }
  const unsent = exchanges.flatMap((one, index) =>
    sendableResponse(one).leftOut.map((why) => ({ place: places[index] ?? "", why })),
  );
  onLeftOut([...leftOut.filter(({ place }) => !places.includes(place)), ...unsent]);
  return scenarios;
}

function toScenario(
  name: string,
  {
    tries,
    task,
    breaks,
  }: {
    readonly tries: readonly ReadExchange[];
    readonly task: TaskRecord | undefined;
    readonly breaks: readonly string[];
  },
): Scenario {
  const importUrl = urlOf(tries[0]);
  const importedAt = (task?.accepted ?? tries.at(-1))?.exchange.startedAt ?? 0;
  return {
    name,
    summary: `The recorded responses to ${importUrl === undefined ? "an import" : `the import of ${importUrl}`} on ${isoDate(importedAt).slice(0, 10)}.`,
    tags: [],
    steps: task ? toSteps(task, importedAt) : [NEVER],
    faults: [],
    ...(breaks.length > 0 && { breaks }),
    recording: {
      ...(importUrl !== undefined && { importUrl }),
      taskId: task?.id ?? name,
      importedAt,
      imports: tries.flatMap(recordedOf),
    },
  };
}

interface Frame {
  readonly call: ReadExchange;
  readonly recorded: RecordedAnswer;
}

const NEVER: Step = { state: "PENDING", forMs: Number.POSITIVE_INFINITY, polls: 1 };

/** Creates a step for each recorded response; equal consecutive responses share one. */
function toSteps({ calls }: TaskRecord, importedAt: number): readonly Step[] {
  const frames = calls
    .flatMap((call) => recordedOf(call).map((recorded) => ({ call, recorded })))
    .filter(({ recorded }, index, all) => !isDeepStrictEqual(recorded, all[index - 1]?.recorded))
    .filter(isReplayed);
  if (frames.length === 0) return [NEVER];
  const starts = startsOf(
    frames.map(({ call }) => call),
    calls,
    importedAt,
  );
  let state: "PENDING" | "PROCESSING" = "PENDING";
  return frames.map(({ call, recorded }, index): Step => {
    const seen = taskIn(call.response)?.state;
    const [start, next] = starts.slice(index);
    if (seen !== undefined && isEnd(seen) && next === undefined) {
      return { state: seen === "COMPLETE" ? "COMPLETE" : "CANCELED", errors: 0, recorded };
    }
    if (seen === "PENDING" || seen === "PROCESSING") state = seen;
    const forMs = next === undefined ? Number.POSITIVE_INFINITY : next - (start ?? importedAt);
    return { state, forMs, polls: 1, recorded };
  });
}

/** Drops an aborted last poll, as by leaving a page, if the task has already ended: its end stays. */
function isReplayed({ recorded }: Frame, index: number, frames: readonly Frame[]): boolean {
  if (recorded.status !== 0 || index < frames.length - 1) return true;
  const before = frames[index - 1];
  const state = before && taskIn(before.call.response)?.state;
  return state === undefined || !isEnd(state);
}

/**
 * Returns when each response begins to be returned: at the task's own date of the change, else half-way between its poll
 * and the previous one. So a client that polls at the same pace, a little earlier or later, gets the same responses.
 */
function startsOf(frames: readonly ReadExchange[], calls: readonly ReadExchange[], importedAt: number) {
  const polledAt = calls.map(({ exchange }) => exchange.startedAt);
  return respondedAt(frames, calls, importedAt).map((at, index) => {
    const before = polledAt.findLast((one) => one < at);
    if (index === 0 || before === undefined) return at;
    const changed = changedAt(frames[index]);
    return changed !== undefined && before < changed && changed <= at ? changed : (before + at) / 2;
  });
}

/** Returns the date in a response at which the task entered its state. */
function changedAt(call: ReadExchange | undefined): number | undefined {
  const { state, task } = taskIn(call?.response) ?? {};
  if (state === undefined || state === "PENDING") return undefined;
  return instantOf(task?.[isEnd(state) ? "completedAt" : "startedAt"]);
}

/**
 * Returns when each response was given; at least one poll after the previous one, which no client would get otherwise.
 * That happens because verify requests a task's link in the same moment in which it sees the end.
 */
function respondedAt(frames: readonly ReadExchange[], calls: readonly ReadExchange[], importedAt: number) {
  const atEnd = calls.find(({ exchange }) => exchange.step?.request === "link");
  const polledAt = calls.filter((call) => call !== atEnd).map(({ exchange }) => exchange.startedAt);
  const starts: number[] = [];
  for (const call of frames) {
    const before = starts.at(-1);
    const next = before === undefined ? importedAt : (polledAt.find((at) => at > before) ?? before + 1);
    const isOwn = before !== undefined && call !== atEnd;
    starts.push(isOwn ? Math.max(next, call.exchange.startedAt) : next);
  }
  return starts;
}

function recordedOf({ exchange }: ReadExchange): readonly RecordedAnswer[] {
  const { recorded } = sendableResponse(exchange);
  return recorded ? [recorded] : [];
}

function urlOf(one: ReadExchange | undefined): string | undefined {
  try {
    const { url } = JSON.parse(one?.exchange.request.body ?? "{}") as { readonly url?: unknown };
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A recorded response that can be sent again, and what cannot. */
interface Sendable {
  /** Absent if the response cannot be sent at all. */
  readonly recorded?: RecordedAnswer;
  /** A sentence for each part that is left out. */
  readonly leftOut: readonly string[];
}

/**
 * Prepares a recorded response to be sent again. Keeps only the headers of the API: those of length, encoding and connection
 * are the mock's own.
 */
function sendableResponse({ response, failure, startedAt, durationMs }: RecordedExchange): Sendable {
  if (!response) return failure ? withoutResponse(failure, durationMs) : { leftOut: [] };
  // A client of the mock sent no conditional request, so it gets the complete response in place of a 304.
  const { status, headers, body, flaw } = response.stored ?? response;
  if (flaw === "not-recorded") return { leftOut: ["its body is not in the recording"] };
  if (status < 200 || status > 599) return { leftOut: [`no response can have the status ${status}`] };
  const retryAfter = readRetryAfter(headers, startedAt + durationMs);
  // A recorded date has passed by now.
  const wait = retryAfter?.isDate ? { "retry-after": retryAfterText(retryAfter.ms) } : {};
  const named = Object.entries({ ...headers, ...wait }).filter(([name]) => isOfApi(name));
  const isBodiless = STATUSES_WITHOUT_BODY.includes(status) && body !== "";
  return {
    recorded: {
      status,
      headers: Object.fromEntries(named.filter(isHeader).map(([name, value]) => [headerName(name), value])),
      body: isBodiless ? "" : body,
    },
    leftOut: [
      ...named.filter((one) => !isHeader(one)).map(([name]) => `its header ${name} cannot be sent`),
      ...(isBodiless ? [`a ${status} cannot have a body, but the recording has one`] : []),
    ],
  };
}

/** Replays a missing response: a client that waited in vain waits again, any other is disconnected again. */
function withoutResponse({ kind, message }: NonNullable<RecordedExchange["failure"]>, durationMs: number): Sendable {
  if (kind === "client-gone" && durationMs === 0)
    return { leftOut: [`${message}, and it is unknown how long its client waited`] };
  const hasWaited = kind === "timeout" || kind === "client-gone";
  return {
    recorded: { status: 0, headers: {}, body: "", wire: { kind: hasWaited ? "black-hole" : "reset" } },
    leftOut: [],
  };
}

function isOfApi(name: string): boolean {
  return name === "content-type" || name === "retry-after" || /^x-(?!mock-)/.test(name);
}

/** Whether a header is valid by RFC 9110 5.1 and 5.5: its name is a token, its value has no control characters. */
function isHeader([name, value]: readonly [string, string]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function headerName(name: string): string {
  return name === "content-type" ? "Content-Type" : name;
}
