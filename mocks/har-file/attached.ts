import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { readBytes, readProblem } from "../read-file.js";

/** No body of this API is a hundredth of that. */
const MAX_BYTES = 10_000_000;

/**
 * The bytes of files beside a recording, by the names that it has for them, or why one is not read: none outside of the
 * recording's directory, whatever leads there, and nothing but files.
 */
export async function readAttached(
  directory: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const read = await Promise.all(names.map(async (name) => [name, await readOne(directory, name)] as const));
  return new Map(read);
}

async function readOne(directory: string, name: string): Promise<Uint8Array | string> {
  try {
    const root = await realpath(directory);
    const path = await realpath(resolve(root, name));
    const inside = relative(root, path);
    if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      return "it is not in the recording's directory";
    }
    return await readBytes(path, { maxBytes: MAX_BYTES, pipes: false });
  } catch (error) {
    return `it ${readProblem(error as NodeJS.ErrnoException)}`;
  }
}
