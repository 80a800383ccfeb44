import type { Loose } from "./published.js";

/** A change of a published document in words, and what drift has to say of it. */
export type Change = readonly [words: string, change: (document: Loose) => unknown, told: readonly string[]];

export type Json = Record<string, unknown>;

const IMPORT = "/files/v3/files/import-from-url/async";
export const STATUS = `${IMPORT}/tasks/{taskId}/status`;
/** What stands below keys. */
export const at = (document: Loose, ...keys: readonly string[]) =>
  keys.reduce<Json>((node, key) => node[key] as Json, document as unknown as Json);
export const schema = (document: Loose, name: string) => at(document, "components", "schemas", name);
export const properties = (document: Loose, name: string) => schema(document, name)["properties"] as Json;
export const post = (document: Loose) => at(document, "paths", IMPORT, "post");
export const get = (document: Loose) => at(document, "paths", STATUS, "get");
