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
  | "limit"
  | "enum";

/** One place where the published document and the contract differ. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The operation, its part and the path into that part, such as `checkImportStatus 200 result.access`. */
  readonly where: string;
  readonly published: string;
  readonly ours: string;
  /** A difference that the evidence does not list is breaking or not, by HubSpot's definition. */
  readonly class: "known" | "breaking" | "not breaking";
  /** Why a difference that is not known is breaking or not. */
  readonly reason?: string;
  /** The documented departure that explains a known difference, such as `D1`. */
  readonly known?: string;
}

/** A difference that is not yet looked up among the known ones. */
export interface RawDifference extends Pick<Difference, "kind" | "where" | "published" | "ours"> {
  readonly reason: Reason;
}

/** Why a difference is breaking or not. */
export interface Reason {
  readonly isBreaking: boolean;
  readonly text: string;
}

/**
 * The reasons. HubSpot's definition of a breaking change comes first; for changes that it does not cover, what counts
 * is whether a client that follows the contract may fail.
 *
 * @see spec/evidence.md#what-hubspot-calls-a-breaking-change
 */
export const REASONS = {
  removedEndpoint: breaking("an endpoint is removed"),
  removed: (name: string, newName: string | undefined) =>
    breaking(`${name} is removed${newName === undefined ? "" : `, or renamed to ${newName}`}`),
  newlyRequired: (name: string) => breaking(`${name} is newly required`),
  otherType: breaking("another type"),
  otherLength: breaking("another length limit"),
  otherError: breaking("another error status"),
  otherCategory: breaking("another error category"),
  otherAuthentication: breaking("another authentication"),
  narrowerScopes: breaking("narrower scopes"),
  lowerLimit: breaking("a lower limit"),
  stricter: breaking("stricter validation"),
  otherSuccess: unnamed("another success status"),
  maybeAbsent: unnamed("a response may lack a field that the contract requires"),
  unlistedValue: unnamed("a response may have a value that the contract does not allow"),
  otherMediaType: unnamed("another media type"),
  newField: compatible("a new field"),
  otherMessage: compatible("another message text"),
  sameErrors: compatible("no further error status"),
  errorMediaType: compatible("another media type of errors"),
  kept: {
    client: compatible("requests that follow the contract are still accepted"),
    server: compatible("responses still follow the contract"),
  },
};

function breaking(text: string): Reason {
  return { isBreaking: true, text };
}

/** A reason that HubSpot's definition does not name. */
function unnamed(text: string): Reason {
  return breaking(`${text} (not in HubSpot's definition, but a client may fail)`);
}

function compatible(text: string): Reason {
  return { isBreaking: false, text };
}

/** Sorts and joins texts. @example listed(["b", "a"]); // "a, b" */
export function listed(texts: Iterable<string>): string {
  return [...texts].sort().join(", ") || "none";
}
