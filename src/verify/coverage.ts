import { type ContractDocument, isNever, keysAt } from "../contract/document.js";
import { escapePointer, isObject } from "../json.js";
import type { Recording } from "./read.js";
import { STATES } from "./state.js";
import { walk } from "./walk.js";

/** Which parts of the contract a recording shows, and which it never does. */
export interface Coverage {
  readonly operations: Seen;
  /** Such as `checkImportStatus 200`. */
  readonly statuses: Seen;
  readonly states: Seen;
  /** Such as `File.width`. */
  readonly properties: Seen;
  /** Such as `Access PRIVATE`. */
  readonly enumValues: Seen;
}

interface Seen {
  readonly seen: readonly string[];
  readonly never: readonly string[];
}

/** Goes through all answers and notes what of the contract they show. */
export function cover({ contract, exchanges, tasks }: Recording): Coverage {
  const answered = exchanges.filter(({ operation, response }) => operation !== undefined && response !== undefined);
  const shown = answered.flatMap(({ response }) => {
    if (!response?.declared || !("json" in response) || !("content" in response.declared.value)) return [];
    const pointer = `${response.declared.pointer}/content/application~1json/schema`;
    return [walk(contract, contract.resolve(pointer), response.json)];
  });
  const operations = [...contract.operations.keys()];
  const statuses = [...contract.operations].flatMap(([id, at]) =>
    keysAt(at, "responses").map((code) => `${id} ${code}`),
  );
  const declared = declaredNames(contract);
  return {
    operations: split(
      operations,
      answered.map(({ operation }) => `${operation}`),
    ),
    statuses: split(
      statuses,
      answered.map(({ operation, response }) => `${operation} ${response?.status}`),
    ),
    states: split(
      STATES,
      tasks.flatMap(({ polls }) => polls.map(({ state }) => state)),
    ),
    properties: split(
      declared.properties,
      shown.flatMap(({ properties }) => [...properties].map(propertyName)),
    ),
    enumValues: split(
      declared.values,
      shown.flatMap(({ values }) => [...values].map(valueName)),
    ),
  };
}

function split(all: readonly string[], found: readonly string[]): Seen {
  const seen = new Set(found);
  const names = [...new Set(all)];
  return { seen: names.filter((name) => seen.has(name)), never: names.filter((name) => !seen.has(name)) };
}

/** What answers can show: every property and enum value below the contract's schemas, but for those of requests. What
 * an `anyOf` says once more of a property adds none. */
function declaredNames({ root }: ContractDocument) {
  const properties: string[] = [];
  const values: string[] = [];
  function visit(node: unknown, pointer: string): void {
    if (!isObject(node)) return;
    if (Array.isArray(node["enum"])) values.push(...node["enum"].map((value) => valueName(`${pointer}=${value}`)));
    for (const [name, schema] of Object.entries(isObject(node["properties"]) ? node["properties"] : {})) {
      if (isNever(schema)) continue;
      const at = `${pointer}/properties/${escapePointer(name)}`;
      properties.push(propertyName(at));
      visit(schema, at);
    }
    for (const part of Array.isArray(node["allOf"]) ? node["allOf"] : []) visit(part, pointer);
  }
  const { schemas } = root["components"] as { readonly schemas: Readonly<Record<string, unknown>> };
  for (const [name, schema] of Object.entries(schemas)) {
    if (name !== "ImportRequest") visit(schema, `/components/schemas/${name}`);
  }
  return { properties, values };
}

/** @example propertyName("/components/schemas/File/properties/width"); // "File.width" */
function propertyName(pointer: string): string {
  const schema = pointer.replace("/components/schemas/", "").replace(/\/(allOf|anyOf)\/\d+/g, "");
  return schema.replaceAll("/properties/", ".").replaceAll("~1", "/");
}

function valueName(text: string): string {
  return propertyName(text).replace("=", " ");
}
