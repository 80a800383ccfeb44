import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { attachedFiles, fromHar, type ReadHar } from "../src/exchange/har.js";
import { withoutTrailing } from "../src/text.js";
import { UserError } from "../src/user-error.js";
import { decodedText, readBytes, readProblem } from "./read-file.js";

/** An hour of a browser's recording has about 50 MB. */
const MAX_BYTES = 200_000_000;

/**
 * Reads a recording from a HAR file, with the bodies in files beside it.
 *
 * @param secrets as for `fromHar`
 * @throws UserError `recording-file` if it cannot be read or is not a HAR file
 */
export async function readHar(file: string, secrets: readonly string[] = []): Promise<ReadHar> {
  const bytes = await readBytes(file, { maxBytes: MAX_BYTES }).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, readProblem(error));
  });
  const har = parsed(textOf(bytes, file), file);
  const attached = await readAttached(dirname(file), attachedFiles(har));
  return fromHar(har, secrets, { attached });
}

function unreadable(file: string, problem: string): UserError {
  return new UserError("recording-file", `${file} ${problem}. Pass a HAR file, such as one of verify --record.`);
}

/** The first bytes of packed recordings, such as a `.har.zip` of Playwright. */
const PACKED: readonly (readonly [name: string, start: readonly number[]])[] = [
  ["a zip archive", [0x50, 0x4b]],
  ["compressed with gzip", [0x1f, 0x8b]],
  ["compressed with zlib", [0x78, 0xda]],
];

function textOf(bytes: Uint8Array, file: string): string {
  const begins = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  const packed = PACKED.find(([, start]) => begins(start));
  if (packed) throw unreadable(file, `is ${packed[0]}: unpack it, and pass the .har in it, with the files beside it`);
  return decodedText(bytes);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Python writes NaN and Infinity, which are not JSON, and some recorders pad a file with NUL characters.
    const mended = withoutTrailing("\0", text).replace(TEXT_OR_NUMBER, (found) =>
      found.startsWith('"') ? found : "null",
    );
    try {
      return JSON.parse(mended);
    } catch {
      throw unreadable(file, "is not JSON");
    }
  }
}

/** A string, even an unclosed one so that each character is read once, or a number that is not JSON. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b/gs;

/** More than a hundred times the largest body of this API. */
const MAX_ATTACHED_BYTES = 10_000_000;

/**
 * Reads files beside a recording by their names in it; the result has their bytes, or why a file was not read. Reads only
 * regular files within the recording's directory, also when links or `..` lead out of it.
 */
async function readAttached(
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
    return await readBytes(path, { maxBytes: MAX_ATTACHED_BYTES, pipes: false });
  } catch (error) {
    return `it ${readProblem(error as NodeJS.ErrnoException)}`;
  }
}
