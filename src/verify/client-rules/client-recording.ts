import { apiPath } from "../../contract/operation.js";
import { grouped } from "../../grouped.js";
import { isObject } from "../../json.js";
import { MOCK_ERRORS } from "../../mock-errors.js";
import { bySending, endOf, isAfter, isPerhapsAfter } from "../order.js";
import type { Recording } from "../read.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import type { Rule, Verdict } from "../rule.js";
import { isEnd, type State } from "../state.js";
import { stateIn } from "./calls.js";

/**
 * A recording as the rules for clients see it: what several of them ask of it is worked out once. A call that the mock
 * refused for the way it was to be steered is left out: it never came as far as HubSpot.
 */
export interface ClientRecording extends Recording {
  /** The last moment at which a call would have been seen, in epoch milliseconds on the client's clock. */
  readonly watchedUntil: number;
  /** Each task with its status calls. */
  readonly followed: readonly Followed[];
  /**
   * Requests of the API that ask for the same, each kind in the order in which it was sent: polls of one task until its
   * end, imports with one body that are to go one way.
   */
  readonly sameRequests: readonly (readonly ReadExchange[])[];
}

/** A rule by which a client is judged. */
export interface ClientRule extends Omit<Rule, "judge"> {
  readonly judge: (recording: ClientRecording) => readonly Verdict[];
}

/** What a client asked about one task, in the order in which it asked. */
export interface Followed {
  readonly id: string;
  readonly calls: readonly ReadExchange[];
  /** The first answer that showed an end. */
  readonly end?: { readonly call: ReadExchange; readonly state: State };
}

/** @param watchedUntil epoch milliseconds; never before the last answer */
export function readClient(all: Recording, watchedUntil = Number.NEGATIVE_INFINITY): ClientRecording {
  const recording = withoutSteering(all);
  const followed = followedTasks(recording);
  return {
    ...recording,
    watchedUntil: all.exchanges.reduce((latest, call) => Math.max(latest, answeredAt(call)), watchedUntil),
    followed,
    sameRequests: sameRequests(recording, followed),
  };
}

function withoutSteering({ exchanges, tasks, ...rest }: Recording): Recording {
  const isJudged = (call: ReadExchange) => !isOfMock(call);
  return {
    ...rest,
    exchanges: exchanges.filter(isJudged),
    tasks: tasks
      .map((task) => ({ ...task, calls: task.calls.filter(isJudged) }))
      .filter(({ accepted, calls }) => accepted !== undefined || calls.length > 0),
  };
}

/** Whether a response is a refusal of the mock's own. */
function isOfMock({ response }: ReadExchange): boolean {
  if (response?.status !== 400 || !isObject(response.json)) return false;
  const { errors } = response.json;
  const [error] = Array.isArray(errors) ? errors : [];
  return isObject(error) && MOCK_ERRORS.some((code) => code === error["code"]);
}

function followedTasks({ tasks }: Recording): readonly Followed[] {
  const byId = new Map(tasks.map(({ id, calls }) => [id, calls]));
  return [...byId].map(([id, calls]) => {
    const ends = calls.flatMap((call) => {
      const state = stateIn(call);
      return state && isEnd(state) ? [{ call, state }] : [];
    });
    const firstAt = ends.reduce((least, { call }) => Math.min(least, endOf(call)), Number.POSITIVE_INFINITY);
    const end = ends.find(({ call }) => endOf(call) === firstAt);
    return { id, calls, ...(end && { end }) };
  });
}

/** The calls of a task that were sent while the client could not know its end. */
export function beforeEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => !isPerhapsAfter(call, end.call)) : calls;
}

/** The calls of a task that nobody would have sent who had read its end. */
export function afterEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => isAfter(call, end.call)) : [];
}

function sameRequests(recording: Recording, followed: readonly Followed[]): readonly (readonly ReadExchange[])[] {
  const late = new Set(followed.flatMap(afterEnd));
  const calls = bySending(recording.exchanges.filter((one) => isOfApi(one) && !late.has(one)));
  const kinds = grouped(calls, (call) => {
    const { operation, id, exchange } = call;
    const { method, url, headers } = exchange.request;
    const steered = operation === "importFromUrl" ? headers["x-mock-scenario"] : undefined;
    return JSON.stringify([operation ?? `${method} ${apiPath(url)}`, id, bodyKey(call), steered]);
  });
  return [...kinds.values()];
}

/** A request's body, equal for equal JSON. One that nobody knows is equal to no other. */
function bodyKey({ index, exchange: { request } }: ReadExchange): string {
  const { body = "", isBodyLeftOut = false } = request;
  if (isBodyLeftOut) return `not recorded, of request ${index}`;
  if (body === "") return body;
  try {
    return JSON.stringify(JSON.parse(body), (_, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
    );
  } catch {
    return body;
  }
}

/** A page's own resources are none of a client's calls, and preflights are the browser's. */
function isOfApi({ exchange: { request } }: ReadExchange): boolean {
  return request.method !== "OPTIONS" && /^\/+files\/+v3\//.test(apiPath(request.url));
}
