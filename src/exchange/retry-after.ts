import { instantOf } from "../time.js";

/** How long a response asks to wait. */
export interface RetryAfter {
  /** From when the response came, in milliseconds; from 0 to 2^31 seconds. */
  readonly ms: number;
  /** A date is as exact as the two clocks agree, and both are cut to a second. */
  readonly isDate: boolean;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Reads `Retry-After`: seconds, or a date in one of HTTP's three forms, which is read against the response's own `Date`.
 *
 * A header that came several times is joined by commas. Of different values the longest counts: who waits that long has
 * waited for each.
 *
 * @param headers names in lower case
 * @param cameAt when the response came, in epoch milliseconds: the client's clock serves where there is no valid `Date`
 * @returns undefined where nothing valid is asked for
 * @see RFC 9110 10.2.3, 5.3 and 5.6.7
 * @example readRetryAfter({ "retry-after": "3, 3" }, Date.now()); // { ms: 3000, isDate: false }
 */
export function readRetryAfter(headers: Headers, cameAt: number): RetryAfter | undefined {
  const text = headers["retry-after"];
  // Asked of each poll of a recording, and nearly none has it.
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

/** Whether a header's text has a form that HTTP gives `Retry-After`. An empty one asks for nothing. */
export function isRetryAfter(text: string): boolean {
  return valuesOf(text).every((value) => readValue(value, 0) !== undefined);
}

/** `Retry-After` for a wait: whole seconds, so that nobody comes too early. @example retryAfterText(1500); // "2" */
export function retryAfterText(ms: number): string {
  return `${Math.ceil(ms / 1000)}`;
}

/** RFC 9111 1.2.2: what a recipient takes a number of seconds for that it cannot represent. */
const MOST_SECONDS = 2 ** 31;

function readValue(text: string, sentAt: number): RetryAfter | undefined {
  if (/^\d+$/.test(text)) return { ms: Math.min(Number(text), MOST_SECONDS) * 1000, isDate: false };
  const until = parseHttpDate(text, sentAt);
  if (until === undefined) return undefined;
  return { ms: Math.min(Math.max(0, until - sentAt), MOST_SECONDS * 1000), isDate: true };
}

/** The date of a header; undefined where it is none, or several that differ. */
function readDate(text: string | undefined, now: number): number | undefined {
  const [first, ...others] = valuesOf(text);
  return first === undefined || others.length > 0 ? undefined : parseHttpDate(first, now);
}

/**
 * The different values of a header that may have come several times: joined by commas, or by lines as some tools do. A date has a
 * comma of its own. White space is that of HTTP: what has any other character is one value, and a wrong one.
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

/** IMF-fixdate, and the two obsolete forms that a recipient has to read: RFC 850's and asctime's. */
const FORMS = [
  new RegExp(String.raw`^(?:${DAYS}), (?<day>\d\d) ${MONTH} (?<year>\d{4}) ${TIME} GMT$`),
  new RegExp(String.raw`^(?:${LONG_DAYS}), (?<day>\d\d)-${MONTH}-(?<year>\d\d) ${TIME} GMT$`),
  new RegExp(String.raw`^(?:${DAYS}) ${MONTH} (?<day>\d\d| \d) ${TIME} (?<year>\d{4})$`),
];

/** @param now epoch milliseconds: a year of two digits is at most 50 years ahead of it */
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
