import ms from "ms";
import type { StandardError } from "../contract/contract.js";
import type { OperationId } from "../contract/operation.js";
import { UserError } from "../user-error.js";
import type { ErrorName } from "./hubspot-error.js";

/** What a task does, step by step, and what goes wrong on the way. Read from a file by `parseScenario`. */
export interface Scenario {
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  readonly tags: readonly string[];
  /** At least one; all but the last are left after a while, the last is kept for good. */
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
  /** The checks of `verify` that its answers fail, by id; absent when they keep the contract. */
  readonly breaks?: readonly string[];
  /** Set where the scenario is what a server once did. Its steps then say what was answered. */
  readonly recording?: TaskRecording;
}

/** What a recorded task was, beside its answers. */
interface TaskRecording {
  /** Imports of this url get this scenario. */
  readonly importUrl?: string;
  /** The task's id then; in what is answered it becomes the task's id of today. */
  readonly taskId: string;
  /** When the import was sent, in epoch milliseconds; dates are told as far from today's import as they were from it. */
  readonly importedAt: number;
  /** What the imports of that url were answered, in order; the last one goes on. */
  readonly imports: readonly RecordedAnswer[];
}

/** An answer that is given again, word for word but for id, links and dates. */
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Step = FlightStep | EndStep;

interface FlightStep {
  readonly state: "PENDING" | "PROCESSING";
  /** Milliseconds; Infinity when nothing but a person moves it on. */
  readonly forMs: number;
  /** How many polls see it, when polls are what moves tasks. */
  readonly polls: number;
  readonly recorded?: RecordedAnswer;
}

export type EndStep =
  | {
      readonly state: "COMPLETE" | "CANCELED";
      readonly errors: number;
      /** What its errors say, where that is not the usual. */
      readonly error?: Partial<StandardError>;
      readonly recorded?: RecordedAnswer;
    }
  /** The import fails, in the way that the `failure` option chooses: what HubSpot does is not published. */
  | { readonly state: "FAILURE" };

/** An answer that is not what the task would say. It never moves the task. */
export type Fault = {
  readonly on: readonly OperationId[];
  /** The first and the last poll that meets it, counted from 1; only for the status call. */
  readonly polls: readonly [first: number, last: number];
} & ({ readonly error: ErrorName; readonly retryAfterMs?: number } | { readonly body: "truncated" });

/** A scenario as it stands in a file. @see spec/scenario.schema.json */
export interface ScenarioSource {
  readonly summary: string;
  readonly tags?: readonly string[];
  readonly steps: readonly {
    readonly state: Step["state"];
    readonly for?: string;
    readonly polls?: number;
    readonly errors?: number;
  }[];
  readonly faults?: readonly {
    readonly on?: readonly OperationId[];
    readonly polls?: number | readonly [number, number];
    readonly error?: ErrorName;
    readonly retryAfter?: string;
    readonly body?: "truncated";
  }[];
  readonly breaks?: readonly string[];
}

/** What is wrong with a scenario's source, and where. */
export interface ScenarioProblem {
  /** JSON pointer, such as `/steps/1/for`. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * A scenario from its source, which `spec/scenario.schema.json` describes.
 *
 * @param name what it is chosen by: lower-case letters, digits and hyphens
 * @throws UserError `scenario-file`, with the property that is wrong
 * @example parseScenario("stuck", { summary: "Never starts.", steps: [{ state: "PENDING" }] }).steps[0].forMs; // Infinity
 */
export function parseScenario(name: string, source: ScenarioSource): Scenario {
  const [problem] = findProblems(source);
  if (problem) throw new UserError("scenario-file", `${name} ${problem.pointer}: ${problem.message}`);
  return {
    name,
    summary: source.summary,
    tags: source.tags ?? [],
    steps: source.steps.map(parseStep),
    faults: (source.faults ?? []).map(parseFault),
    ...(source.breaks !== undefined && { breaks: source.breaks }),
  };
}

/**
 * What a JSON Schema cannot say of a scenario: the last step stays, the others pass, a task never goes back, and a
 * range of polls begins before it ends.
 *
 * @example findProblems({ summary: "s", steps: [{ state: "PENDING", for: "1s" }] })[0].pointer; // "/steps/0/for"
 */
export function findProblems({ steps, faults = [] }: ScenarioSource): readonly ScenarioProblem[] {
  const reversed = faults.flatMap(({ polls }, index) => {
    if (typeof polls !== "object" || polls[0] <= polls[1]) return [];
    return [{ pointer: `/faults/${index}/polls`, message: `[${polls.join(", ")}] ends before it begins.` }];
  });
  return [...findStepProblems(steps), ...reversed];
}

function findStepProblems(steps: ScenarioSource["steps"]): readonly ScenarioProblem[] {
  const order = ["PENDING", "PROCESSING"];
  if (steps.length === 0) return [{ pointer: "/steps", message: "needs at least one step." }];
  return steps.flatMap(({ state, for: duration }, index) => {
    const pointer = `/steps/${index}`;
    if (![...order, "COMPLETE", "CANCELED", "FAILURE"].includes(state)) {
      return [{ pointer: `${pointer}/state`, message: `"${state}" is no state of a scenario.` }];
    }
    if (duration !== undefined && !DURATION.test(duration)) {
      return [{ pointer: `${pointer}/for`, message: `"${duration}" is not a duration. Write 2s or 2000ms.` }];
    }
    const isLast = index === steps.length - 1;
    const before = steps[index - 1]?.state ?? "PENDING";
    if (isLast && duration !== undefined) {
      return [{ pointer: `${pointer}/for`, message: "the last step is kept for good. Remove for, or add a step." }];
    }
    if (!isLast && !order.includes(state)) return [{ pointer, message: `${state} is an end. Make it the last step.` }];
    if (!isLast && duration === undefined) return [{ pointer, message: "only the last step may lack for." }];
    if (order.includes(state) && order.indexOf(state) < order.indexOf(before)) {
      return [{ pointer, message: `a task never goes back from ${before} to ${state}.` }];
    }
    return [];
  });
}

/** As in spec/scenario.schema.json. */
const DURATION = /^(0|[1-9]\d{0,8})(\.\d{1,3})?(ms|s|m|h|d)$/;

function parseStep(step: ScenarioSource["steps"][number]): Step {
  switch (step.state) {
    case "PENDING":
    case "PROCESSING":
      return {
        state: step.state,
        forMs: step.for === undefined ? Number.POSITIVE_INFINITY : milliseconds(step.for),
        polls: step.polls ?? 1,
      };
    case "FAILURE":
      return { state: step.state };
    default:
      return { state: step.state, errors: step.errors ?? 0 };
  }
}

function parseFault(fault: NonNullable<ScenarioSource["faults"]>[number]): Fault {
  const { on = ["checkImportStatus"], polls = [1, Number.POSITIVE_INFINITY], error, retryAfter } = fault;
  const when = { on, polls: typeof polls === "number" ? ([polls, polls] as const) : polls };
  if (error === undefined) return { ...when, body: "truncated" };
  return { ...when, error, ...(retryAfter !== undefined && { retryAfterMs: milliseconds(retryAfter) }) };
}

/** The schema's pattern admits only what `ms` reads. */
function milliseconds(duration: string): number {
  return ms(duration as ms.StringValue);
}
