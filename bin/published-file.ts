import { isObject, type JsonObject } from "../src/contract/document.js";
import { readDocumentFile, unusable } from "./document-file.js";

const ADVICE = "Pass HubSpot's OpenAPI document of the Files API.";

/**
 * An OpenAPI document of a user's with its references resolved, which may make it contain itself. Nothing is fetched.
 *
 * @throws UserError `unknown-file` if it cannot be read, is no OpenAPI 3 or refers to what is not in it
 */
export async function readPublished(file: string): Promise<JsonObject> {
  const { document } = await readDocumentFile(file, ADVICE);
  if (!isObject(document) || !/^3\.[012]/.test(String(document["openapi"]))) {
    throw unusable(file, "is no OpenAPI 3 document", ADVICE);
  }
  try {
    const outside = findOutside(document);
    if (outside !== undefined) throw new Error(`it refers to ${outside}, which is not in it, and nothing is fetched`);
    return await resolveReferences(document);
  } catch (error) {
    throw unusable(file, `cannot be resolved: ${(error as Error).message.split("\n")[0]}`, ADVICE);
  }
}

/** A document with each reference replaced by what it refers to. @throws if one refers to nothing */
export async function resolveReferences(document: JsonObject): Promise<JsonObject> {
  // Loaded on demand: no other command needs the parser.
  const { dereference } = await import("@readme/openapi-parser");
  const resolved: unknown = await dereference(document as never, { resolve: { external: false, file: false } });
  return resolved as JsonObject;
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
