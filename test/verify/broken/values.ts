import { json, type Place, places } from "../twists.js";
import { type BrokenServer, wrongValue } from "./broken-server.js";

const HOUR_MS = 3_600_000;

/** Dates of the request that are another's, or move. */
const requests: readonly BrokenServer[] = [
  requested("the request is from 1970", () => "1970-01-21T16:39:47.200Z"),
  requested("the request was yesterday", (text) => shifted(text, -24 * HOUR_MS)),
  requested("the request is in local time that says UTC", (text) => shifted(text, -5 * HOUR_MS)),
  requested("the request is when one asks", (_, now) => iso(now)),
  requested("the request changes by a second at the end", (text) => shifted(text, 1000), places.end),
  requested("the request changes by a second while it is processed", (text) => shifted(text, -1000), places.processing),
];

/** Dates that are not in their order. */
const orders: readonly BrokenServer[] = [
  misordered("/startedAt", "a start before the request", places.end, -HOUR_MS),
  misordered("/startedAt", "a start before the request, in flight", places.processing, -HOUR_MS),
  misordered("/startedAt", "a start two seconds after the end", places.canceled, 4000, "/completedAt"),
  misordered("/completedAt", "an end before the start", places.end, -HOUR_MS),
  misordered("/completedAt", "an end a millisecond before the start", places.complete, -2001),
  misordered("/result/updatedAt", "a file that is changed before it is made", places.complete, -HOUR_MS),
  {
    name: "an end before the request, and no start",
    twist: json(places.canceled, ({ startedAt: _, ...body }) => ({
      ...body,
      completedAt: shifted(String(body["requestedAt"]), -1000),
    })),
    fails: ["date-order"],
    at: "/completedAt",
  },
];

/** Dates of what has happened that lie in the future. */
const futures: readonly BrokenServer[] = [
  future("/requestedAt", places.status, "2027-09-14T12:00:00Z"),
  future("/startedAt", places.processing, "2026-09-14T13:00:00.000Z"),
  future("/startedAt", places.complete, "2026-09-15T12:00:00Z"),
  future("/completedAt", places.canceled, "2026-10-14T12:00:00.000Z"),
  future("/result/createdAt", places.complete, "5138-11-16T09:46:40Z"),
  future("/result/updatedAt", places.complete, "2026-09-15T14:00:00+02:00"),
  future("/result/archivedAt", places.complete, "2026-09-14T12:11:00Z"),
];

/** Ends that do not stay. */
const changes: readonly BrokenServer[] = [
  changing("/completedAt", "the end is when one asks", (_, { now }) => iso(now)),
  changing("/startedAt", "the start changes after the end", (text) => shifted(String(text), -1)),
  changing("/completedAt", "the end is not shown again", () => undefined, places.canceled),
  changing("/result/id", "a file gets another id", () => "187340999999", places.complete),
  changing("/result/size", "a file grows", (size) => Number(size) + 1, places.complete),
  changing("/result/width", "a file loses its width", () => undefined, places.complete),
  changing("/result/url", "a file moves", (url) => `${url}?v=2`, places.complete),
  changing("/result/access", "a file is opened to all", () => "PUBLIC_INDEXABLE", places.complete),
  changing("/requestedAt", "the request's date goes after the end", () => undefined),
  changing("/numErrors", "errors are counted at first alone", () => undefined, places.canceled),
  changing("/errors", "errors are told at first alone", () => undefined, places.canceled),
  changing("/errors/0/message", "errors are told otherwise", () => "internal error", places.canceled),
];

/** Numbers of errors that are not theirs. */
const counts: readonly BrokenServer[] = [
  wrongValue("error-count", "more errors are counted than told", { at: "/numErrors", place: places.canceled }, () => 3),
  wrongValue("error-count", "an error is told and not counted", { at: "/numErrors", place: places.canceled }, () => 0),
  {
    name: "a complete task counts an error, and tells none",
    twist: json(places.complete, (body) => ({ ...body, numErrors: 1, errors: [] })),
    fails: ["error-count"],
    at: "/numErrors",
  },
];

/** Servers whose values are well formed one by one, and cannot be true. */
export const brokenValues: readonly BrokenServer[] = [...requests, ...orders, ...futures, ...changes, ...counts];

function requested(
  name: string,
  change: (text: string, now: number) => string,
  place: Place = places.status,
): BrokenServer {
  return wrongValue("requested-at", name, { at: "/requestedAt", place }, (text, { now }) => change(String(text), now));
}

function misordered(at: string, name: string, place: Place, byMs: number, reportedAt = at): BrokenServer {
  return { ...wrongValue("date-order", name, { at, place }, (text) => shifted(String(text), byMs)), at: reportedAt };
}

function future(at: string, place: Place, date: string): BrokenServer {
  return wrongValue("no-future", `${at} is ${date}`, { at, place }, () => date);
}

function changing(
  at: string,
  name: string,
  change: Parameters<typeof wrongValue>[3],
  place: Place = places.end,
): BrokenServer {
  const later: Place = (context) => places.laterLook(context) && place(context);
  const [, property] = at.split("/");
  return { ...wrongValue("end-fixed", name, { at, place: later }, change), at: `/${property}` };
}

function shifted(text: string, byMs: number): string {
  return iso(Date.parse(text) + byMs);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
