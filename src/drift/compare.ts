import type { Body, Operation } from "./read-operation.js";
import { type Shape, shapeOf, typeText } from "./shape.js";

/** What a difference is about. */
type DifferenceKind =
  | "operation"
  | "status"
  | "media type"
  | "security"
  | "scopes"
  | "property"
  | "required"
  | "type"
  | "format"
  | "enum";

/** One place where the published document and the contract differ. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The operation, its part and the path into that part, such as `checkImportStatus 200 result.access`. */
  readonly where: string;
  readonly published: string;
  readonly ours: string;
  /** `breaking`: new, and a client that follows the contract may fail because of it. */
  readonly class: "known" | "new" | "breaking";
  /** The documented departure that explains a known difference, such as `D1`. */
  readonly known?: string;
}

/** A difference that is not yet looked up among the known ones. */
export interface RawDifference extends Pick<Difference, "kind" | "where" | "published" | "ours"> {
  readonly isBreaking: boolean;
}

/** Sorts and joins texts. @example listed(["b", "a"]); // "a, b" */
function listed(texts: Iterable<string>): string {
  return [...texts].sort().join(", ") || "none";
}

/**
 * Returns the differences between a published operation and ours.
 *
 * @param id our operationId, such as `checkImportStatus`; each `where` begins with it
 * @example compareOperations("deleteFile", published, ours)[0].where; // "deleteFile error"
 */
export function compareOperations(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const request: Place = { part: `${id} request`, path: "", sender: "client" };
  const requirements = [published, ours].map(({ isRequestRequired }) => (isRequestRequired ? "required" : "optional"));
  const [theirs = "optional", own = "optional"] = requirements;
  return [
    ...compareParameters(id, published, ours),
    ...compareRequirements(theirs, own, request),
    ...compareBodies(published.request, ours.request, request),
    ...compareSuccesses(id, published, ours),
    ...compareFailures(id, published, ours),
    ...compareAccess(id, published, ours),
  ];
}

function compareParameters(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const places = [...new Set([...Object.keys(ours.parameters), ...Object.keys(published.parameters)])];
  const none = { type: "object", properties: {} };
  return places.flatMap((place) =>
    compareSchemas(published.parameters[place] ?? none, ours.parameters[place] ?? none, {
      part: `${id} ${place}`,
      path: "",
      sender: "client",
    }),
  );
}

/** A range such as 2XX covers the other side's statuses that its own side does not list. */
function compareSuccesses(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const [theirs, own] = [
    mergeRanges(published.successes, ours.successes),
    mergeRanges(ours.successes, published.successes),
  ];
  const statuses = [...new Set([...own.keys(), ...theirs.keys()])];
  return statuses.flatMap((status) => {
    const [their, our] = [theirs.get(status), own.get(status)];
    const part = `${id} ${status}`;
    if (their && our) return compareBodies(their, our, { part, path: "", sender: "server" });
    const texts = { published: their ? "declared" : "absent", ours: our ? "declared" : "absent" };
    return [{ kind: "status", where: part, ...texts, isBreaking: true } as const];
  });
}

type Successes = Operation["successes"];

/** Returns bodies by status. The statuses that a range covers are merged into one body, under the first of them. */
function mergeRanges(side: Successes, other: Successes): Successes {
  const covered = (a: Successes, b: Successes) =>
    a.has(RANGE) ? [...b.keys()].filter((status) => !a.has(status) && status !== RANGE).sort() : [];
  const [mine, others] = [covered(other, side), covered(side, other)];
  const result = new Map([...side].filter(([status]) => !mine.includes(status)));
  const [first] = mine;
  if (first !== undefined) result.set(first, mergeBodies(mine.flatMap((status) => side.get(status) ?? [])));
  const [name] = others;
  const range = side.get(RANGE);
  if (name !== undefined && range) {
    result.delete(RANGE);
    result.set(name, range);
  }
  return result;
}

function mergeBodies(bodies: readonly Body[]): Body {
  const schemas = [...new Set(bodies.map(({ schema }) => schema))];
  return {
    mediaTypes: [...new Set(bodies.flatMap(({ mediaTypes }) => mediaTypes))],
    schema: schemas.length > 1 ? { anyOf: schemas } : schemas[0],
  };
}

/** A client has to expect every error status from any API, so an additional one is not breaking. */
function compareFailures(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const part = `${id} error`;
  const [theirs, own] = [listed(published.failures), listed(ours.failures)];
  const isSame = listed(expandRanges(published.failures, ours.failures)) === own;
  const statuses = { kind: "status", where: part, published: theirs, ours: own, isBreaking: false } as const;
  const bodies = compareBodies(published.error, ours.error, { part, path: "", sender: "server" });
  return [
    ...(isSame ? [] : [statuses]),
    ...bodies.map((one) => (one.kind === "media type" ? { ...one, isBreaking: false } : one)),
  ];
}

