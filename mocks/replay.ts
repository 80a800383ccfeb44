import { isDeepStrictEqual } from "node:util";
import type { RecordedExchange } from "../src/exchange/exchange.js";
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
 * The tasks of a HAR file as scenarios: `replay-1`, `replay-2` and so on, in the order of their imports. Each answers what
 * was answered, in its order and its timing; an import of a recorded url gets the scenario of that import.
 *
 * @param tell told what of the recording is not replayed, and why
 * @throws UserError `recording-file` if the file is no HAR, holds no import, or none of their answers
 * @example startMock({ scenarios: [...(await readScenarios()), ...(await readReplay("sandbox.har"))] });
 */
export async function readReplay(
  file: string,
  tell: (leftOut: readonly LeftOut[]) => void = () => {},
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
    throw new UserError("recording-file", `${file} holds no import. Record one with verify --record FILE.har.`);
  }
  const unsent = exchanges.flatMap((one, index) =>
    sendableAnswer(one).leftOut.map((why) => ({ place: places[index] ?? "", why })),
  );
  tell([...leftOut.filter(({ place }) => !places.includes(place)), ...unsent]);
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
    summary: `What a server did with ${importUrl ?? "an import"} on ${isoDate(importedAt).slice(0, 10)}.`,
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

/** A step for each answer; one that says the same as the one before goes on saying it. */
function toSteps({ calls }: TaskRecord, importedAt: number): readonly Step[] {
  const frames = calls
    .flatMap((call) => recordedOf(call).map((recorded) => ({ call, recorded })))
    .filter(({ recorded }, index, all) => !isDeepStrictEqual(recorded, all[index - 1]?.recorded))
    .filter(isHeard);
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

/** Whoever leaves a page breaks off its last call: a task that has ended goes on as it ended, not unanswered. */
function isHeard({ recorded }: Frame, index: number, frames: readonly Frame[]): boolean {
  if (recorded.status !== 0 || index < frames.length - 1) return true;
  const before = frames[index - 1];
  const state = before && taskIn(before.call.response)?.state;
  return state === undefined || !isEnd(state);
}

/**
 * When each answer begins to be given: when the task says that it changed, else half-way between the poll that got it and
 * the one before. A client that polls at the same pace, a little sooner or later, meets the same then.
 */
function startsOf(frames: readonly ReadExchange[], calls: readonly ReadExchange[], importedAt: number) {
  const polledAt = calls.map(({ exchange }) => exchange.startedAt);
  return givenAt(frames, calls, importedAt).map((at, index) => {
    const before = polledAt.findLast((one) => one < at);
    if (index === 0 || before === undefined) return at;
    const changed = changedAt(frames[index]);
    return changed !== undefined && before < changed && changed <= at ? changed : (before + at) / 2;
  });
}

/** When the task came into the state that an answer tells, as the answer says. */
function changedAt(call: ReadExchange | undefined): number | undefined {
  const { state, task } = taskIn(call?.response) ?? {};
  if (state === undefined || state === "PENDING") return undefined;
  return instantOf(task?.[isEnd(state) ? "completedAt" : "startedAt"]);
}

/**
 * When each answer was given, or the next poll where none would ever meet the one before it. A run looks at a task's link
 * in the same moment in which it sees its end.
 */
function givenAt(frames: readonly ReadExchange[], calls: readonly ReadExchange[], importedAt: number) {
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
  const { recorded } = sendableAnswer(exchange);
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

/** What can be sent of what was once answered, and what cannot. */
interface Sendable {
  /** Absent where nothing of it can. */
  readonly recorded?: RecordedAnswer;
  /** What is left out, and why: a sentence for each. */
  readonly leftOut: readonly string[];
}

/**
 * An answer of a recording as it can be sent again. Of its headers what the API says: length, encoding and connection
 * are the mock's own.
 */
function sendableAnswer({ response, failure, startedAt, durationMs }: RecordedExchange): Sendable {
  if (!response) return failure ? unanswered(failure, durationMs) : { leftOut: [] };
  // Nobody here has asked whether it is still what it was.
  const { status, headers, body, flaw } = response.stored ?? response;
  if (flaw === "not-recorded") return { leftOut: ["its body is not in the recording"] };
  if (status < 200 || status > 599) return { leftOut: [`no answer can have the status ${status}`] };
  const asked = readRetryAfter(headers, startedAt + durationMs);
  // A date of that day has passed today.
  const wait = asked?.isDate ? { "retry-after": retryAfterText(asked.ms) } : {};
  const named = Object.entries({ ...headers, ...wait }).filter(([name]) => isOfApi(name));
  const isBodiless = BODILESS.includes(status) && body !== "";
  return {
    recorded: {
      status,
      headers: Object.fromEntries(named.filter(isHeader).map(([name, value]) => [title(name), value])),
      body: isBodiless ? "" : body,
    },
    leftOut: [
      ...named.filter((one) => !isHeader(one)).map(([name]) => `its header ${name} cannot be sent`),
      ...(isBodiless ? [`a ${status} has no body, which the recording has`] : []),
    ],
  };
}

/** A client that waited in vain waits again; another is cut off, as it was. */
function unanswered({ kind, message }: NonNullable<RecordedExchange["failure"]>, durationMs: number): Sendable {
  if (kind === "client-gone" && durationMs === 0) return { leftOut: [`${message}; nor how long its client waited`] };
  const hasWaited = kind === "timeout" || kind === "client-gone";
  return {
    recorded: { status: 0, headers: {}, body: "", wire: { kind: hasWaited ? "black-hole" : "reset" } },
    leftOut: [],
  };
}

/** To these no server sends a body, and no client reads one. */
const BODILESS: readonly number[] = [204, 205, 304];

function isOfApi(name: string): boolean {
  return name === "content-type" || name === "retry-after" || /^x-(?!mock-)/.test(name);
}

/** As RFC 9110 has it, 5.1 and 5.5: a token, and bytes that are no controls. */
function isHeader([name, value]: readonly [string, string]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function title(name: string): string {
  return name === "content-type" ? "Content-Type" : name;
}
