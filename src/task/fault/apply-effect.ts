import { stringToUint8Array } from "uint8array-extras";
import type { Exchange } from "../../exchange.js";
import type { ErrorName } from "../hubspot-error.js";
import type { BodyFlaw } from "../scenario/source.js";
import { alterJson } from "./alter.js";
import type { Effect, GivenAnswer } from "./effect.js";

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
