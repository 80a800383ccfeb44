import type { components } from "../../spec/scenario.gen.js";

type Schemas = components["schemas"];

/** A scenario as it stands in a file. @see spec/scenario.schema.json */
export type ScenarioSource = Schemas["scenario"];

/** A parameter as it stands in a file. `values` lists what it may be, where that is a choice of a few. */
export type ParameterSource = NonNullable<ScenarioSource["parameters"]>[string];

export type StepSource = ScenarioSource["steps"][number];

export type FaultSource = NonNullable<ScenarioSource["faults"]>[number];

/** One, the first and the last, the first and how many, or all after so many. */
export type RangeSource = Schemas["range"];

/** What becomes of a response, as it stands in a file or in JSON: exactly one of the kinds of effects, with its settings. */
export type EffectSource = Schemas["effect"];

/** An effect whose parameters have their values. */
export type ResolvedEffect = {
  readonly [Key in keyof EffectSource]: Exclude<EffectSource[Key], Schemas["parameter"]>;
};

/** What is wrong with a body that has the right content. */
export type BodyFlaw = NonNullable<ResolvedEffect["body"]>;

export type WireFault = NonNullable<ResolvedEffect["wire"]>;

export type AlterationSource = NonNullable<EffectSource["alter"]>[number];

/** What is wrong with a source, and where. */
export interface ScenarioProblem {
  /** JSON pointer, such as `/steps/1/for`. */
  readonly pointer: string;
  readonly message: string;
}
