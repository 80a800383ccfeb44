import { stringToUint8Array } from "uint8array-extras";
import type { ErrorName } from "../contract/hubspot-error.js";
import type { SentResponse } from "../exchange/exchange.js";
import { isSilent, type Wire } from "../exchange/wire.js";
import { durationText, milliseconds } from "../time.js";
import { type Alteration, alterJson, parseAlteration } from "./alteration.js";
import type { BodyFlaw, EffectSource, ResolvedEffect, WireFault } from "./source.js";

/** The effects on a response, by kind; durations in milliseconds. */
interface EffectsByKind {
  readonly error: { readonly error: ErrorName } & RetryAfter;
  /** A page of HubSpot's edge, with this status. */
  readonly page: { readonly page: NonNullable<ResolvedEffect["page"]> } & RetryAfter;
  readonly body: { readonly body: BodyFlaw };
  readonly wire:
    | { readonly wire: Exclude<WireFault, "drip"> }
    | { readonly wire: "drip"; readonly chunks: number; readonly pauseMs: number };
  readonly alter: { readonly alter: readonly Alteration[] };
  /** Headers that are added to the response. */
  readonly headers: { readonly headers: Readonly<Record<string, string>> };
  readonly answer: { readonly answer: GivenResponse };
}

export type EffectKind = keyof EffectsByKind;

/** An effect on a response. The property that names its kind is its tag; durations in milliseconds. */
export type Effect = OfKind<EffectKind>;

type OfKind<Kind extends EffectKind> = EffectsByKind[Kind] & {
  /** The import is accepted, although its response does not show that. */
  readonly accepted?: true;
};

interface RetryAfter {
  readonly retryAfterMs?: number | undefined;
}

/** A response with any content. */
interface GivenResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an effect can use to build a response. */
export interface Renderers {
  /** Returns the response that the mock would send without an effect; called at most once. */
  readonly plain: () => SentResponse;
  readonly error: (name: ErrorName, wait: RetryAfter) => SentResponse;
  /** Returns a page of HubSpot's edge. */
  readonly page: (status: number, wait: RetryAfter) => SentResponse;
  readonly given: (response: GivenResponse) => SentResponse;
}

type SourceOf<Kind extends EffectKind> = ResolvedEffect & Required<Pick<ResolvedEffect, Kind>>;

/** The table row of one kind of effect. */
interface EffectRow<Kind extends EffectKind> {
  /** Reads the effect from a valid source. */
  parse(source: SourceOf<Kind>): EffectsByKind[Kind];
  /** Returns a source that `parse` reads as this effect. */
  write(effect: OfKind<Kind>): EffectSource;
  apply(effect: OfKind<Kind>, renderers: Renderers): SentResponse;
  /** Whether the client sees the task, unless a network fault hides it. */
  readonly showsState: boolean;
  /** The effect's name in the journal and in the coverage. */
  label(effect: OfKind<Kind>): string;
}

/** The kinds of effects, in the order in which messages list them. */
const EFFECTS: { readonly [Kind in EffectKind]: EffectRow<Kind> } = {
  error: {
    parse: ({ error, retryAfter }) => ({ error, ...parseWait(retryAfter) }),
    write: writeTimes,
    apply: (effect, { error }) => error(effect.error, effect),
    showsState: false,
    label: ({ error }) => `error ${error}`,
  },
  page: {
    parse: ({ page, retryAfter }) => ({ page, ...parseWait(retryAfter) }),
    write: writeTimes,
    apply: (effect, { page }) => page(effect.page, effect),
    showsState: false,
    label: ({ page }) => `page ${page}`,
  },
  body: {
    parse: ({ body }) => ({ body }),
    write: writeTimes,
    apply: ({ body }, { plain }) => changed(plain(), BODY_FLAWS[body]),
    showsState: true,
    label: ({ body }) => `body ${body}`,
  },
  wire: {
    parse: ({ wire, chunks = 5, pause = "500ms" }) =>
      wire === "drip" ? { wire, chunks, pauseMs: milliseconds(pause) } : { wire },
    write: writeTimes,
    apply({ wire: kind, accepted: _, ...settings }, { plain }) {
      const wire = { kind, ...settings } as Wire;
      return isSilent(kind) ? { status: 0, headers: {}, body: "", wire } : { ...plain(), wire };
    },
    showsState: true,
    label: ({ wire }) => `wire ${wire}`,
  },
  alter: {
    parse: ({ alter }) => ({ alter: alter.map(parseAlteration) }),
    write: ({ alter, ...rest }) => ({
      alter: alter.map((one) => ("shift" in one ? { shift: one.shift, by: exactText(one.byMs) } : one)),
      ...rest,
    }),
    apply: ({ alter }, { plain }) => changed(plain(), ({ body }) => ({ body: alterJson(body, alter) })),
    showsState: true,
    label: () => "alter",
  },
  headers: {
    parse: ({ headers }) => ({ headers }),
    write: (effect) => effect,
    apply: ({ headers: added }, { plain }) =>
      changed(plain(), ({ headers }) => ({ headers: { ...headers, ...added } })),
    showsState: true,
    label: ({ headers }) => `headers ${Object.keys(headers).join(" ")}`,
  },
  answer: {
    parse: ({ answer }) => ({ answer: parseGiven(answer) }),
    write: ({ answer: { body, ...answer }, ...rest }) => ({
      answer: { ...answer, ...(body !== "" && { body }) },
      ...rest,
    }),
    apply: ({ answer }, { given }) => given(answer),
    showsState: false,
    label: ({ answer }) => `answer ${answer.status}`,
  },
};

