import { basename } from "node:path";
import type { Source } from "../src/contract/drift/read-operation.js";
import { UnresolvedReference } from "../src/contract/drift/references.js";
import { readSource } from "../src/contract/drift.js";
import { isObject } from "../src/json.js";
import { readDocumentFile, unusable } from "./document-file.js";

const ADVICE = "Pass HubSpot's OpenAPI document of the Files API.";

/**
 * Reads an OpenAPI document of a user's, and gives it to what uses it. Nothing is fetched.
 *
 * @throws UserError `unknown-file` if it cannot be read, is no OpenAPI 3, or what is used of it refers to what is not in it
 */
export async function withPublished<Result>(file: string, use: (source: Source) => Result): Promise<Result> {
  const document = await readDocumentFile(file, ADVICE);
  if (!isObject(document) || !/^3\.[012]/.test(String(document["openapi"]))) {
    throw unusable(file, "is no OpenAPI 3 document", ADVICE);
  }
  try {
    return use(readSource(document, basename(file)));
  } catch (error) {
    if (error instanceof UnresolvedReference) throw unusable(file, `cannot be used: ${error.message}`, ADVICE);
    if (error instanceof RangeError) throw unusable(file, "is nested too deeply", ADVICE);
    throw error;
  }
}
