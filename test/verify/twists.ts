import type { Answer, Context, Json, Refusal, Twist } from "./server/twist.js";

/** Which answers are meant. */
export type Place = (context: Context) => boolean;

export const places = {
  locator: ({ kind }) => kind === "accept",
  pending: ({ kind, task, now }) => kind === "poll" && now < (task?.startedAt ?? 0),
  processing: ({ kind, task, now }) => kind === "poll" && now >= (task?.startedAt ?? 0),
  inFlight: ({ kind }) => kind === "poll",
  complete: ({ kind, task }) => kind === "end" && task?.isFailing === false,
  canceled: ({ kind, task }) => kind === "end" && task?.isFailing === true,
  end: ({ kind }) => kind === "end",
  status: ({ kind }) => kind === "poll" || kind === "end",
  refusal: ({ kind }) => kind === "refusal",
  deletion: ({ kind }) => kind === "delete",
  nowhere: ({ kind }) => kind === "nowhere",
  firstPoll: ({ poll }) => poll === 1,
  laterLook: ({ look }) => look > 1,
} as const satisfies Readonly<Record<string, Place>>;

export type PlaceName = keyof typeof places;

/** Refusals of one kind. */
export function refusing(refusal: Refusal): Place {
  return (context) => context.refusal === refusal;
}

/** Changes the JSON of some answers. */
export function json(place: Place, change: (body: Json, context: Context) => unknown): Twist {
  return { onBody: (body, context) => (place(context) ? change(body, context) : body) };
}

/** Changes one value in the JSON of some answers; `undefined` takes it out. */
export function value(
  place: Place,
  pointer: string,
  change: (value: unknown, context: Context) => unknown,
): Pick<Twist, "onBody"> {
  return json(place, (body, context) => withValue(body, pointer, change(valueAt(body, pointer), context)));
}

/** Changes some answers. */
export function answers(
  place: Place,
  change: (answer: Answer, context: Context) => ReturnType<NonNullable<Twist["onAnswer"]>>,
): Twist {
  return { onAnswer: (answer, context) => (place(context) ? change(answer, context) : answer) };
}

/** Some headers of an answer otherwise; `undefined` takes one out. */
export function withHeaders(answer: Answer, changes: Readonly<Record<string, string | undefined>>): Answer {
  const headers = Object.entries({ ...answer.headers, ...changes });
  return { ...answer, headers: Object.fromEntries(headers.flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))) };
}

/** An error of HubSpot's in place of an answer. */
export function asError(answer: Answer, status: number, message = "not now"): Answer {
  const correlationId = answer.headers["X-HubSpot-Correlation-Id"];
  const body = JSON.stringify({ status: "error", message, correlationId });
  return { ...withHeaders(answer, { "Content-Type": "application/json;charset=utf-8" }), status, body };
}

/** A page in place of an answer, as the edge or a proxy makes it. */
export function asPage(answer: Answer, status = answer.status): Answer {
  return { ...withHeaders(answer, { "Content-Type": "text/html" }), status, body: "<!DOCTYPE html><h1>Not now</h1>" };
}

/** A value with another one at a JSON pointer; `undefined` takes it out. */
export function withValue(body: unknown, pointer: string, inner: unknown): unknown {
  const [, key = "", ...rest] = pointer.split("/");
  if (pointer === "") return inner;
  const copy = (Array.isArray(body) ? [...body] : { ...(body as Json) }) as Record<string, unknown>;
  const at = rest.length === 0 ? inner : withValue(copy[key], `/${rest.join("/")}`, inner);
  if (at === undefined) delete copy[key];
  else copy[key] = at;
  return copy;
}

export function statusPath(id: string | undefined): string {
  return `/files/v3/files/import-from-url/async/tasks/${id}/status`;
}

function valueAt(body: unknown, pointer: string): unknown {
  const parts = pointer.split("/").slice(1);
  return parts.reduce((node: unknown, part) => (node as Json | undefined)?.[part], body);
}
