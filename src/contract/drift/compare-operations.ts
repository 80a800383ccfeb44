import { compareDemands, compareSchemas, type Place } from "./compare-schemas.js";
import { type Found, listed } from "./difference.js";
import type { Body, Operation } from "./read-operation.js";

/**
 * The differences between an operation as published and ours.
 *
 * @param id ours, such as `checkImportStatus`; each `where` begins with it
 * @example compareOperations("deleteFile", published, ours)[0].where; // "deleteFile error"
 */
export function compareOperations(id: string, published: Operation, ours: Operation): readonly Found[] {
  const request: Place = { part: `${id} request`, path: "", sender: "client" };
  const demands = [published, ours].map(({ isRequestRequired }) => (isRequestRequired ? "required" : "optional"));
  const [theirDemand = "optional", ourDemand = "optional"] = demands;
  return [
    ...compareParameters(id, published, ours),
    ...compareDemands(theirDemand, ourDemand, request),
    ...compareBodies(published.request, ours.request, request),
    ...compareSuccesses(id, published, ours),
    ...compareFailures(id, published, ours),
    ...compareAccess(id, published, ours),
  ];
}

function compareParameters(id: string, published: Operation, ours: Operation): readonly Found[] {
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

/** A range stands for those statuses of the other side that it does not name itself. */
function compareSuccesses(id: string, published: Operation, ours: Operation): readonly Found[] {
  const [theirs, own] = [inRange(published.successes, ours.successes), inRange(ours.successes, published.successes)];
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

/** Bodies by status. Where one side has a range, what it covers is one body on both, under the first status of that. */
function inRange(side: Successes, other: Successes): Successes {
  const covered = (a: Successes, b: Successes) =>
    a.has(RANGE) ? [...b.keys()].filter((status) => !a.has(status) && status !== RANGE).sort() : [];
  const [mine, others] = [covered(other, side), covered(side, other)];
  const result = new Map([...side].filter(([status]) => !mine.includes(status)));
  const [first] = mine;
  if (first !== undefined) result.set(first, together(mine.flatMap((status) => side.get(status) ?? [])));
  const [name] = others;
  const range = side.get(RANGE);
  if (name !== undefined && range) {
    result.delete(RANGE);
    result.set(name, range);
  }
  return result;
}

function together(bodies: readonly Body[]): Body {
  const schemas = [...new Set(bodies.map(({ schema }) => schema))];
  return {
    mediaTypes: [...new Set(bodies.flatMap(({ mediaTypes }) => mediaTypes))],
    schema: schemas.length > 1 ? { anyOf: schemas } : schemas[0],
  };
}

/** A client has to expect any failure of any API, so another one breaks none. */
function compareFailures(id: string, published: Operation, ours: Operation): readonly Found[] {
  const part = `${id} error`;
  const [theirs, own] = [listed(published.failures), listed(ours.failures)];
  const isSame = listed(withoutRanges(published.failures, ours.failures)) === own;
  const statuses = { kind: "status", where: part, published: theirs, ours: own, isBreaking: false } as const;
  const bodies = compareBodies(published.error, ours.error, { part, path: "", sender: "server" });
  return [
    ...(isSame ? [] : [statuses]),
    ...bodies.map((one) => (one.kind === "media type" ? { ...one, isBreaking: false } : one)),
  ];
}

const RANGE = "2XX";

/** Statuses with those of the other side in place of each range that holds some. */
function withoutRanges(statuses: readonly string[], others: readonly string[]): ReadonlySet<string> {
  return new Set(
    statuses.flatMap((status) => {
      const held = others.filter((other) => /^.XX$/.test(status) && other.startsWith(status.charAt(0)));
      return held.length > 0 ? held : [status];
    }),
  );
}

function compareBodies(published: Body, ours: Body, place: Place): readonly Found[] {
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

function compareAccess(id: string, published: Operation, ours: Operation): readonly Found[] {
  const accepted = published.schemes.length > 0 ? published.schemes : ["none"];
  const schemes = accepted
    .filter((scheme) => !ours.schemes.includes(scheme))
    .map((scheme) => {
      return { kind: "security", where: `${id} security`, published: scheme, ours: listed(ours.schemes) } as const;
    });
  const [theirs, own] = [listed(published.scopes), listed(ours.scopes)];
  const isBreaking = theirs !== "none" && !ours.scopes.every((scope) => published.scopes.includes(scope));
  // Where one of ours still will do, another beside it breaks no client.
  const isLockedOut = !accepted.some((scheme) => ours.schemes.includes(scheme));
  return [
    ...schemes.map((one) => ({ ...one, isBreaking: isLockedOut })),
    ...(theirs === own
      ? []
      : [{ kind: "scopes", where: `${id} security`, published: theirs, ours: own, isBreaking } as const]),
  ];
}
