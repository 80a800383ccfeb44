import { basename } from "node:path";
import { Command } from "commander";
import { parseDocument } from "yaml";
import { readBytes, readProblem } from "../mocks/read-file.js";
import { hasTooManyAliases, MAX_ALIASES } from "../mocks/scenario-directory.js";
import { readContract } from "../src/contract/document.js";
import { knownDifferences } from "../src/contract/evidence.js";
import type { Difference } from "../src/drift/compare.js";
import { compareWithPublished, type Drift, publishedVersion, readSource } from "../src/drift/drift.js";
import type { Source } from "../src/drift/read-operation.js";
import { UnresolvedReference } from "../src/drift/references.js";
import { isObject } from "../src/json.js";
import { jsonText, printable } from "../src/text.js";
import { UserError } from "../src/user-error.js";
import { print } from "./print.js";

/** `drift`: compares a published OpenAPI document with the contract. Exit code 1 if a difference is not known yet. */
export function driftCommand(): Command {
  return new Command("drift")
    .argument("<published>", "the document, as JSON or YAML; nothing is fetched")
    .option("--all", "also list the known differences")
    .option("--json", "print JSON: { version, differences, gone }, as below")
    .addHelpText(
      "after",
      `
JSON: differences is an array of { kind, where, published, ours, class, known? }, where class is known, new or breaking
and known a departure such as D1; gone is an array of { kind, where, published, departure, versions }.

Exit code: 0 every difference is listed in spec/evidence.yaml; 1 at least one is not; 2 the document cannot be used.`,
    )
    .action(async (file: string, options: { readonly all?: boolean; readonly json?: boolean }) => {
      const drift = await withPublished(file, (published) => {
        const version = publishedVersion(published);
        if (version === undefined) return undefined;
        const ours = readSource(readContract().root);
        return compareWithPublished({ published, ours, known: knownDifferences, version });
      });
      if (drift === undefined) {
        throw new UserError(
          "unknown-file",
          `${file} has neither of the two import operations. Pass HubSpot's OpenAPI document of the Files API.`,
        );
      }
      print(options.json ? jsonText(drift) : driftText(drift, options.all ?? false));
      process.exitCode = drift.differences.every((one) => one.class === "known") ? 0 : 1;
    });
}

function driftText(drift: Drift, all: boolean): string {
  const of = (name: Difference["class"]) => drift.differences.filter((one) => one.class === name);
  const [breaking, added, known] = [of("breaking"), of("new"), of("known")];
  const listed = [...breaking, ...added, ...(all ? known : [])].map((one) => differenceText(one, drift.version));
  const gone = drift.gone.map(({ kind, where, published, departure }) => {
    return `NO LONGER THERE ${kind}: ${where} (${departure})\n  was        ${published}\n  next       remove the row from spec/evidence.yaml\n`;
  });
  const counts = `${breaking.length} breaking, ${added.length} new, ${known.length} known`;
  const hint = known.length > 0 && !all ? " (--all lists them)" : "";
  return [...listed, ...gone, `${drift.version}: ${counts}${hint}\n`].join("\n");
}

function differenceText(difference: Difference, version: string): string {
  const { class: name, kind, where, published, ours, known } = difference;
  const next = [
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

/** The row of YAML that makes a difference known. */
function knownRow({ kind, where, published }: Difference, version: string): string {
  const source = version === "v3" ? "published OpenAPI" : "dated versions";
  const row = { kind, where, published, departure: "D?", source };
  const cells = Object.entries(row).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `- { ${cells.join(", ")} }`;
}

const ADVICE = "Pass HubSpot's OpenAPI document of the Files API.";

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
    return parsed(file, decodedText(await readBytes(file, { maxBytes: MAX_BYTES })), advice);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(file, readProblem(error as NodeJS.ErrnoException), advice);
  }
}

/** Decodes a text and removes its byte order mark. PowerShell writes redirected output as UTF-16. */
function decodedText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === "255 254" ? "utf-16le" : mark === "254 255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
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
