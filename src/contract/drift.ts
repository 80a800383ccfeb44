import { isObject, type JsonObject } from "./document.js";
import { type Fact, surfaceOf } from "./surface.js";

/** A difference between HubSpot's published document and the contract. */
export interface Difference extends Pick<Fact, "kind" | "where"> {
  /** What each side says; `absent` where it says nothing. */
  readonly published: string;
  readonly ours: string;
  /**
   * `known`: listed in the evidence. `breaking`: new, and a client that keeps to the contract can fail by it. `new`: the
   * rest.
   */
  readonly class: "known" | "new" | "breaking";
  /** The departure that lists it, such as `D1`. */
  readonly departure?: string;
}

/** A difference that the evidence lists. @see spec/evidence.md */
export interface KnownDifference {
  readonly kind: string;
  /** May hold `*` for any characters. */
  readonly where: string;
  readonly published: string;
  readonly departure: string;
  /** Set where only the dated versions of the API differ. */
  readonly isDatedOnly: boolean;
}

/** The differences, and what the evidence lists without need. */
export interface Drift {
  readonly differences: readonly Difference[];
  /** Listed, and no longer so. */
  readonly gone: readonly KnownDifference[];
}

/**
 * Compares a published document with the contract, operation by operation and place by place.
 *
 * @param published OpenAPI 3, references resolved; v3 of the API or a dated version
 * @param contract ours, references resolved
 * @example compareDocuments(published, ours, knownDifferences()).differences.filter((one) => one.class !== "known");
 */
export function compareDocuments(
  published: JsonObject,
  contract: JsonObject,
  known: readonly KnownDifference[],
): Drift {
  const theirs = byPlace(surfaceOf(published));
  const ours = byPlace(surfaceOf(contract));
  const places = [...new Set([...ours.keys(), ...theirs.keys()])];
  const differing = places.flatMap((place) => {
    const [a, b] = [theirs.get(place), ours.get(place)];
    const { kind, where } = (a ?? b) as Fact; // the place is from one of the two
    const said = { kind, where, published: a?.value ?? "absent", ours: b?.value ?? "absent" };
    return said.published === said.ours ? [] : [said];
  });
  const told = differing.filter((one) => !differing.some((outer) => includes(outer, one)));
  const differences = told.map((one): Difference => {
    const listed = known.find((row) => isListed(row, one));
    if (listed) return { ...one, class: "known", departure: listed.departure };
    return { ...one, class: canBreak(one) ? "breaking" : "new" };
  });
  const isDated = !Object.keys((published["paths"] ?? {}) as JsonObject).some((path) => path.startsWith("/files/v3/"));
  const expected = known.filter((row) => isDated || !row.isDatedOnly);
  const gone = expected.filter((row) => isAsked(row, theirs) && !told.some((one) => isListed(row, one)));
  return { differences, gone };
}

/** Whether a document has one of the two import operations at all. */
export function describesImports(document: unknown): document is JsonObject {
  if (!isObject(document)) return false;
  return surfaceOf(document).some(({ kind, where }) => kind === "operation" && where !== "deleteFile");
}

type Said = Omit<Difference, "class" | "departure">;

function byPlace(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  return new Map(facts.map((fact) => [`${fact.kind} ${fact.where}`, fact]));
}

/** What is missing as a whole needs no word about its parts. */
function includes(outer: Said, inner: Said): boolean {
  if (outer === inner || (outer.published !== "absent" && outer.ours !== "absent")) return false;
  if (outer.kind === "operation") return inner.where.startsWith(`${outer.where} `);
  if (outer.kind !== "property") return false;
  const isSame = inner.where === outer.where && inner.kind !== "property";
  return isSame || inner.where.startsWith(`${outer.where}.`) || inner.where.startsWith(`${outer.where}[]`);
}

function isListed(row: KnownDifference, { kind, where, published }: Said): boolean {
  return row.kind === kind && row.published === published && matches(row.where, where);
}

function matches(pattern: string, where: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(where);
}

/** Whether a row is about an operation that the document has. */
function isAsked({ where }: KnownDifference, theirs: ReadonlyMap<string, Fact>): boolean {
  return where.startsWith("*") || theirs.has(`operation ${where.split(" ")[0]}`);
}

const STRENGTH = ["never", "sometimes", "always"];

function canBreak({ kind, where, published, ours }: Said): boolean {
  const isRequest = where.split(" ")[1] === "request";
  switch (kind) {
    case "operation":
    case "media type":
    case "parameter":
    case "type":
      return true;
    case "security":
      return published === "absent";
    case "status":
      return /\b2\d\d$/.test(where);
    case "property":
      return published === "absent";
    case "enum": {
      const [theirs, known] = [published, ours].map((text) => new Set(text.split(", "))) as [Set<string>, Set<string>];
      // A request's value that is taken no longer, or an answer's that no client expects.
      return isRequest ? [...known].some((one) => !theirs.has(one)) : [...theirs].some((one) => !known.has(one));
    }
    case "required": {
      const isStronger = STRENGTH.indexOf(published) > STRENGTH.indexOf(ours);
      return isRequest ? isStronger : !isStronger;
    }
  }
}
