import { readFile, stat } from "node:fs/promises";
import { parse } from "yaml";
import { readProblem } from "../mocks/read-problem.js";
import { isObject, type JsonObject } from "../src/contract/document.js";
import { UserError } from "../src/user-error.js";

/** HubSpot's largest document has some 5 MB. */
const MOST_BYTES = 50_000_000;

/**
 * An OpenAPI document of a user's with its references resolved, which may make it contain itself. Nothing is fetched.
 *
 * @throws UserError `unknown-file` if it cannot be read, is no OpenAPI 3 or refers to what is not in it
 */
export async function readPublished(file: string): Promise<JsonObject> {
  const document = parsed(file, await readText(file));
  if (!isObject(document) || !/^3\.[012]/.test(String(document["openapi"]))) {
    throw unusable(file, "is no OpenAPI 3 document");
  }
  try {
    const outside = findOutside(document);
    if (outside !== undefined) throw new Error(`it refers to ${outside}, which is not in it, and nothing is fetched`);
    return await resolveReferences(document);
  } catch (error) {
    throw unusable(file, `cannot be resolved: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** A document with each reference replaced by what it refers to. @throws if one refers to nothing */
export async function resolveReferences(document: JsonObject): Promise<JsonObject> {
  // Loaded on demand: no other command needs the parser.
  const { dereference } = await import("@readme/openapi-parser");
  const resolved: unknown = await dereference(document as never, { resolve: { external: false, file: false } });
  return resolved as JsonObject;
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw unusable(file, `has ${size} bytes, more than any document of HubSpot's`);
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(file, readProblem(error as NodeJS.ErrnoException));
  }
}

/** JSON by its own parser, which is a hundred times as fast as YAML's. */
function parsed(file: string, text: string): unknown {
  try {
    return text.trimStart().startsWith("{") ? JSON.parse(text.replace(/^\uFEFF/, "")) : parse(text);
  } catch (error) {
    throw unusable(file, `is neither JSON nor YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** The first reference that leads out of the document. */
function findOutside(node: unknown): string | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  const { $ref } = node as JsonObject;
  if (typeof $ref === "string" && !$ref.startsWith("#")) return $ref;
  for (const value of Object.values(node)) {
    const outside = findOutside(value);
    if (outside !== undefined) return outside;
  }
  return undefined;
}

function unusable(file: string, problem: string): UserError {
  return new UserError("unknown-file", `${file} ${problem}. Pass HubSpot's OpenAPI document of the Files API.`);
}