const RANGE = "2XX";

/** Replaces each range by the other side's statuses within it; keeps a range that covers none. */
function expandRanges(statuses: readonly string[], others: readonly string[]): ReadonlySet<string> {
  return new Set(
    statuses.flatMap((status) => {
      const held = others.filter((other) => /^.XX$/.test(status) && other.startsWith(status.charAt(0)));
      return held.length > 0 ? held : [status];
    }),
  );
}

function compareBodies(published: Body, ours: Body, place: Place): readonly RawDifference[] {
  const [theirs, own] = [listed(published.mediaTypes), listed(ours.mediaTypes)];
  const [sent, taken] = place.sender === "client" ? [ours, published] : [published, ours];
  const isBreaking = !sent.mediaTypes.every((type) => taken.mediaTypes.includes(type)) || theirs === "none";
  return [
    ...(theirs === own
      ? []
      : [{ kind: "media type", where: place.part, published: theirs, ours: own, isBreaking } as const]),
    ...(theirs === "none" || own === "none" ? [] : compareSchemas(published.schema, ours.schema, place)),
  ];
}

function compareAccess(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const accepted = published.schemes.length > 0 ? published.schemes : ["none"];
  const schemes = accepted
    .filter((scheme) => !ours.schemes.includes(scheme))
    .map((scheme) => {
      return { kind: "security", where: `${id} security`, published: scheme, ours: listed(ours.schemes) } as const;
    });
  const [theirs, own] = [listed(published.scopes), listed(ours.scopes)];
  const isBreaking = theirs !== "none" && !ours.scopes.every((scope) => published.scopes.includes(scope));
  // As long as one of our schemes is accepted, an additional one breaks no client.
  const isLockedOut = !accepted.some((scheme) => ours.schemes.includes(scheme));
  return [
    ...schemes.map((one) => ({ ...one, isBreaking: isLockedOut })),
    ...(theirs === own
      ? []
      : [{ kind: "scopes", where: `${id} security`, published: theirs, ours: own, isBreaking } as const]),
  ];
}

/** Where two schemas are in their operation, and who sends the values that they describe. */
interface Place {
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
function compareSchemas(published: unknown, ours: unknown, place: Place): readonly RawDifference[] {
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

function compareTypes(theirs: Shape, own: Shape, place: Place): readonly RawDifference[] {
  const [published, ours] = [typeText(theirs), typeText(own)];
  if (published === ours) return [];
  const isBreaking = !isCompatible(wordsOf(published), wordsOf(ours), place);
  return [{ kind: "type", where: whereOf(place), published, ours, isBreaking }];
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
  return [{ kind: "format", where: whereOf(place), published, ours, isBreaking: own !== undefined }];
}

function compareValues({ values: theirs }: Shape, { values: own }: Shape, place: Place): readonly RawDifference[] {
  const [published, ours] = [theirs ? listed(theirs) : "any", own ? listed(own) : "any"];
  if (published === ours) return [];
  return [{ kind: "enum", where: whereOf(place), published, ours, isBreaking: !isCompatible(theirs, own, place) }];
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
    const [published, ours] = [theirs, own].map((shape) => shape.properties.get(name) ?? shape.entries);
    if (published === undefined || ours === undefined) {
      const isBreaking = published === undefined || (place.sender === "client" && theirs.always.has(name));
      const [a, b] = [propertyText(theirs, name, published), propertyText(own, name, ours)];
      return [{ kind: "property", where: whereOf(at), published: a, ours: b, isBreaking } as const];
    }
    return [
      ...compareRequirements(requirementOf(theirs, name), requirementOf(own, name), at),
      ...compareSchemas(published, ours, at),
    ];
  });
}

function propertyText(shape: Shape, name: string, schema: unknown): string {
  if (schema === undefined) return "absent";
  return `${typeText(shapeOf(schema))}${shape.always.has(name) ? ", required" : ""}`;
}

type Requirement = "required" | "sometimes required" | "optional";

function requirementOf({ always, sometimes }: Shape, name: string): Requirement {
  if (always.has(name)) return "required";
  return sometimes.has(name) ? "sometimes required" : "optional";
}

/**
 * Breaking is a new required property of a request, and a required property of a response that may now be missing.
 *
 * @example compareDemands("required", "optional", { part: "importFromUrl request", path: "url", sender: "client" })[0].isBreaking; // true
 */
function compareRequirements(published: Requirement, ours: Requirement, place: Place): readonly RawDifference[] {
  if (published === ours) return [];
  const isBreaking = (place.sender === "client" ? published : ours) === "required";
  return [{ kind: "required", where: whereOf(place), published, ours, isBreaking }];
}

function below(place: Place, step: string): Place {
  return { ...place, path: `${place.path}${step}`.replace(/^\./, "") };
}
