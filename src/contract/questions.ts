import { evidenceText } from "./spec-texts.gen.js";

/** Something that nobody has published. @see spec/evidence.md */
export interface OpenQuestion {
  /** Such as `Q1`. */
  readonly id: string;
  readonly question: string;
  /** What the mock does, as long as nobody knows. */
  readonly assumed: string;
}

/** The contract's open questions, from the table in `spec/evidence.md`. */
export function openQuestions(): readonly OpenQuestion[] {
  const rows = evidenceText.matchAll(/^\| (Q\d+) \| (.+?) \| (.+?) \|/gm);
  return [...rows].map(([, id = "", question = "", assumed = ""]) => ({ id, question, assumed }));
}
