import { evidence } from "./evidence.gen.js";

/** A question that is answered by no published source. @see spec/evidence.md */
export interface OpenQuestion {
  /** Such as `Q1`. */
  readonly id: string;
  readonly question: string;
  /** What the mock does until the answer is known. */
  readonly assumed: string;
}

/** The contract's open questions. @example openQuestions[0].id; // "Q1" */
export const openQuestions: readonly OpenQuestion[] = evidence.questions;

/** A difference to the published document that the evidence lists. @see spec/evidence.md */
export interface KnownDifference {
  readonly kind: string;
  /** As in a difference; `*` in place of the operation stands for each. */
  readonly where: string;
  /** The one value that is known at this place. */
  readonly published: string;
  /** Such as `D1`. */
  readonly departure: string;
  /** Whether v3 also differs in this place, or only the dated versions of the API. */
  readonly versions: "all" | "dated";
}

/** The address of HubSpot's public list of its OpenAPI files. */
export const publishedCatalogue: string = evidence.catalogue;

/** The known differences to the published documents. @example knownDifferences[0].departure; // "D1" */
export const knownDifferences: readonly KnownDifference[] = evidence.knownDifferences;

/**
 * Returns when HubSpot's support of an API version ends.
 *
 * @param version such as `v3` or `2026-03`
 * @returns a month or a day in ISO 8601; undefined if the version's end is not published
 * @see spec/evidence.md#dated-api-versions (a dated version is supported until month 18)
 * @example supportedUntil("v3"); // "2027-09"
 */
export function supportedUntil(version: string): string | undefined {
  const ends: Readonly<Record<string, string>> = evidence.supportedUntil;
  return Object.hasOwn(ends, version) ? ends[version] : monthAfter(version, 18);
}

/** @example monthAfter("2026-09", 18); // "2028-03" */
function monthAfter(month: string, count: number): string | undefined {
  const start = /^\d{4}-\d\d$/.test(month) ? new Date(`${month}-01T00:00:00Z`) : undefined;
  if (!start || Number.isNaN(start.getTime())) return undefined;
  start.setUTCMonth(start.getUTCMonth() + count);
  return start.toISOString().slice(0, 7);
}
