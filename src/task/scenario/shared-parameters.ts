import { TASK_ERROR } from "../task-error.js";
import { readArgument } from "./parameters.js";
import type { ParameterSource, ScenarioSource, StepSource } from "./source.js";

/**
 * A scenario's source with the parameters that each scenario of its kind has without declaring them: `queued` and `stored`
 * where it has one timed PENDING or PROCESSING step, `message` and `category` where it ends with errors. A parameter that it
 * declares under one of these names, and a value that it takes from a parameter, stay its own.
 *
 * @param source one without problems
 * @example withSharedParameters({ summary: "s", steps: [{ state: "PENDING", for: "2s" }, { state: "COMPLETE" }] }).steps[0];
 * // { state: "PENDING", for: "$queued" }
 */
export function withSharedParameters(source: ScenarioSource): ScenarioSource {
  const { parameters: own = {}, steps } = source;
  const shared: Record<string, ParameterSource> = {};

  /** What stands for a value: the shared parameter, or the value itself. */
  function share(name: string, value: string, description: string, type: "duration" | "string"): string {
    const parameter = { type, default: value, description };
    if (name in own || /^\$[a-z]/.test(value) || readArgument(parameter, value) === undefined) return value;
    shared[name] = parameter;
    return `$${name}`;
  }

  const shareWait = (step: StepSource, name: string): StepSource => {
    const { state, for: wait } = step;
    const isOnly = steps.filter((one) => one.state === state && one.for !== undefined).length === 1;
    if (wait === undefined || !isOnly) return step;
    return { ...step, for: share(name, wait, `How long it is ${state} under pace time.`, "duration") };
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
        message: share("message", message, "What its errors say.", "string"),
        category: share("category", category, "The category of its errors.", "string"),
      },
    };
  });
  return { ...source, parameters: { ...own, ...shared }, steps: changed };
}
