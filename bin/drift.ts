import { Command } from "commander";
import { readContract } from "../src/contract/document.js";
import type { Difference } from "../src/contract/drift/difference.js";
import { compareWithPublished, type Drift, publishedVersion, readSource } from "../src/contract/drift.js";
import { parseKnownDifferences } from "../src/contract/evidence.js";
import { evidenceText } from "../src/contract/spec-texts.gen.js";
import { jsonText, printable } from "../src/report/printable.js";
import { UserError } from "../src/user-error.js";
import { print } from "./print.js";
import { withPublished } from "./published-file.js";

/** `drift`: what a published OpenAPI document says otherwise than the contract. Exit code 1 if not all of it is known. */
export function driftCommand(): Command {
  return new Command("drift")
    .argument("<published>", "the document, as JSON or YAML; nothing is fetched")
    .option("--all", "list the known differences, too")
    .option("--json", "print JSON: { version, differences, gone }, as below")
    .addHelpText(
      "after",
      `
JSON: differences is an array of { kind, where, published, ours, class, known? }, where class is known, new or breaking
and known a departure such as D1; gone is an array of { kind, where, published, departure, versions }.

Exit code: 0 every difference is listed in spec/evidence.md; 1 at least one is not; 2 the document cannot be used.`,
    )
    .action(async (file: string, options: { readonly all?: boolean; readonly json?: boolean }) => {
      const drift = await withPublished(file, (published) => {
        const version = publishedVersion(published);
        if (version === undefined) return undefined;
        const ours = readSource(readContract().root);
        return compareWithPublished({ published, ours, known: parseKnownDifferences(evidenceText), version });
      });
      if (drift === undefined) {
        throw new UserError(
          "unknown-file",
          `${file} has neither operation of an import. Pass HubSpot's OpenAPI document of the Files API.`,
        );
      }
      print(options.json ? jsonText(drift) : rendered(drift, options.all ?? false));
      process.exitCode = drift.differences.every((one) => one.class === "known") ? 0 : 1;
    });
}

function rendered(drift: Drift, all: boolean): string {
  const of = (name: Difference["class"]) => drift.differences.filter((one) => one.class === name);
  const [breaking, added, known] = [of("breaking"), of("new"), of("known")];
  const told = [...breaking, ...added, ...(all ? known : [])].map((one) => entry(one, drift.version));
  const gone = drift.gone.map(({ kind, where, published, departure }) => {
    return `NO LONGER THERE ${kind}: ${where} (${departure})\n  was        ${published}\n  next       remove the row from spec/evidence.md\n`;
  });
  const counts = `${breaking.length} breaking, ${added.length} new, ${known.length} known`;
  const hint = known.length > 0 && !all ? " (--all lists them)" : "";
  return [...told, ...gone, `${drift.version}: ${counts}${hint}\n`].join("\n");
}

function entry({ class: name, kind, where, published, ours, known }: Difference, version: string): string {
  const row = `| ${kind} | \`${where}\` | \`${published}\` | D? | ${version === "v3" ? "published OpenAPI" : "dated versions"} |`;
  const next = [
    `  next       ${name === "breaking" ? "ask the real API (verify); " : ""}if HubSpot is right, change spec/openapi.yaml;`,
    `             if not, list it in spec/evidence.md: ${row}`,
  ];
  const lines = [
    `${name.toUpperCase()} ${kind}: ${where}${known ? ` (${known})` : ""}`,
    `  published  ${published}`,
    `  ours       ${ours}`,
    ...(name === "known" ? [] : next),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}
