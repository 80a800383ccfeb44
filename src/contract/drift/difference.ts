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

/** One place where the published document and the contract say different things. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The operation, the part of it and the place in that, such as `checkImportStatus 200 result.access`. */
  readonly where: string;
  readonly published: string;
  readonly ours: string;
  /** `breaking` is new, too, and a client that keeps to the contract may fail by it. */
  readonly class: "known" | "new" | "breaking";
  /** The departure that explains a known one, such as `D1`. */
  readonly known?: string;
}

/** A difference before the evidence was asked whether it is known. */
export interface Found extends Pick<Difference, "kind" | "where" | "published" | "ours"> {
  readonly isBreaking: boolean;
}

/** Texts of a set, in one order. @example listed(["b", "a"]); // "a, b" */
export function listed(texts: Iterable<string>): string {
  return [...texts].sort().join(", ") || "none";
}
