import { readRetryAfter, retryAfterText } from "../../src/retry-after.js";
import type { RecordedAnswer } from "../../src/task/scenario.js";
import type { RecordedExchange } from "../../src/verify/recording/recording.js";

/** What can be sent of what was once answered, and what cannot. */
export interface Sendable {
  /** Absent where nothing of it can. */
  readonly recorded?: RecordedAnswer;
  /** What is left out, and why: a sentence for each. */
  readonly leftOut: readonly string[];
}

/**
 * An answer of a recording as it can be sent again. Of its headers what the API says: length, encoding and connection
 * are the mock's own.
 */
export function sendableAnswer({ response, failure, startedAt, durationMs }: RecordedExchange): Sendable {
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
