import type { components } from "../../spec/scenario.gen.js";

type Schemas = components["schemas"];

/** A scenario as in a file. @see spec/scenario.schema.json */
export type ScenarioSource = Schemas["scenario"];

/** A parameter as in a file. `values` lists the allowed values, if there are only a few. */
export type ParameterSource = NonNullable<ScenarioSource["parameters"]>[string];

export type StepSource = ScenarioSource["steps"][number];

export type FaultSource = NonNullable<ScenarioSource["faults"]>[number];

/** One, the first and the last, the first and how many, or all after so many. */
export type RangeSource = Schemas["range"];

/** An effect on a response, as in a file or in JSON: exactly one of the kinds of effects, with its settings. */
export type EffectSource = Schemas["effect"];

/** An effect whose parameters are resolved. */
export type ResolvedEffect = {
  readonly [Key in keyof EffectSource]: Exclude<EffectSource[Key], Schemas["parameter"]>;
};

/** A defect of a body whose content is right. */
export type BodyFlaw = NonNullable<ResolvedEffect["body"]>;

export type WireFault = NonNullable<ResolvedEffect["wire"]>;

export type AlterationSource = NonNullable<EffectSource["alter"]>[number];

/** A problem in a source, and its place. */
export interface ScenarioProblem {
  /** JSON pointer, such as `/steps/1/for`. */
  readonly pointer: string;
  readonly message: string;
}
