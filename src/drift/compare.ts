import { compareRequirements, compareSchemas, type Place } from "./compare-schemas.js";
import { listed, type RawDifference, REASONS } from "./difference.js";
import type { Body, Operation } from "./read-operation.js";

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
    return [{ kind: "status", where: part, ...texts, reason: REASONS.otherSuccess } as const];
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

function compareFailures(id: string, published: Operation, ours: Operation): readonly RawDifference[] {
  const part = `${id} error`;
  const [theirs, own] = [listed(published.failures), listed(ours.failures)];
  const expanded = expandRanges(published.failures, ours.failures);
  const isAdded = [...expanded].some((status) => status !== "default" && !ours.failures.includes(status));
  const reason = isAdded ? REASONS.otherError : REASONS.sameErrors;
  const bodies = compareBodies(published.error, ours.error, { part, path: "", sender: "server" });
  return [
    ...(listed(expanded) === own
      ? []
      : [{ kind: "status", where: part, published: theirs, ours: own, reason } as const]),
    ...bodies.map((one) => (one.kind === "media type" ? { ...one, reason: REASONS.errorMediaType } : one)),
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
  const isCovered = sent.mediaTypes.every((type) => taken.mediaTypes.includes(type)) && theirs !== "none";
  const reason = isCovered ? REASONS.kept[place.sender] : REASONS.otherMediaType;
  return [
    ...(theirs === own
      ? []
      : [{ kind: "media type", where: place.part, published: theirs, ours: own, reason } as const]),
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
  const isNarrower = theirs !== "none" && !ours.scopes.every((scope) => published.scopes.includes(scope));
  // As long as one of our schemes is accepted, an additional one breaks no client. A token of OAuth is a bearer token.
  const isLockedOut = !accepted.some((scheme) => ours.schemes.includes(scheme === "oauth2" ? "http bearer" : scheme));
  const [reason, ofScopes] = [
    isLockedOut ? REASONS.otherAuthentication : REASONS.kept.client,
    isNarrower ? REASONS.narrowerScopes : REASONS.kept.client,
  ];
  return [
    ...schemes.map((one) => ({ ...one, reason })),
    ...(theirs === own
      ? []
      : [{ kind: "scopes", where: `${id} security`, published: theirs, ours: own, reason: ofScopes } as const]),
  ];
}
