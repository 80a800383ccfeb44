import { answers, json, places, value, withHeaders } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const ISO = /^\d{4}-\d\d-\d\dT.*Z$/;

/** Dates that are written in a way that is rarely seen, or by a clock that is off. */
export const unusualDates: readonly UnusualServer[] = [
  unusual(
    "dates to the microsecond",
    dated((text) => text.replace("Z", "417Z")),
  ),
  unusual(
    "dates to the nanosecond",
    dated((text) => text.replace("Z", "000001Z")),
  ),
  unusual(
    "dates without a fraction",
    dated((text) => text.replace(/\.\d+/, "")),
  ),
  unusual(
    "dates to the tenth of a second",
    dated((text) => text.replace(/\.(\d)\d+/, ".$1")),
  ),
  unusual(
    "dates in small letters",
    dated((text) => text.toLowerCase()),
  ),
  unusual(
    "dates at an offset of two hours",
    dated((text) => atOffset(text, 120)),
  ),
  unusual(
    "dates at a negative offset of minutes",
    dated((text) => atOffset(text, -210)),
  ),
  unusual(
    "dates at an offset of nothing",
    dated((text) => text.replace("Z", "+00:00")),
  ),
  unusual("a request without a fraction", value(places.status, "/requestedAt", seconds)),
  unusual("a start without a fraction, in the request's second", {
    ...value(places.status, "/startedAt", seconds),
    aheadMs: 417,
    pendingMs: 200,
  }),
  unusual(
    "a file of a leap second",
    value(places.complete, "/result/createdAt", () => "2016-12-31T23:59:60Z"),
  ),
  unusual("a clock two minutes ahead", { aheadMs: 120_000 }),
  unusual("a clock two minutes behind", { aheadMs: -120_000 }),
  ...[120_000, -120_000].map((aheadMs) =>
    unusual(`a clock ${aheadMs / 1000} s ahead that does not say so`, {
      aheadMs,
      ...answers(
        () => true,
        (answer) => withHeaders(answer, { Date: undefined }),
      ),
    }),
  ),
  unusual("a clock an hour ahead that says so", { aheadMs: 3_600_000 }),
  unusual("a clock an hour behind that says so", { aheadMs: -3_600_000 }),
  unusual(
    "null for dates that do not apply",
    json(places.inFlight, (body) => ({ startedAt: null, completedAt: null, ...body })),
    ["open-question"],
  ),
  unusual(
    "filled dates that do not apply",
    json(places.inFlight, (body, { now }) => ({ startedAt: iso(now), completedAt: iso(now + 9_000_000), ...body })),
    ["open-question"],
  ),
  unusual(
    "filled dates, all of the request",
    json(places.inFlight, ({ requestedAt, ...body }) => ({
      requestedAt,
      startedAt: requestedAt,
      completedAt: requestedAt,
      ...body,
    })),
    ["open-question"],
  ),
  unusual(
    "the start that is planned, while PENDING",
    json(places.pending, (body, { now }) => ({ ...body, startedAt: iso(now + 9_000_000) })),
    ["open-question"],
  ),
  unusual("an end that is written otherwise each time", {
    onBody: (body, { look }) => (look % 2 === 1 ? body : dated((text) => atOffset(text, 60 * look)).onBody(body)),
  }),
];

/** Every date of every body otherwise. */
function dated(change: (text: string) => string) {
  const walk = (node: unknown): unknown => {
    if (typeof node === "string") return ISO.test(node) ? change(node) : node;
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  return { onBody: walk };
}

function seconds(text: unknown): string | undefined {
  return typeof text === "string" ? text.replace(/\.\d+/, "") : undefined;
}

function atOffset(text: string, minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return iso(Date.parse(text) + minutes * 60_000).replace("Z", `${minutes < 0 ? "-" : "+"}${hours}:${rest}`);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