export const EFFECT_KINDS = Object.keys(EFFECTS) as readonly EffectKind[];

/** The settings of effects, each with the effects that take it. */
export const EFFECT_SETTINGS = {
  retryAfter: ["error", "page"],
  chunks: ["wire: drip"],
  pause: ["wire: drip"],
  accepted: ["error", "page", "answer", "wire: reset", "wire: black-hole"],
} as const satisfies { readonly [Setting in keyof EffectSource]: readonly string[] };

export type EffectSetting = keyof typeof EFFECT_SETTINGS;

export const SETTING_NAMES = Object.keys(EFFECT_SETTINGS) as readonly EffectSetting[];

/** Whether an effect takes a setting. */
export function takesSetting(effect: EffectSource, name: EffectSetting): boolean {
  return EFFECT_SETTINGS[name].some(
    (place) => place === `wire: ${effect.wire}` || effect[place as EffectKind] !== undefined,
  );
}

/** Returns the row of an effect or of its source, for code that does not know its kind. Each has exactly one kind. */
function rowOf(effect: Effect | EffectSource): EffectRow<EffectKind> {
  return EFFECTS[EFFECT_KINDS.find((kind) => effect[kind as keyof typeof effect] !== undefined) as EffectKind];
}

/** Whether the client sees the task: only then does a poll move it. */
export function showsState(effect: Effect): boolean {
  return rowOf(effect).showsState && !("wire" in effect && isSilent(effect.wire));
}

/** Parses an effect from its valid source, whose parameters are resolved. */
export function parseEffect(source: EffectSource): Effect {
  const resolved = source as SourceOf<EffectKind>;
  return { ...rowOf(resolved).parse(resolved), ...(resolved.accepted && { accepted: true }) };
}

/**
 * Returns a source that is parsed as the same effect.
 *
 * @example effectSource({ error: "locked", retryAfterMs: 2000 }); // { error: "locked", retryAfter: "2s" }
 */
export function effectSource(effect: Effect): EffectSource {
  return rowOf(effect).write(effect);
}

/** Returns the response to a request under an effect. */
export function applyEffect(effect: Effect, renderers: Renderers): SentResponse {
  return rowOf(effect).apply(effect, renderers);
}

/**
 * Renders an effect in the words of its source: its kind and value.
 *
 * @example effectLabel({ error: "locked" }); // "error locked"
 */
export function effectLabel(effect: Effect): string {
  return rowOf(effect).label(effect);
}

function parseWait(retryAfter: string | undefined): RetryAfter {
  return retryAfter === undefined ? {} : { retryAfterMs: milliseconds(retryAfter) };
}

/** The effect with its durations as texts. */
function writeTimes(effect: OfKind<"error" | "page" | "body" | "wire">): EffectSource {
  const { retryAfterMs, pauseMs, ...rest } = effect as typeof effect & RetryAfter & { readonly pauseMs?: number };
  return {
    ...rest,
    ...(retryAfterMs !== undefined && { retryAfter: exactText(retryAfterMs) }),
    ...(pauseMs !== undefined && { pause: exactText(pauseMs) }),
  };
}

function changed(reply: SentResponse, change: (reply: SentResponse) => Partial<SentResponse>): SentResponse {
  return { ...reply, ...change(reply) };
}

/** Floating-point multiplication gives 1004.9999999999999 milliseconds for 1.005s. */
function exactText(ofMs: number): string {
  return durationText(Math.round(ofMs * 1000) / 1000);
}

/** A body that is not text is sent as JSON. */
function parseGiven({ status, headers = {}, body }: NonNullable<ResolvedEffect["answer"]>): GivenResponse {
  if (typeof body === "string" || body === undefined) return { status, headers, body: body ?? "" };
  return {
    status,
    headers: { "Content-Type": "application/json;charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** The difference between a wrong length and the right one, in bytes. */
const OFF_BY = 10;

/** The changes that each flaw makes to a response. */
const BODY_FLAWS: { readonly [Flaw in BodyFlaw]: (reply: SentResponse) => Partial<SentResponse> } = {
  truncated: ({ body }) => ({ body: body.slice(0, body.length >> 1) }),
  malformed: ({ body }) => ({ body: body.replace(/\}$/, ",}") }),
  empty: ({ headers }) => ({ headers: { ...headers, "Content-Length": "0" }, body: "" }),
  "byte-order-mark": ({ body }) => ({ body: `\uFEFF${body}` }),
  "wrong-type": ({ headers }) => ({ headers: { ...headers, "Content-Type": "text/plain;charset=utf-8" } }),
  "too-long-length": ({ body }) => wrongLength(body, OFF_BY),
  "too-short-length": ({ body }) => wrongLength(body, -OFF_BY),
};

function wrongLength(body: string, offBy: number): Partial<SentResponse> {
  return { wire: { kind: "wrong-length", bytes: Math.max(0, stringToUint8Array(body).length + offBy) } };
}
