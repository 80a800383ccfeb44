import type { OperationId, TaskStatus } from "../contract/contract.js";
import { milliseconds } from "../time.js";
import { type Effect, parseEffect } from "./effect.js";
import type { FaultSource, RangeSource } from "./source.js";

/** An effect, and the conditions under which it applies. All of them have to be true. */
export interface Fault {
  readonly on: readonly OperationId[];
  /** The versions of the API that it applies to; absent for all. */
  readonly versions?: readonly string[];
  /**
   * The first and the last poll that it applies to, counted from 1; with `during`, only polls in those states count.
   * Only for status requests.
   */
  readonly polls: Range;
  /** The first and the last import under its scenario that it applies to, counted from 1. */
  readonly imports: Range;
  /** The state that the task has to show. */
  readonly during?: readonly TaskStatus["status"][];
  /** How long the task has to have ended. */
  readonly afterEndMs?: number;
  /** How long ago the task has to have been requested. */
  readonly afterImportMs?: number;
  /** It applies only while the token is the one of the first request that it applied to. */
  readonly untilNewToken?: true;
  readonly effect: Effect;
}

export type Range = readonly [first: number, last: number];

/** How many polls found a task in each state; absent means none. */
export type PollsInState = Readonly<Partial<Record<TaskStatus["status"], number>>>;

/** What a fault's conditions read of a request. */
export interface Moment {
  readonly operation: OperationId;
  /** The version of the API in the request's path. */
  readonly version: string | undefined;
  /** Which poll of the task this is, or which import under the scenario, from 1. */
  readonly count: number;
  /** For a poll: how many found the task in each state, this one included. */
  readonly inState?: PollsInState;
  /** The state that the task shows, and since when it shows its end. */
  readonly state?: TaskStatus["status"];
  readonly endedForMs?: number;
  /** For a poll: how long ago the task was requested. */
  readonly importedForMs?: number;
  /** Whether the request's token differs from that of the first request that a fault applied to. */
  readonly isNewToken: (fault: Fault) => boolean;
}

/** Returns the first fault that applies to a request, if any. */
export function faultAt(faults: readonly Fault[], moment: Moment): Fault | undefined {
  return faults.find((fault) => {
    const { on, versions, polls, imports, during, afterEndMs, afterImportMs, untilNewToken } = fault;
    const [first, last] = { checkImportStatus: polls, importFromUrl: imports, deleteFile: ALL }[moment.operation];
    const count = countFor(during, moment);
    return (
      on.includes(moment.operation) &&
      (versions === undefined || versions.some((version) => version === moment.version)) &&
      first <= count &&
      count <= last &&
      (during === undefined || (moment.state !== undefined && during.includes(moment.state))) &&
      (afterEndMs === undefined || (moment.endedForMs ?? Number.NEGATIVE_INFINITY) >= afterEndMs) &&
      (afterImportMs === undefined || (moment.importedForMs ?? Number.NEGATIVE_INFINITY) >= afterImportMs) &&
      !(untilNewToken && moment.isNewToken(fault))
    );
  });
}

/**
 * "The second poll that is COMPLETE" is the same at any interval; "the fifth poll" may come before the end, or long
 * after it.
 */
function countFor(during: Fault["during"], { count, inState = {} }: Moment): number {
  return during ? during.reduce((sum, state) => sum + (inState[state] ?? 0), 0) : count;
}

/** Parses a fault from its valid source, whose parameters are resolved. */
export function parseFault(source: FaultSource): Fault {
  const {
    on = ["checkImportStatus"],
    versions,
    polls,
    imports,
    during,
    afterEnd,
    afterImport,
    until,
    ...effect
  } = source;
  return {
    on,
    ...(versions && { versions }),
    polls: range(polls),
    imports: range(imports),
    ...(during && { during }),
    ...(afterEnd !== undefined && { afterEndMs: milliseconds(afterEnd) }),
    ...(afterImport !== undefined && { afterImportMs: milliseconds(afterImport) }),
    ...(until && { untilNewToken: true }),
    effect: parseEffect(effect),
  };
}

const ALL: Range = [1, Number.POSITIVE_INFINITY];

/** Returns the first and the last number of a range in any of its forms. @param source without parameters */
export function range(source: RangeSource | undefined): Range {
  if (source === undefined) return ALL;
  if (typeof source !== "object") return [source as number, source as number];
  if ("after" in source) return [(source.after as number) + 1, Number.POSITIVE_INFINITY];
  if (!("first" in source)) return source as Range;
  const [first, count] = [source.first as number, source.count as number];
  return [first, first + count - 1];
}
