import { listed, type RawDifference, REASONS, type Reason } from "./difference.js";
import { compareLimits } from "./limits.js";
import { type Shape, shapeOf, typeText } from "./shape.js";

/** Where two schemas are in their operation, and who sends the values that they describe. */
export interface Place {
  /** The operation and the part of it, such as `checkImportStatus 200`. */
  readonly part: string;
  /** The path into the body, such as `errors[].context`; empty for the body itself. */
  readonly path: string;
  readonly sender: "client" | "server";
}

/**
 * Returns the differences between two schemas and between the subschemas that both have.
 *
 * @param published with its references resolved; may contain itself, as may `ours`
 * @example compareSchemas({ type: "string" }, { type: "integer" }, place)[0].kind; // "type"
 */
export function compareSchemas(published: unknown, ours: unknown, place: Place): readonly RawDifference[] {
  const [theirs, own] = [shapeOf(published), shapeOf(ours)];
  const types = compareTypes(theirs, own, place);
  if (!haveCommonType(theirs, own)) return types;
  const isList = theirs.items !== undefined || own.items !== undefined;
  const areMaps = theirs.entries !== undefined && own.entries !== undefined;
  return [
    ...types,
    ...compareFormats(theirs, own, place),
    ...compareLimits(theirs.limits, own.limits, { where: whereOf(place), sender: place.sender }),
    ...compareValues(theirs, own, place),
    ...compareProperties(theirs, own, place),
    ...(isList ? compareSchemas(theirs.items, own.items, below(place, "[]")) : []),
    ...(areMaps ? compareSchemas(theirs.entries, own.entries, below(place, ".*")) : []),
  ];
}

function whereOf({ part, path }: Place): string {
  return path === "" ? part : `${part} ${path}`;
}

function compareTypes(theirs: Shape, own: Shape, place: Place): readonly RawDifference[] {
  const [published, ours] = [typeText(theirs), typeText(own)];
  if (published === ours) return [];
  const isKept = isCompatible(wordsOf(published), wordsOf(ours), place);
  const reason = isKept ? REASONS.kept[place.sender] : REASONS.otherType;
  return [{ kind: "type", where: whereOf(place), published, ours, reason }];
}

function wordsOf(text: string): ReadonlySet<string> | undefined {
  return text === "any" ? undefined : new Set(text.split(" or "));
}

/** Without a common type other than null, the subschemas cannot be compared. */
function haveCommonType({ types: theirs }: Shape, { types: own }: Shape): boolean {
  if (theirs === undefined || own === undefined) return theirs === own;
  return [...theirs].some((type) => type !== "null" && own.has(type));
}

function compareFormats({ format: theirs }: Shape, { format: own }: Shape, place: Place): readonly RawDifference[] {
  if (theirs === own) return [];
  const [published, ours] = [theirs ?? "none", own ?? "none"];
  const ofNew = place.sender === "client" ? REASONS.stricter : REASONS.kept.server;
  const reason = own === undefined ? ofNew : REASONS.otherType;
  return [{ kind: "format", where: whereOf(place), published, ours, reason }];
}

function compareValues({ values: theirs }: Shape, { values: own }: Shape, place: Place): readonly RawDifference[] {
  const [published, ours] = [theirs ? listed(theirs) : "any", own ? listed(own) : "any"];
  if (published === ours) return [];
  return [{ kind: "enum", where: whereOf(place), published, ours, reason: reasonOfValues(theirs, own, place) }];
}

function reasonOfValues(theirs: Shape["values"], own: Shape["values"], place: Place): Reason {
  const [, property] = /(?: error |errors\[\]\.)(category|message)$/.exec(whereOf(place)) ?? [];
  if (property === "category") return REASONS.otherCategory;
  if (property === "message") return REASONS.otherMessage;
  if (isCompatible(theirs, own, place)) return REASONS.kept[place.sender];
  if (place.sender === "server") return REASONS.unlistedValue;
  return own === undefined ? REASONS.stricter : REASONS.removed("an option", undefined);
}

