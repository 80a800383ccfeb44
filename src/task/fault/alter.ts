import { isHolder, own } from "../../own.js";
import { readUrl } from "../../read-url.js";
import type { Alteration } from "./effect.js";

/**
 * A JSON text with its changes, in their order. A pointer that leads nowhere changes nothing: an answer without a file
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

/** Writes into `whole`, which nobody else has seen. */
function alterOne(whole: unknown, alteration: Alteration): void {
  const [[verb, pointer]] = Object.entries(alteration) as [[keyof UnionOf<Alteration>, string]];
  const path = pointer.split("/").slice(1).map(unescapePart);
  const key = path.pop() ?? "";
  const holder = path.reduce<unknown>((node, part) => (isHolder(node) ? own(node, part) : undefined), whole);
  if (!isHolder(holder)) return;
  const before = own(holder, key);
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
