import { durationText, milliseconds } from "../../duration.js";
import type { ErrorName } from "../hubspot-error.js";
import type { AlterationSource, AnswerSource, BodyFlaw, EffectSource } from "../scenario/source.js";

/** What becomes of an answer; durations in milliseconds. */
export type Effect = {
  /** The import is taken all the same, though its answer does not say so. */
  readonly accepted?: true;
} & (
  | { readonly error: ErrorName; readonly retryAfterMs?: number }
  /** A page of HubSpot's edge, with that status. */
  | { readonly page: number; readonly retryAfterMs?: number }
  | { readonly body: BodyFlaw }
  | { readonly wire: "reset" | "reset-mid-body" | "black-hole" }
  | { readonly wire: "drip"; readonly chunks: number; readonly pauseMs: number }
  | { readonly alter: readonly Alteration[] }
  | { readonly answer: GivenAnswer }
);

/** An answer in whoever's words. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One change of an answer's JSON; what its pointer does not find stays as it is. */
export type Alteration =
  | { readonly set: string; readonly to: unknown }
  | { readonly remove: string }
  /** Moves a date, earlier where `byMs` is negative. */
  | { readonly shift: string; readonly byMs: number }
  /** Gives an address another host; `other-loopback` is localhost for 127.0.0.1, and the other way round. */
  | { readonly rehost: string; readonly to: string };

/** Whether the client is shown the task: only then does a poll move it. */
export function tellsState(effect: Effect): boolean {
  if ("wire" in effect) return effect.wire === "drip" || effect.wire === "reset-mid-body";
  return "body" in effect || "alter" in effect;
}

/** An effect from its source, which has no parameters left and fits the schema. */
export function parseEffect(source: EffectSource): Effect {
  const { error, page, retryAfter, body, wire, chunks, pause, alter, answer, accepted } = source as Resolved;
  const taken = accepted === true && ({ accepted } as const);
  const wait = retryAfter !== undefined && { retryAfterMs: milliseconds(retryAfter) };
  if (error !== undefined) return { error, ...wait, ...taken };
  if (page !== undefined) return { page, ...wait, ...taken };
  if (body !== undefined) return { body };
  if (wire === "drip") return { wire, chunks: chunks ?? 5, pauseMs: milliseconds(pause ?? "500ms") };
  if (wire !== undefined) return { wire, ...taken };
  if (answer !== undefined) return { answer: parseAnswer(answer) };
  return { alter: (alter ?? []).map(parseAlteration) };
}

/** What is no text is JSON. */
function parseAnswer({ status, headers = {}, body }: AnswerSource): GivenAnswer {
  if (typeof body === "string" || body === undefined) return { status, headers, body: body ?? "" };
  return {
    status,
    headers: { "Content-Type": "application/json;charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * A source that is parsed into the same effect.
 *
 * @example effectSource({ error: "locked", retryAfterMs: 2000 }); // { error: "locked", retryAfter: "2s" }
 */
export function effectSource(effect: Effect): EffectSource {
  if ("alter" in effect) return { alter: effect.alter.map(alterationSource) };
  if ("answer" in effect) {
    const { body, ...answer } = effect.answer;
    return { answer: { ...answer, ...(body !== "" && { body }) } };
  }
  const { retryAfterMs, pauseMs, ...rest } = effect as typeof effect & { retryAfterMs?: number; pauseMs?: number };
  return {
    ...rest,
    ...(retryAfterMs !== undefined && { retryAfter: exactText(retryAfterMs) }),
    ...(pauseMs !== undefined && { pause: exactText(pauseMs) }),
  };
}

function alterationSource(alteration: Alteration): AlterationSource {
  return "shift" in alteration ? { shift: alteration.shift, by: exactText(alteration.byMs) } : alteration;
}

/** 1.005s are 1004.9999999999999 milliseconds by a computer's multiplication. */
function exactText(ofMs: number): string {
  return durationText(Math.round(ofMs * 1000) / 1000);
}

type Resolved = {
  readonly [Key in keyof EffectSource]: Exclude<EffectSource[Key], `$${string}`>;
};

function parseAlteration(source: AlterationSource): Alteration {
  return "shift" in source ? { shift: source.shift, byMs: milliseconds(source.by) } : source;
}
