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

/** A difference to the published document that the evidence lists. @see spec/evidence.md */
export interface KnownDifference {
  readonly kind: string;
  /** As in a difference; `*` in place of the operation stands for each. */
  readonly where: string;
  /** The one value that is known at this place. */
  readonly published: string;
  /** Such as `D1`. */
  readonly departure: string;
  /** Whether v3 differs so, too, or only the dated versions of the API. */
  readonly versions: "all" | "dated";
}

/**
 * The known differences, from their table in the evidence.
 *
 * @param evidence the text of `spec/evidence.md`
 * @throws if a row of the table cannot be read: a row that is passed over would make a known difference new
 * @example parseKnownDifferences(evidence)[0].departure; // "D1"
 */
export function parseKnownDifferences(evidence: string): readonly KnownDifference[] {
  const [, section = ""] = evidence.split("\n## Known differences to the published OpenAPI\n");
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) => {
    const [, kind, where, published, departure, source] = ROW.exec(line) ?? [];
    if (!kind || !where || !published || !departure || !source) {
      throw new Error(`spec/evidence.md: "${line}" is no row of the known differences.`);
    }
    return { kind, where, published, departure, versions: source.includes("dated versions") ? "dated" : "all" };
  });
}

const ROW = /^\| ([a-z ]+) \| `([^`]+)` \| `([^`]+)` \| (D\d+) \| ([^|]+) \|$/;
