import { basename } from "node:path";
import { Command, Option } from "commander";
import { parseDocument } from "yaml";
import { readProblem, readText } from "../mocks/read-file.js";
import { hasTooManyAliases, MAX_ALIASES } from "../mocks/scenario-directory.js";
import { readContract } from "../src/contract/document.js";
import { knownDifferences, publishedCatalogue } from "../src/contract/evidence.js";
import type { Difference } from "../src/drift/difference.js";
import { compareWithPublished, type Drift, publishedVersion, readSource } from "../src/drift/drift.js";
import type { Source } from "../src/drift/read-operation.js";
import { UnresolvedReference } from "../src/drift/references.js";
import { isObject } from "../src/json.js";
import { jsonText, printable } from "../src/text.js";
import { UserError } from "../src/user-error.js";
import { requireText } from "./options.js";
import { print } from "./print.js";

/** `drift`: compares a published OpenAPI document with the contract. Exit code 1 if a difference is not known yet. */
export function driftCommand(): Command {
  return new Command("drift")
    .argument("<published>", "HubSpot's OpenAPI document of the Files API in any version, as JSON or YAML", requireText)
    .option("--all", "also list the known differences")
    .option("--markdown", "print Markdown, for an issue or a job's summary")
    .addOption(new Option("--json", "print JSON: { version, differences, gone }, as below").conflicts("markdown"))
    .addHelpText(
      "after",
      `
Nothing is fetched. HubSpot's public catalogue lists its documents: ${publishedCatalogue}

A difference that is not known is breaking or not by HubSpot's own definition of a breaking change.

JSON: differences is an array of { kind, where, published, ours, class, reason?, known? }, where class is breaking,
not breaking or known, reason says why, and known is a departure such as D1; gone is an array of { kind, where,
published, departure, versions }.

Exit code: 0 every difference is listed in spec/evidence.yaml; 1 at least one is not; 2 the document cannot be used.`,
    )
    .action(async (file: string, options: Output) => {
      const drift = await withPublished(file, (published) => {
        const version = publishedVersion(published);
        if (version === undefined) return undefined;
        const ours = readSource(readContract().root);
        return compareWithPublished({ published, ours, known: knownDifferences, version });
      });
      if (drift === undefined) {
        throw unusable(file, "has neither of the two import operations", ADVICE);
      }
      print(options.json ? jsonText(drift) : render(drift, options));
      process.exitCode = drift.differences.every((one) => one.class === "known") ? 0 : 1;
    });
}

