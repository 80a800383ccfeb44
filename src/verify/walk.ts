import type { At, ContractDocument } from "../contract/document.js";
import { escapePointer, isObject } from "../json.js";

/** What a body shows of the schema that describes it. */
export interface Walked {
  /** Pointers, into the body, of properties that no schema has. */
  readonly undocumented: readonly string[];
  /** Pointers, into the contract, of the properties that were seen. */
  readonly properties: ReadonlySet<string>;
  /** Pointer of an `enum` into the contract, and the value seen: `/components/schemas/Access=PRIVATE`. */
  readonly values: ReadonlySet<string>;
}

/**
 * Goes through a body along its schema, and notes what the contract has and what it has not.
 *
 * @param schema a node of the contract
 */
export function walk(contract: ContractDocument, schema: At, body: unknown): Walked {
  const kept = isObject(body) ? walks.get(body) : undefined;
  if (kept?.contract === contract && kept.pointer === schema.pointer) return kept.walked;
  const walked = walkAnew(contract, schema, body);
  if (isObject(body)) walks.set(body, { contract, pointer: schema.pointer, walked });
  return walked;
}

/** A rule and the coverage each read every body's walk, which is a fifth of a recording's judgement: it is made once. */
const walks = new WeakMap<
  object,
  { readonly contract: ContractDocument; readonly pointer: string; readonly walked: Walked }
>();

function walkAnew(contract: ContractDocument, schema: At, body: unknown): Walked {
  const undocumented: string[] = [];
  const properties = new Set<string>();
  const values = new Set<string>();

  function visit(schemas: readonly At[], value: unknown, pointer: string): void {
    for (const { pointer: at, value: node } of schemas) {
      if (Array.isArray(node["enum"]) && node["enum"].includes(value)) values.add(`${at}=${value}`);
    }
    if (Array.isArray(value)) {
      const items = schemas.flatMap((at) => below(contract, at, "items"));
      for (const [index, item] of value.entries()) {
        visit(
          items.flatMap((at) => applicable(contract, at, item)),
          item,
          `${pointer}/${index}`,
        );
      }
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const place = `${pointer}/${escapePointer(key)}`;
        const declared = schemas.flatMap((at) => propertyOf(contract, at, key));
        for (const at of declared) properties.add(at.pointer);
        const maps = schemas.flatMap((at) => below(contract, at, "additionalProperties"));
        const next = declared.length > 0 ? declared.map(({ schema: at }) => at) : maps;
        const isOpen = schemas.length === 0 || schemas.every(({ value: node }) => !("properties" in node));
        if (next.length > 0)
          visit(
            next.flatMap((at) => applicable(contract, at, inner)),
            inner,
            place,
          );
        else if (!isOpen) undocumented.push(place);
      }
    }
  }

  visit(applicable(contract, contract.resolve(schema.pointer), body), body, "");
  return { undocumented, properties, values };
}

/** A schema with all those that it includes; of a union, the branch whose constants the value has. */
function applicable(contract: ContractDocument, schema: At, value: unknown): readonly At[] {
  const included = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const branches = schema.value[keyword];
    if (!Array.isArray(branches)) return [];
    const all = branches.map((_, index) => contract.resolve(`${schema.pointer}/${keyword}/${index}`));
    return keyword === "oneOf" ? all.filter((branch) => hasItsConstants(branch, value)) : all;
  });
  return [schema, ...included.flatMap((at) => applicable(contract, at, value))];
}

function hasItsConstants({ value: schema }: At, value: unknown): boolean {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  return Object.entries(properties).every(([name, property]) => {
    const isTag = isObject(property) && typeof property["const"] === "string";
    return !isTag || (isObject(value) && value[name] === property["const"]);
  });
}

function propertyOf(
  contract: ContractDocument,
  at: At,
  key: string,
): readonly { readonly pointer: string; readonly schema: At }[] {
  const properties = at.value["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, key)) return [];
  const pointer = `${at.pointer}/properties/${escapePointer(key)}`;
  return [{ pointer, schema: contract.resolve(pointer) }];
}

function below(contract: ContractDocument, at: At, keyword: "items" | "additionalProperties") {
  return isObject(at.value[keyword]) ? [contract.resolve(`${at.pointer}/${keyword}`)] : [];
}
