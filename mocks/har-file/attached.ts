import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { readProblem } from "../read-problem.js";

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
    return await readRegular(path);
  } catch (error) {
    return `it ${readProblem(error as NodeJS.ErrnoException)}`;
  }
}

async function readRegular(path: string): Promise<Uint8Array | string> {
  // Without waiting: a pipe that nobody writes to would never open.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return "it is no file";
    if (stat.size > MAX_BYTES) return `it has more than ${MAX_BYTES} bytes`;
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
