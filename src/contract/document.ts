import { escapePointer, isObject, type JsonObject, valueAt } from "../json.js";
import type { OperationId } from "./contract.js";
import { openapiJson, openapiLines } from "./spec-texts.gen.js";

/** A node of the contract with its location: a JSON pointer without `#`. */
export interface At {
  readonly pointer: string;
  readonly value: JsonObject;
}

/** `spec/openapi.yaml` as data, with the line of each of its nodes. */
export interface ContractDocument {
  readonly root: JsonObject;
  /** Returns the line, from 1, of the node at a pointer or of its nearest ancestor. */
  readonly lineOf: (pointer: string) => number;
  /** Returns a node, with any `$ref` followed. @throws if it does not exist: pointers never come from users */
  readonly resolve: (pointer: string) => At;
  /** All operations by id. */
  readonly operations: ReadonlyMap<OperationId, At>;
}

/**
 * Reads the contract. It is compiled in, so the judge also works without files.
 *
 * @example readContract().lineOf("/components/schemas/File/required"); // the line in spec/openapi.yaml
 */
export function readContract(): ContractDocument {
  const root = JSON.parse(openapiJson) as JsonObject;
  // Only the location of a violation has to be found in the text.
  let lines: ReadonlyMap<string, number> | undefined;

  // The judge reads the same few hundred nodes for each response: cached, a recording takes 3.8 ms in place of 5.9.
  const resolved = new Map<string, At>();

  function resolve(pointer: string): At {
    const kept = resolved.get(pointer);
    if (kept) return kept;
    const value = valueAt(root, pointer);
    if (!isObject(value)) throw new Error(`The contract has no object at ${pointer}.`);
    const { $ref } = value;
    // In a reference, the braces of a path are percent-encoded.
    const at = typeof $ref === "string" ? resolve(decodeURIComponent($ref.slice(1))) : { pointer, value };
    resolved.set(pointer, at);
    return at;
  }

  function lineOf(pointer: string): number {
    lines ??= linesOf(root);
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const line = lines.get(at);
      if (line !== undefined) return line;
    }
    return 1;
  }

  const paths = root["paths"] as JsonObject;
  const operations = Object.keys(paths).flatMap((path) => {
    const { pointer, value } = resolve(`/paths/${escapePointer(path)}`);
    return Object.keys(value).map((method) => {
      const at = resolve(`${pointer}/${method}`);
      return [at.value["operationId"] as OperationId, at] as const;
    });
  });
  return { root, lineOf, resolve, operations: new Map(operations) };
}

/** The keys below a node. */
export function keysAt({ value }: At, key: string): readonly string[] {
  const below = value[key];
  return isObject(below) ? Object.keys(below) : [];
}

/**
 * Whether a schema rejects every value, by `not: {}` or as `false`. Its other keywords are for tools that ignore `not`.
 */
export function isNever(schema: unknown): boolean {
  if (!isObject(schema)) return schema === false;
  const { not } = schema;
  return not === true || (isObject(not) && Object.keys(not).length === 0);
}

/**
 * The line of each node below the root, by its pointer. The lines are compiled in, in the order of the nodes: finding
 * them in the text needs YAML's parser, which costs 30 ms of processor time at the start, and then 80 ms.
 */
function linesOf(root: JsonObject): ReadonlyMap<string, number> {
  const numbers = JSON.parse(openapiLines) as readonly number[];
  const lines = new Map<string, number>();
  collectLines(root, "");
  return lines;

  function collectLines(node: unknown, pointer: string): void {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const at = `${pointer}/${escapePointer(key)}`;
      lines.set(at, numbers[lines.size] as number);
      collectLines(value, at);
    }
  }
}
