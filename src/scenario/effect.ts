import { stringToUint8Array } from "uint8array-extras";
import type { ErrorName } from "../contract/hubspot-error.js";
import type { Exchange } from "../exchange/exchange.js";
import { getOwn, isHolder } from "../json.js";
import { readUrl } from "../text.js";
import { durationText, milliseconds } from "../time.js";
import type { AlterationSource, AnswerSource, BodyFlaw, EffectSource } from "./source.js";

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
interface GivenAnswer {
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
export function showsState(effect: Effect): boolean {
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

type Reply = Exchange["response"];
type Wait = { readonly retryAfterMs?: number | undefined };

/** What an answer can be made of. */
export interface Answers {
  /** What the mock would say, were there no effect; asked for at most once. */
  readonly told: () => Reply;
  readonly error: (name: ErrorName, wait: Wait) => Reply;
  /** A page of HubSpot's edge. */
  readonly page: (status: number, wait: Wait) => Reply;
  readonly given: (answer: GivenAnswer) => Reply;
}

/** What a call is answered under an effect. */
export function applyEffect(effect: Effect, { told, error, page, given }: Answers): Reply {
  if ("error" in effect) return error(effect.error, effect);
  if ("page" in effect) return page(effect.page, effect);
  if ("answer" in effect) return given(effect.answer);
  if ("body" in effect) return flawed(told(), effect.body);
  if ("alter" in effect) {
    const reply = told();
    return { ...reply, body: alterJson(reply.body, effect.alter) };
  }
  switch (effect.wire) {
    case "reset":
    case "black-hole":
      return { status: 0, headers: {}, body: "", wire: { kind: effect.wire } };
    case "reset-mid-body":
      return { ...told(), wire: { kind: effect.wire } };
    case "drip":
      return { ...told(), wire: { kind: effect.wire, chunks: effect.chunks, pauseMs: effect.pauseMs } };
  }
}

/** How many bytes a wrong length is off by. */
const OFF_BY = 10;

function flawed(reply: Reply, flaw: BodyFlaw): Reply {
  const { headers, body } = reply;
  const size = () => stringToUint8Array(body).length;
  switch (flaw) {
    case "truncated":
      return { ...reply, body: body.slice(0, body.length >> 1) };
    case "malformed":
      return { ...reply, body: body.replace(/\}$/, ",}") };
    case "empty":
      return { ...reply, headers: { ...headers, "Content-Length": "0" }, body: "" };
    case "byte-order-mark":
      return { ...reply, body: `\uFEFF${body}` };
    case "wrong-type":
      return { ...reply, headers: { ...headers, "Content-Type": "text/plain;charset=utf-8" } };
    case "too-long-length":
      return { ...reply, wire: { kind: "wrong-length", bytes: size() + OFF_BY } };
    case "too-short-length":
      return { ...reply, wire: { kind: "wrong-length", bytes: Math.max(0, size() - OFF_BY) } };
  }
}

/**
 * A JSON text with its changes, in their order. A pointer that leads nowhere changes nothing: an answer without a file
 * has no `/result/size`.
 *
 * @example alterJson('{"a":1}', [{ set: "/a", to: 2 }]); // '{"a":2}'
 */
function alterJson(text: string, alterations: readonly Alteration[]): string {
  if (text === "") return text;
  const whole: unknown = JSON.parse(text);
  for (const alteration of alterations) alterOne(whole, alteration);
  return JSON.stringify(whole);
}

/** Writes into `whole`, which nobody else has seen. */
function alterOne(whole: unknown, alteration: Alteration): void {
  const [[verb, pointer]] = Object.entries(alteration) as [[keyof UnionOf<Alteration>, string]];
  const path = pointer.split("/").slice(1).map(unescapePart);
  const key = path.pop() ?? "";
  const holder = path.reduce<unknown>((node, part) => (isHolder(node) ? getOwn(node, part) : undefined), whole);
  if (!isHolder(holder)) return;
  const before = getOwn(holder, key);
  if ("to" in alteration && verb === "set") holder[key] = alteration.to;
  else if (verb === "remove") delete holder[key];
  else if (typeof before === "string") holder[key] = changedText(before, alteration);
}

function changedText(before: string, alteration: Alteration): string {
  if ("shift" in alteration) return shifted(before, alteration.byMs);
  return "rehost" in alteration ? rehosted(before, alteration.to) : before;
}

/** What is no date stays, and so does one that no date can follow. */
function shifted(before: string, byMs: number): string {
  const date = new Date(Date.parse(before) + byMs);
  return Number.isNaN(date.getTime()) ? before : date.toISOString();
}

/** The loopback names are one host to a machine and two to a client that keeps its token to where it was sent. */
const OTHER_LOOPBACK: Readonly<Record<string, string>> = { localhost: "127.0.0.1", "127.0.0.1": "localhost" };

function rehosted(address: string, to: string): string {
  const url = readUrl(address);
  if (url === undefined) return address;
  url.hostname = to === "other-loopback" ? (OTHER_LOOPBACK[url.hostname] ?? url.hostname) : to;
  return url.href;
}

type UnionOf<Union> = Union extends unknown ? { [Key in keyof Union]: Union[Key] } : never;

function unescapePart(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
