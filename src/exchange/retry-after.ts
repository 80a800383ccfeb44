import { instantOf } from "../time.js";

/** The wait that a response asks for. */
export interface RetryAfter {
  /** Milliseconds from the arrival of the response; 0 to 2^31 seconds. */
  readonly ms: number;
  /** Whether it was given as a date, which is less precise: both clocks are rounded down to a second. */
  readonly isDate: boolean;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Reads `Retry-After`: seconds, or a date in one of HTTP's three forms, relative to the response's `Date`.
 *
 * A repeated header is joined by commas. Of different values the longest counts, which satisfies them all.
 *
 * @param headers names in lower case
 * @param cameAt when the response came, in epoch milliseconds; used if there is no valid `Date`
 * @returns undefined without a valid value
 * @see RFC 9110 10.2.3, 5.3 and 5.6.7
 * @example readRetryAfter({ "retry-after": "3, 3" }, Date.now()); // { ms: 3000, isDate: false }
 */
export function readRetryAfter(headers: Headers, cameAt: number): RetryAfter | undefined {
  const text = headers["retry-after"];
  // The fast path: called for each poll of a recording, and nearly none has the header.
  const values = text === undefined ? [] : valuesOf(text);
  if (values.length === 0) return undefined;
  const sentAt = readDate(headers["date"], cameAt) ?? cameAt;
  const waits = values.map((value) => readValue(value, sentAt));
  return waits.reduce((longest, wait) => (longest && wait && wait.ms <= longest.ms ? longest : longest && wait));
}

/** The milliseconds of {@link readRetryAfter}. */
export function retryAfterMs({ headers }: { readonly headers: Headers }, cameAt: number): number | undefined {
  return readRetryAfter(headers, cameAt)?.ms;
}

/** Whether a text is a valid value of `Retry-After`. An empty text is valid and asks for no wait. */
export function isRetryAfter(text: string): boolean {
  return valuesOf(text).every((value) => readValue(value, 0) !== undefined);
}

/** Renders a wait as `Retry-After`, rounded up to whole seconds. @example retryAfterText(1500); // "2" */
export function retryAfterText(ms: number): string {
  return `${Math.ceil(ms / 1000)}`;
}

/** RFC 9111 1.2.2: the value for a number of seconds that is too large to represent. */
const MAX_SECONDS = 2 ** 31;

function readValue(text: string, sentAt: number): RetryAfter | undefined {
  if (/^\d+$/.test(text)) return { ms: Math.min(Number(text), MAX_SECONDS) * 1000, isDate: false };
  const until = parseHttpDate(text, sentAt);
  if (until === undefined) return undefined;
  return { ms: Math.min(Math.max(0, until - sentAt), MAX_SECONDS * 1000), isDate: true };
}

/** Parses a date header; undefined if it is invalid, or has several different values. */
function readDate(text: string | undefined, now: number): number | undefined {
  const [first, ...others] = valuesOf(text);
  return first === undefined || others.length > 0 ? undefined : parseHttpDate(first, now);
}

/**
 * Splits a repeated header into its different values, which are separated by commas or, by some tools, line ends. A comma
 * within a date does not separate. A text with other characters than ASCII is a single, invalid value.
 */
function valuesOf(text = ""): readonly string[] {
  if (/[^\t\n\r -~]/.test(text)) return [text];
  const values = text.split(/,(?! \d\d[ -][A-Z])|\n/).map((value) => value.trim());
  return values.some(Boolean) ? [...new Set(values)] : [];
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].join("|");
const LONG_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].join("|");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<month>${MONTHS.join("|")})`;
const TIME = String.raw`(?<time>\d\d:\d\d:\d\d)`;

/** IMF-fixdate, and the two obsolete forms that recipients must accept: RFC 850 and asctime. */
const FORMS = [
  new RegExp(String.raw`^(?:${DAYS}), (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT$`),
  new RegExp(String.raw`^(?:${LONG_DAYS}), (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT$`),
  new RegExp(String.raw`^(?:${DAYS}) ${MONTH} (?<day>\d\d| \d) ${TIME} (?<year>\d{4})$`),
];

/** @param now epoch milliseconds; a two-digit year is at most 50 years later */
function parseHttpDate(text: string, now: number): number | undefined {
  for (const form of FORMS) {
    const { day = "", month = "", year = "", time } = form.exec(text)?.groups ?? {};
    if (time === undefined) continue;
    const latest = new Date(now).getUTCFullYear() + 50;
    const fullYear = year.length === 4 ? year : latest - ((latest - Number(year)) % 100);
    const number = `${MONTHS.indexOf(month) + 1}`.padStart(2, "0");
    return instantOf(`${fullYear}-${number}-${day.replace(" ", "0")}T${time}Z`);
  }
  return undefined;
}