interface Output {
  readonly all?: boolean;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

function render(drift: Drift, { all = false, markdown = false }: Output): string {
  const listed = drift.differences.filter((one) => all || one.class !== "known");
  const counts = (["breaking", "not breaking", "known"] as const).map((name) => {
    return `${drift.differences.filter((one) => one.class === name).length} ${name}`;
  });
  const hint = listed.length < drift.differences.length ? " (--all lists them)" : "";
  const summary = `${drift.version}: ${counts.join(", ")}${hint}\n`;
  return markdown
    ? markdownText({ ...drift, differences: listed }, summary)
    : driftText({ ...drift, differences: listed }, summary);
}

function driftText({ version, differences, gone }: Drift, summary: string): string {
  const left = gone.map(({ kind, where, published, departure }) => {
    return `NO LONGER THERE ${kind}: ${where} (${departure})\n  was        ${published}\n  next       remove the row from spec/evidence.yaml\n`;
  });
  return [...differences.map((one) => differenceText(one, version)), ...left, summary].join("\n");
}

function differenceText(difference: Difference, version: string): string {
  const { class: name, reason, kind, where, published, ours, known } = difference;
  const next = [
    `  why        ${reason}`,
    `  next       ${name === "breaking" ? "ask the real API (verify); " : ""}if HubSpot is right, change spec/openapi.yaml;`,
    "             if not, list it in spec/evidence.yaml:",
    `             ${knownRow(difference, version)}`,
  ];
  const lines = [
    `${name.toUpperCase()} ${kind}: ${where}${known ? ` (${known})` : ""}`,
    `  published  ${published}`,
    `  ours       ${ours}`,
    ...(name === "known" ? [] : next),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function markdownText({ differences, gone }: Drift, summary: string): string {
  const rows = differences.map(({ class: name, kind, where, published, ours, reason, known }) => {
    return [name, kind, codeCell(where), codeCell(published), codeCell(ours), reason ?? known ?? ""];
  });
  const left = gone.map((row) => [
    "no longer there",
    row.kind,
    codeCell(row.where),
    codeCell(row.published),
    "",
    row.departure,
  ]);
  const heads = ["class", "kind", "where", "published", "ours", "why"];
  const lines = [heads, heads.map(() => "---"), ...rows, ...left].map((cells) => `| ${cells.join(" | ")} |\n`);
  return `${summary}${lines.length > 2 ? `\n${lines.join("")}` : ""}`;
}

/** Renders a table's cell as code, since a document's text may contain markup. */
function codeCell(text: string): string {
  return `\`${printable(text).replaceAll("`", "'").replaceAll("|", "\\|")}\``;
}

/** Renders the row of YAML that makes a difference known. */
function knownRow({ kind, where, published }: Difference, version: string): string {
  const source = version === "v3" ? "published OpenAPI" : "dated versions";
  const row = { kind, where, published, departure: "D?", source };
  const cells = Object.entries(row).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `- { ${cells.join(", ")} }`;
}

const ADVICE = `Pass HubSpot's OpenAPI document of the Files API; ${publishedCatalogue} lists it.`;

/**
 * Reads a user's OpenAPI document and passes it to `use`. Nothing is fetched.
 *
 * @throws UserError `unknown-file` if it cannot be read, is not OpenAPI 3, or `use` needs an unresolved reference
 */
export async function withPublished<Result>(file: string, use: (source: Source) => Result): Promise<Result> {
  const document = await readDocumentFile(file, ADVICE);
  if (!isObject(document) || !/^3\.[012]/.test(String(document["openapi"]))) {
    throw unusable(file, "is not an OpenAPI 3 document", ADVICE);
  }
  try {
    return use(readSource(document, basename(file)));
  } catch (error) {
    if (error instanceof UnresolvedReference) throw unusable(file, `cannot be used: ${error.message}`, ADVICE);
    if (error instanceof RangeError) throw unusable(file, "is nested too deeply", ADVICE);
    throw error;
  }
}

/** HubSpot's largest document has about 5 MB. */
const MAX_BYTES = 50_000_000;

/**
 * Reads a document that may be hostile: endless, or with a few aliases that expand to gigabytes.
 *
 * @param advice for the error message: what to pass instead
 * @throws UserError `unknown-file`
 */
export async function readDocumentFile(file: string, advice: string): Promise<unknown> {
  try {
    return parsed(file, await readText(file, MAX_BYTES), advice);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(file, readProblem(error as NodeJS.ErrnoException), advice);
  }
}

/** Accepts repeated keys, as JSON does, and the merge keys of YAML 1.1, which are in use. */
const LENIENT = { uniqueKeys: false, merge: true };

/** Parses JSON by its own parser, which is a hundred times as fast as the one for YAML. */
function parsed(file: string, text: string, advice: string): unknown {
  try {
    return text.trimStart().startsWith("{") ? JSON.parse(text) : parsedYaml(text);
  } catch (error) {
    throw unusable(file, `is neither JSON nor YAML: ${(error as Error).message.split("\n")[0]}`, advice);
  }
}

function parsedYaml(text: string): unknown {
  const document = parseDocument(text, LENIENT);
  const [broken] = document.errors;
  if (broken) throw broken;
  if (hasTooManyAliases(document)) throw new Error(`it has more than ${MAX_ALIASES} aliases`);
  return document.toJS();
}

export function unusable(file: string, problem: string, advice: string): UserError {
  return new UserError("unknown-file", `${file} ${problem}. ${advice}`);
}
