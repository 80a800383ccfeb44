import { TASK_ERROR } from "../task-error.js";
import { readArgument } from "./parameters.js";
import type { FaultSource, ParameterSource, ScenarioSource, StepSource } from "./source.js";

/**
 * A scenario's source with the parameters that each scenario of its kind has without declaring them: `queued` and `stored`
 * where it has one timed PENDING or PROCESSING step, `message` and `category` where it ends with errors, `poll` where one
 * of its faults begins at a certain poll. A parameter that it
 * declares under one of these names, and a value that it takes from a parameter, stay its own.
 *
 * @param source one without problems
 * @example withSharedParameters({ summary: "s", steps: [{ state: "PENDING", for: "2s" }, { state: "COMPLETE" }] }).steps[0];
 * // { state: "PENDING", for: "$queued" }
 */
export function withSharedParameters(source: ScenarioSource): ScenarioSource {
  const { parameters: own = {}, steps, faults } = source;
  const shared: Record<string, ParameterSource> = {};

  /** What stands for a value: the shared parameter, or the value itself. */
  function share<Value extends string | number>(
    name: string,
    value: Value,
    { description, ...kind }: Pick<ParameterSource, "type" | "minimum" | "maximum"> & { readonly description: string },
  ): Value | `$${string}` {
    const parameter = { ...kind, default: value, description };
    if (name in own || /^\$[a-z]/.test(`${value}`) || readArgument(parameter, `${value}`) === undefined) return value;
    shared[name] = parameter;
    return `$${name}`;
  }

  const shareWait = (step: StepSource, name: string): StepSource => {
    const { state, for: wait } = step;
    const isOnly = steps.filter((one) => one.state === state && one.for !== undefined).length === 1;
    if (wait === undefined || !isOnly) return step;
    return {
      ...step,
      for: share(name, wait, { type: "duration", description: `How long it is ${state} under pace time.` }),
    };
  };

  const changed = steps.map((step): StepSource => {
    const { state, errors = 0, error } = step;
    if (state === "PENDING") return shareWait(step, "queued");
    if (state === "PROCESSING") return shareWait(step, "stored");
    if (state !== "FAILURE" && errors === 0) return step;
    const { message, category } = { ...TASK_ERROR, ...error };
    return {
      ...step,
      error: {
        ...error,
        message: share("message", message, { type: "string", description: "What its errors say." }),
        category: share("category", category, { type: "string", description: "The category of its errors." }),
      },
    };
  });
  const begin = faults?.map(firstAndCount);
  const isOneOnly = begin?.filter(Boolean).length === 1;
  const changedFaults = faults?.map((fault, index): FaultSource => {
    const range = isOneOnly ? begin?.[index] : undefined;
    if (!range) return fault;
    const kind = { type: "integer", minimum: 1, maximum: 1000 } as const;
    const first = share("poll", range.first, { ...kind, description: "The first poll that meets it." });
    return { ...fault, polls: { ...range, first } };
  });
  return {
    ...source,
    parameters: { ...own, ...shared },
    steps: changed,
    ...(changedFaults && { faults: changedFaults }),
  };
}

/** From which poll on a fault meets how many; undefined where it counts them otherwise, or all of them meet it. */
function firstAndCount({ polls, during }: FaultSource): { first: number; count: number | `$${string}` } | undefined {
  if (polls === undefined || during) return undefined;
  if (typeof polls === "number") return { first: polls, count: 1 };
  if (typeof polls === "string" || "after" in polls) return undefined;
  if ("first" in polls) return typeof polls.first === "number" ? { first: polls.first, count: polls.count } : undefined;
  const [first, last] = polls;
  return typeof first === "number" && typeof last === "number" ? { first, count: last - first + 1 } : undefined;
}
