/** The two imports of a run: one that should complete, one whose file cannot be fetched. */
export type Journey = "complete" | "fail";

/** The requests that a server has to reject. */
export type Rejection = "no-token" | "wrong-token" | "undecodable-id" | "unknown-id" | "missing-url" | "wrong-enum";

/**
 * Why a run of this kit sent a request: the part of the run, and which of its requests it is. `settle` is a poll after
 * the end, `link` a poll of the address that the server gave, `other-version` a poll of the task's path in another
 * version of the API. A `question` is a request whose response is not published; `deleted-file` is a poll after the
 * deletion of the task's file.
 */
export type RunStep =
  | { readonly part: Journey; readonly request: "import" | "poll" | "settle" | "link" | "other-version" }
  | { readonly part: "rejection"; readonly request: Rejection }
  | { readonly part: "question"; readonly request: "required-fields" | "other-account" }
  | { readonly part: "cleanup"; readonly request: "poll" | "delete" | "deleted-file" };

/** The import that a step belongs to; undefined for every other part of a run. */
export function journeyOf(step: RunStep | undefined): Journey | undefined {
  return step?.part === "complete" || step?.part === "fail" ? step.part : undefined;
}

/** Whether a request only asks an open question of the contract: for these, a redirect or a 4xx is a valid response. */
export function isQuestion(step: RunStep | undefined): boolean {
  return step?.part === "question" || step?.request === "other-version" || step?.request === "deleted-file";
}

/**
 * Writes a step as recordings and pages show it.
 *
 * @example stepText({ part: "rejection", request: "no-token" }); // "refusal/no-token"
 */
export function stepText({ part, request }: RunStep): string {
  return `${part === "rejection" ? "refusal" : part}/${request}`;
}

/**
 * Reads a step from a recording.
 *
 * @param text as {@link stepText} writes it: the schema of a HAR entry allows nothing else
 * @see spec/har-entry.schema.json
 */
export function readStep(text: string): RunStep {
  const [part, request] = text.split("/");
  return { part: part === "refusal" ? "rejection" : part, request } as RunStep;
}
