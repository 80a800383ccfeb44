import { getOwn, isHolder, pointerParts } from "../json.js";
import { readUrl } from "../text.js";
import { milliseconds } from "../time.js";
import type { AlterationSource } from "./source.js";

/** A change of a response's JSON; without effect if its pointer finds nothing. */
export type Alteration =
  | { readonly set: string; readonly to: unknown }
  | { readonly remove: string }
  /** Shifts a date; `byMs` may be negative. */
  | { readonly shift: string; readonly byMs: number }
  /** Replaces the host of an address; `other-loopback` replaces 127.0.0.1 by localhost, and localhost by 127.0.0.1. */
  | { readonly rehost: string; readonly to: string };

export function parseAlteration(source: AlterationSource): Alteration {
  return "shift" in source ? { shift: source.shift, byMs: milliseconds(source.by) } : source;
}

/**
 * Applies changes to a JSON text, in their order. A pointer without a target changes nothing: a response without a file
 * has no `/result/size`.
 *
 * @example alterJson('{"a":1}', [{ set: "/a", to: 2 }]); // '{"a":2}'
 */
export function alterJson(text: string, alterations: readonly Alteration[]): string {
  if (text === "") return text;
  const whole: unknown = JSON.parse(text);
  for (const alteration of alterations) alterOne(whole, alteration);
  return JSON.stringify(whole);
}

/** Changes `whole` in place: nothing else refers to it. */
function alterOne(whole: unknown, alteration: Alteration): void {
  const { set, remove, shift, rehost }: Pointers = alteration;
  const path = pointerParts(set ?? remove ?? shift ?? rehost ?? "");
  const key = path.pop() ?? "";
  const holder = path.reduce<unknown>((node, part) => (isHolder(node) ? getOwn(node, part) : undefined), whole);
  if (!isHolder(holder)) return;
  const before = getOwn(holder, key);
  if ("set" in alteration) holder[key] = alteration.to;
  else if ("remove" in alteration) delete holder[key];
  else if (typeof before === "string")
    holder[key] = "shift" in alteration ? shifted(before, alteration.byMs) : rehosted(before, alteration.to);
}

type Pointers = { readonly [Verb in "set" | "remove" | "shift" | "rehost"]?: string };

/** A text that is not a date stays unchanged, and so does a date whose shifted value would be out of range. */
function shifted(before: string, byMs: number): string {
  const date = new Date(Date.parse(before) + byMs);
  return Number.isNaN(date.getTime()) ? before : date.toISOString();
}

/** For a machine both names are the same host; for a client that sends its token to one host only, they differ. */
const OTHER_LOOPBACK: Readonly<Record<string, string>> = { localhost: "127.0.0.1", "127.0.0.1": "localhost" };

function rehosted(address: string, to: string): string {
  const url = readUrl(address);
  if (url === undefined) return address;
  url.hostname = to === "other-loopback" ? (OTHER_LOOPBACK[url.hostname] ?? url.hostname) : to;
  return url.href;
}
