import { type Found, listed } from "./difference.js";
import { type Shape, shapeOf, typeText } from "./shape.js";

/** Where two schemas stand, and who sends what they describe. */
export interface Place {
  /** The operation and the part of it, such as `checkImportStatus 200`. */
  readonly part: string;
  /** The way into the body, such as `errors[].context`; empty for the body itself. */
  readonly path: string;
  readonly sender: "client" | "server";
}

/**
 * The differences between two schemas, downwards for as long as both go.
 *
 * @param published references resolved; may contain itself
 * @param ours the same
 * @example compareSchemas({ type: "string" }, { type: "integer" }, place)[0].kind; // "type"
 */
export function compareSchemas(published: unknown, ours: unknown, place: Place): readonly Found[] {
  const [theirs, own] = [shapeOf(published), shapeOf(ours)];
  const types = compareTypes(theirs, own, place);
  if (!haveCommonType(theirs, own)) return types;
  const isList = theirs.items !== undefined || own.items !== undefined;
  const areMaps = theirs.entries !== undefined && own.entries !== undefined;
  return [
    ...types,
    ...compareFormats(theirs, own, place),
    ...compareValues(theirs, own, place),
    ...compareProperties(theirs, own, place),
    ...(isList ? compareSchemas(theirs.items, own.items, below(place, "[]")) : []),
    ...(areMaps ? compareSchemas(theirs.entries, own.entries, below(place, ".*")) : []),
  ];
}

function whereOf({ part, path }: Place): string {
  return path === "" ? part : `${part} ${path}`;
}

function compareTypes(theirs: Shape, own: Shape, place: Place): readonly Found[] {
  const [published, ours] = [typeText(theirs), typeText(own)];
  if (published === ours) return [];
  const isBreaking = !isEnough(wordsOf(published), wordsOf(ours), place);
  return [{ kind: "type", where: whereOf(place), published, ours, isBreaking }];
}

function wordsOf(text: string): ReadonlySet<string> | undefined {
  return text === "any" ? undefined : new Set(text.split(" or "));
}

/** Below different types nothing can be compared; null is no type to have in common. */
function haveCommonType({ types: theirs }: Shape, { types: own }: Shape): boolean {
  if (theirs === undefined || own === undefined) return theirs === own;
  return [...theirs].some((type) => type !== "null" && own.has(type));
}

function compareFormats({ format: theirs }: Shape, { format: own }: Shape, place: Place): readonly Found[] {
  if (theirs === own) return [];
  const [published, ours] = [theirs ?? "none", own ?? "none"];
  return [{ kind: "format", where: whereOf(place), published, ours, isBreaking: own !== undefined }];
}

function compareValues({ values: theirs }: Shape, { values: own }: Shape, place: Place): readonly Found[] {
  const [published, ours] = [theirs ? listed(theirs) : "any", own ? listed(own) : "any"];
  if (published === ours) return [];
  return [{ kind: "enum", where: whereOf(place), published, ours, isBreaking: !isEnough(theirs, own, place) }];
}

/** Whether a client made for our values does with theirs. Undefined stands for any value. */
function isEnough(
  theirs: ReadonlySet<string> | undefined,
  own: ReadonlySet<string> | undefined,
  { sender }: Place,
): boolean {
  const [sent, taken] = sender === "client" ? [own, theirs] : [theirs, own];
  return taken === undefined || (sent !== undefined && [...sent].every((value) => taken.has(value)));
}

function compareProperties(theirs: Shape, own: Shape, place: Place): readonly Found[] {
  const names = new Set([...own.properties.keys(), ...theirs.properties.keys()]);
  return [...names].flatMap((name) => {
    const at = below(place, `.${name}`);
    const [published, ours] = [theirs, own].map((shape) => shape.properties.get(name) ?? shape.entries);
    if (published === undefined || ours === undefined) {
      const isBreaking = published === undefined || (place.sender === "client" && theirs.always.has(name));
      const [a, b] = [propertyText(theirs, name, published), propertyText(own, name, ours)];
      return [{ kind: "property", where: whereOf(at), published: a, ours: b, isBreaking } as const];
    }
    return [...compareDemands(demandOf(theirs, name), demandOf(own, name), at), ...compareSchemas(published, ours, at)];
  });
}

function propertyText(shape: Shape, name: string, schema: unknown): string {
  if (schema === undefined) return "absent";
  return `${typeText(shapeOf(schema))}${shape.always.has(name) ? ", required" : ""}`;
}

type Demand = "required" | "sometimes required" | "optional";

function demandOf({ always, sometimes }: Shape, name: string): Demand {
  if (always.has(name)) return "required";
  return sometimes.has(name) ? "sometimes required" : "optional";
}

/**
 * A client fails by what it has to send all at once, and by missing what it was promised.
 *
 * @example compareDemands("required", "optional", { part: "importFromUrl request", path: "url", sender: "client" })[0].isBreaking; // true
 */
export function compareDemands(published: Demand, ours: Demand, place: Place): readonly Found[] {
  if (published === ours) return [];
  const isBreaking = (place.sender === "client" ? published : ours) === "required";
  return [{ kind: "required", where: whereOf(place), published, ours, isBreaking }];
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}${step}`.replace(/^\./, "") };
}
