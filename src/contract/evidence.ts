import type { KnownDifference } from "./drift.js";
import { evidenceText } from "./spec-texts.gen.js";

/** Something that nobody has published. @see spec/evidence.md */
export interface OpenQuestion {
  /** Such as `Q1`. */
  readonly id: string;
  readonly question: string;
  /** What the mock does, as long as nobody knows. */
  readonly assumed: string;
}

/** The contract's open questions, from the table in `spec/evidence.md`. @example openQuestions()[0].id; // "Q1" */
export function openQuestions(): readonly OpenQuestion[] {
  const rows = evidenceText.matchAll(/^\| (Q\d+) \| (.+?) \| (.+?) \|/gm);
  return [...rows].map(([, id = "", question = "", assumed = ""]) => ({ id, question, assumed }));
}

/** The differences to the published document that `spec/evidence.md` lists. @example knownDifferences()[0].departure; // "D1" */
export function knownDifferences(): readonly KnownDifference[] {
  const [, section = ""] = evidenceText.split("## Known differences to the published document\n");
  const rows = (section.split("\n## ")[0] ?? "").matchAll(
    /^\| ([a-z ]+) \| `([^`]+)` \| `([^`]+)` \| ([A-Z]\d+) \| (all|dated) \|$/gm,
  );
  return [...rows].map(([, kind = "", where = "", published = "", departure = "", versions]) => ({
    kind,
    where,
    published,
    departure,
    isDatedOnly: versions === "dated",
  }));
}