/** Whether a client made for our values works with theirs. Undefined stands for any value. */
function isCompatible(
  theirs: ReadonlySet<string> | undefined,
  own: ReadonlySet<string> | undefined,
  { sender }: Place,
): boolean {
  const [sent, taken] = sender === "client" ? [own, theirs] : [theirs, own];
  return taken === undefined || (sent !== undefined && [...sent].every((value) => taken.has(value)));
}

function compareProperties(theirs: Shape, own: Shape, place: Place): readonly RawDifference[] {
  const names = new Set([...own.properties.keys(), ...theirs.properties.keys()]);
  return [...names].flatMap((name) => {
    const at = below(place, `.${name}`);
    const [published, ours] = [theirs, own].map((shape) => propertyOf(shape, name, place));
    if (published === undefined && ours === undefined) return [];
    if (published === undefined || ours === undefined) {
      const [a, b] = [propertyText(theirs, name, published), propertyText(own, name, ours)];
      const reason = reasonOfProperty({ theirs, own, name, place });
      return [{ kind: "property", where: whereOf(at), published: a, ours: b, reason } as const];
    }
    return [
      ...compareRequirements(requirementOf(theirs, name), requirementOf(own, name), at),
      ...compareSchemas(published, ours, at),
    ];
  });
}

/** Returns a property's schema; undefined if the sender never sends it: a client no `readOnly` property. */
function propertyOf({ properties, entries }: Shape, name: string, { sender }: Place): unknown {
  const schema = properties.get(name);
  if (schema === undefined) return entries;
  const { isReadOnly, isWriteOnly } = shapeOf(schema);
  return (sender === "client" ? isReadOnly : isWriteOnly) ? undefined : schema;
}

/** Why a property that only one side has is breaking or not. */
function reasonOfProperty({
  theirs,
  own,
  name,
  place,
}: Sides & { readonly name: string; readonly place: Place }): Reason {
  const isRequest = place.sender === "client";
  const schema = own.properties.get(name);
  if (schema === undefined) {
    return isRequest && theirs.always.has(name) ? REASONS.newlyRequired(fieldOf(place)) : REASONS.newField;
  }
  return REASONS.removed(isRequest ? "an option" : fieldOf(place), newNameOf(schema, { theirs, own }));
}

interface Sides {
  readonly theirs: Shape;
  readonly own: Shape;
}

/** The only new property with the type of a removed one: possibly its new name. */
function newNameOf(removed: unknown, { theirs, own }: Sides): string | undefined {
  const textOf = (schema: unknown) => {
    const shape = shapeOf(schema);
    return `${typeText(shape)} ${shape.format} ${listed(shape.values ?? [])}`;
  };
  const added = [...theirs.properties].filter(([name]) => !own.properties.has(name));
  const alike = added.filter(([, schema]) => textOf(schema) === textOf(removed));
  return alike.length === 1 ? alike[0]?.[0] : undefined;
}

/** What a property of a place is called. */
function fieldOf({ part, sender }: Place): string {
  if (sender === "server") return "a response field";
  if (part.endsWith(" request")) return "a request field";
  return part.endsWith(" header") ? "a header" : "a parameter";
}

function propertyText(shape: Shape, name: string, schema: unknown): string {
  if (schema === undefined) return "absent";
  return `${typeText(shapeOf(schema))}${shape.always.has(name) ? ", required" : ""}`;
}

export type Requirement = "required" | "sometimes required" | "optional";

function requirementOf({ always, sometimes }: Shape, name: string): Requirement {
  if (always.has(name)) return "required";
  return sometimes.has(name) ? "sometimes required" : "optional";
}

/** @example compareRequirements("required", "optional", place)[0].kind; // "required" */
export function compareRequirements(published: Requirement, ours: Requirement, place: Place): readonly RawDifference[] {
  if (published === ours) return [];
  return [
    { kind: "required", where: whereOf(place), published, ours, reason: reasonOfRequirement(published, ours, place) },
  ];
}

function reasonOfRequirement(published: Requirement, ours: Requirement, place: Place): Reason {
  if (place.sender === "server") return ours === "required" ? REASONS.maybeAbsent : REASONS.kept.server;
  if (published === "required") return REASONS.newlyRequired(fieldOf(place));
  return ours === "optional" ? REASONS.stricter : REASONS.kept.client;
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}${step}`.replace(/^\./, "") };
}
