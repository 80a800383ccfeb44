import { parseDocument } from "yaml";
import { readBytes, readProblem } from "../mocks/read-file.js";
import { hasTooManyAliases, MAX_ALIASES } from "../mocks/scenario-files/aliases.js";
import { UserError } from "../src/user-error.js";

/** HubSpot's largest document has some 5 MB. */
const MAX_BYTES = 50_000_000;

/**
 * Reads a document that may be hostile: without end, or of a few aliases that stand for gigabytes.
 *
 * @param advice what to pass in its place
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

/** Text without its byte order mark. What PowerShell redirects is UTF-16. */
function decodedText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === "255 254" ? "utf-16le" : mark === "254 255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/** A key that stands twice is for a linter to tell, and JSON takes it, too. Merge keys are YAML 1.1's, and in use. */
const LENIENT = { uniqueKeys: false, merge: true };

/** JSON by its own parser, which is a hundred times as fast as YAML's. */
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
