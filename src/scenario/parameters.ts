import { TASK_ERROR } from "../contract/hubspot-error.js";
import { escapePointer } from "../json.js";
import { durationText, isDuration, milliseconds, withUnit } from "../time.js";
import type { FaultSource, ParameterSource, ScenarioSource, StepSource } from "./source.js";

/** A parameter of a scenario; its values are in the form that a reference has. */
export interface Parameter {
  readonly name: string;
  readonly type: "duration" | "integer" | "string" | "enum";
  readonly default: string;
  readonly description?: string;
  /** For people, such as `1 to 100`; for `enum` the values. */
  readonly allowed: string;
  readonly values?: readonly string[];
}

/** Values by parameter; durations and texts as texts, as in a file. */
export type Arguments = Readonly<Record<string, string | number>>;

/** Returns the parameters that a file declares, in its order. */
export function parametersOf({ parameters = {} }: Pick<ScenarioSource, "parameters">): readonly Parameter[] {
  return Object.entries(parameters).map(([name, source]) => ({
    name,
    type: source.values ? "enum" : (source.type ?? "string"),
    default: valueText(source, source.default),
    ...(source.description !== undefined && { description: source.description }),
    allowed: allowedOf(source),
    ...(source.values && { values: source.values.map(String) }),
  }));
}

/** Returns the defaults of a file's parameters. */
export function defaultArguments({ parameters = {} }: Pick<ScenarioSource, "parameters">): Arguments {
  return Object.fromEntries(Object.entries(parameters).map(([name, source]) => [name, source.default]));
}

/**
 * Parses a parameter's value; undefined if it is invalid. A duration without a unit is in seconds.
 *
 * @example readArgument({ type: "duration", default: "1s" }, "5"); // "5s"
 */
export function readArgument(source: ParameterSource, text: string): string | number | undefined {
  const { type = "string", values, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = source;
  if (values) return values.find((value) => String(value) === text);
  switch (type) {
    case "integer": {
      const isWritten = /^-?\d{1,15}$/.test(text) && Number(text) >= minimum && Number(text) <= maximum;
      return isWritten ? Number(text) : undefined;
    }
    case "duration": {
      const duration = withUnit(text);
      return isDuration(duration) ? durationText(milliseconds(duration)) : undefined;
    }
    case "string":
      return text !== "" && text.length <= MAX_TEXT && !/\p{Surrogate}/u.test(text) ? text : undefined;
  }
}

/** Returns samples that show whether all values are valid where the parameter is used; all durations have one form. */
export function extremesOf({
  type = "string",
  values,
  minimum,
  maximum,
}: ParameterSource): readonly (string | number)[] {
  if (values) return values;
  if (type === "integer") return [minimum ?? -MAX_INTEGER, maximum ?? MAX_INTEGER];
  return type === "string" ? ["any text"] : [];
}

/** The greatest number that `readArgument` accepts. */
const MAX_INTEGER = 999_999_999_999_999;

/** Renders a value for a reference: characters that are invalid in a header, a path or an id are percent-encoded. */
export function valueText(source: ParameterSource, value: string | number): string {
  if (source.type === "duration" && typeof value === "string" && isDuration(value)) {
    return durationText(milliseconds(value));
  }
  return encodeURIComponent(value).replaceAll("~", "%7E");
}

/** Returns a part of a file with each `$name` replaced by that parameter's value. */
export function substitute<Part>(part: Part, values: Arguments): Part {
  return walk(part, (name, text) => (name in values ? values[name] : text)) as Part;
}

/** Returns the names that a part of a file uses as `$name`, each with the JSON pointer of its first use. */
export function namesAskedFor(part: unknown): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  walk(part, (name, _, pointer) => places.set(name, places.get(name) ?? pointer));
  return places;
}

const MAX_TEXT = 200;

function walk(part: unknown, replace: (name: string, text: string, pointer: string) => unknown, pointer = ""): unknown {
  if (typeof part === "string") {
    const name = /^\$([a-z][A-Za-z0-9]*)$/.exec(part)?.[1];
    return name === undefined ? part : replace(name, part, pointer);
  }
  if (Array.isArray(part)) return part.map((one, index) => walk(one, replace, `${pointer}/${index}`));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, walk(value, replace, `${pointer}/${escapePointer(key)}`)]),
  );
}

function allowedOf({ type, values, minimum, maximum }: ParameterSource): string {
  if (values) return values.join(", ");
  switch (type) {
    case "duration":
      return "a duration such as 5, 5s or 500ms";
    case "integer":
      if (minimum !== undefined && maximum !== undefined) return `a whole number from ${minimum} to ${maximum}`;
      if (minimum !== undefined) return `a whole number from ${minimum}`;
      return maximum === undefined ? "a whole number" : `a whole number up to ${maximum}`;
    default:
      return `a text of 1 to ${MAX_TEXT} characters`;
  }
}

/**
 * Adds the parameters that all scenarios of the same form have without a declaration: `queued` and `stored` for a
 * single timed PENDING or PROCESSING step, `message` and `category` for an end with errors, `poll` for a fault that
 * begins at a certain poll. A name that the source declares itself is not added, and a value that already is a
 * parameter stays.
 *
 * @param source a valid one
 * @example withSharedParameters({ summary: "s", steps: [{ state: "PENDING", for: "2s" }, { state: "COMPLETE" }] }).steps[0];
 * // { state: "PENDING", for: "$queued" }
 */
export function withSharedParameters(source: ScenarioSource): ScenarioSource {
  const { parameters: own = {}, steps, faults } = source;
  const shared: Record<string, ParameterSource> = {};

  /** Returns the replacement of a value: the shared parameter, or the value itself. */
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
    const first = share("poll", range.first, { ...kind, description: "The first poll that the fault applies to." });
    return { ...fault, polls: { ...range, first } };
  });
  return {
    ...source,
    parameters: { ...own, ...shared },
    steps: changed,
    ...(changedFaults && { faults: changedFaults }),
  };
}

/**
 * Returns from which poll on a fault applies, and to how many; undefined if it has another condition, or applies to
 * all.
 */
function firstAndCount({ polls, during }: FaultSource): { first: number; count: number | `$${string}` } | undefined {
  if (polls === undefined || during) return undefined;
  if (typeof polls === "number") return { first: polls, count: 1 };
  if (typeof polls === "string" || "after" in polls) return undefined;
  if ("first" in polls) return typeof polls.first === "number" ? { first: polls.first, count: polls.count } : undefined;
  const [first, last] = polls;
  return typeof first === "number" && typeof last === "number" ? { first, count: last - first + 1 } : undefined;
}
