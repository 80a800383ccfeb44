import type { OperationId } from "../contract/contract.js";
import { STATES } from "../contract/contract.js";
import type { Exchange } from "../exchange/exchange.js";
import type { ScenarioCoverage, Share } from "../exchange/session-journal.js";
import { effectLabel } from "../scenario/effect.js";
import { baseName } from "../scenario/reference.js";
import { type Limits, limitLabel, type Scenario } from "../scenario/scenario.js";
import { UserError } from "../user-error.js";
import type { Journal, JournalEntry } from "./journal.js";

/** Selects exchanges. A property that is absent matches all. */
export interface Criteria {
  readonly operation?: OperationId;
  readonly method?: string;
  readonly taskId?: string;
  /** The response's HTTP status. */
  readonly status?: number;
  /** The state that the response showed. */
  readonly state?: string;
  readonly scenario?: string;
  /** The version of the API, such as `2026-09`. */
  readonly version?: string;
}

/** Exchanges, and how often they are expected. Without a number: at least once. */
export interface Expectation extends Criteria {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly exactly?: number;
}

/** The result of an expectation. */
export interface Verified {
  readonly passed: boolean;
  readonly count: number;
  /** What was expected and what was seen, in one sentence. */
  readonly message: string;
  /** Numbers of the exchanges that match. */
  readonly exchanges: readonly number[];
  /** How many older exchanges the journal has evicted. They are not counted. */
  readonly forgotten: number;
}

/** Returns the exchanges of a journal that match, the oldest first. */
export function findEntries(entries: readonly JournalEntry[], criteria: Criteria): readonly JournalEntry[] {
  const { operation, method, taskId, status, state, scenario, version } = criteria;
  return entries.filter(
    (entry) =>
      (operation === undefined || entry.operation === operation) &&
      (method === undefined || entry.request.method === method.toUpperCase()) &&
      (taskId === undefined || entry.taskId === taskId) &&
      (status === undefined || entry.response.status === status) &&
      (state === undefined || entry.state === state) &&
      (version === undefined || entry.version === version) &&
      (scenario === undefined || isScenario(entry.scenario?.name, scenario)),
  );
}

/** Whether a scenario is the wanted one. A wanted name without parameters matches all their values. */
function isScenario(name: string | undefined, wanted: string): boolean {
  return name === wanted || (name !== undefined && baseName(name) === wanted);
}

/**
 * Checks whether exchanges occurred as often as expected. If the journal has evicted some, no upper limit can be confirmed.
 *
 * @throws UserError `invalid-expectation` for contradictory numbers
 * @example verifyJournal(journal, { taskId, operation: "checkImportStatus", atLeast: 3 }).passed; // true
 */
export function verifyJournal(journal: Journal, expectation: Expectation): Verified {
  const { atLeast, atMost, exactly, ...criteria } = expectation;
  // A request that a transport sent again by itself does not count as the client's.
  const found = findEntries(
    journal.entries().filter(({ repeatOf }) => repeatOf === undefined),
    criteria,
  );
  const [least, most] = boundsOf(expectation);
  const forgotten = journal.forgotten();
  const isBlind = forgotten > 0 && most !== Number.POSITIVE_INFINITY;
  const passed = least <= found.length && found.length <= most && !isBlind;
  const memory =
    forgotten > 0
      ? ` ${forgotten} older exchanges were evicted${isBlind ? ", so it is unknown whether there were more" : ""}.`
      : "";
  const message = `expected ${quantity(least, most)} of ${describe(criteria)}, saw ${found.length}.${memory}`;
  return { passed, count: found.length, message, exchanges: found.map(({ id }) => id), forgotten };
}

function describe(criteria: Criteria): string {
  const text = JSON.stringify(criteria);
  return text === "{}" ? "any request" : text;
}

function boundsOf({ atLeast, atMost, exactly }: Expectation): readonly [least: number, most: number] {
  const isTwice = exactly !== undefined && (atLeast !== undefined || atMost !== undefined);
  if (isTwice || (atLeast ?? 0) > (atMost ?? Number.POSITIVE_INFINITY)) {
    const given = JSON.stringify({ atLeast, atMost, exactly });
    throw new UserError(
      "invalid-expectation",
      `${given} cannot be true of any number. Give exactly, or atLeast not greater than atMost.`,
    );
  }
  if (exactly !== undefined) return [exactly, exactly];
  if (atLeast === undefined && atMost === undefined) return [1, Number.POSITIVE_INFINITY];
  return [atLeast ?? 0, atMost ?? Number.POSITIVE_INFINITY];
}

function quantity(least: number, most: number): string {
  if (least === most) return `exactly ${least}`;
  if (most === Number.POSITIVE_INFINITY) return `at least ${least}`;
  return least === 0 ? `at most ${most}` : `${least} to ${most}`;
}

/** What a run has exercised so far. Unlike the journal, it evicts nothing. */
export interface Exercised {
  readonly scenarios: Set<string>;
  readonly states: Set<string>;
  /** Labels of the effects that were applied, such as `error rate-limited`. */
  readonly faults: Set<string>;
}

export function createExercised(): Exercised {
  return { scenarios: new Set(), states: new Set(), faults: new Set() };
}

export function noteExercised(exercised: Exercised, { scenario, state, effect }: Exchange): void {
  if (scenario) exercised.scenarios.add(baseName(scenario.name));
  if (state !== undefined) exercised.states.add(state);
  if (effect !== undefined) exercised.faults.add(effect);
}

/** @param scenarios all that can be exercised */
export function coverScenarios(exercised: Exercised, scenarios: readonly Scenario[]): ScenarioCoverage {
  const shares = {
    scenarios: share(
      scenarios.map(({ name }) => name),
      exercised.scenarios,
    ),
    states: share(STATES, exercised.states),
    faults: share(effectLabels(scenarios), exercised.faults),
  };
  const all = Object.values(shares);
  const hit = all.reduce((sum, one) => sum + one.met.length, 0);
  const total = all.reduce((sum, one) => sum + one.met.length + one.missed.length, 0);
  return { percent: Math.round((hit / total) * 1000) / 10, ...shares };
}

function share(all: readonly string[], met: ReadonlySet<string>): Share {
  return { met: all.filter((one) => met.has(one)), missed: all.filter((one) => !met.has(one)) };
}

/** Returns the labels of all effects and limits of some scenarios, sorted. */
function effectLabels(scenarios: readonly Scenario[]): readonly string[] {
  const labels = scenarios.flatMap(({ faults, limits = {} }) => [
    ...faults.map(({ effect }) => effectLabel(effect)),
    ...(Object.keys(limits) as (keyof Limits)[]).map(limitLabel),
  ]);
  return [...new Set(labels)].sort();
}
