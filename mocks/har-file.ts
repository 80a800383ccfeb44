import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { attachedFiles, fromHar, type ReadHar } from "../src/exchange/har.js";
import { withoutTrailing } from "../src/text.js";
import { UserError } from "../src/user-error.js";
import { readBytes, readProblem } from "./read-file.js";

/** A browser's recording of an hour has some 50 MB. */
const MAX_BYTES = 200_000_000;

/**
 * A recording from a HAR file, with the bodies that stand in files beside it.
 *
 * @param secrets as for `fromHar`
 * @throws UserError `recording-file` if it cannot be read or is no HAR
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

/** How files begin in which recordings are packed; the first is how Playwright writes a `.har.zip`. */
const PACKED: readonly (readonly [name: string, start: readonly number[]])[] = [
  ["a zip archive", [0x50, 0x4b]],
  ["compressed with gzip", [0x1f, 0x8b]],
  ["compressed with zlib", [0x78, 0xda]],
];

/** Windows' shell writes UTF-16 where it redirects, with a mark that says so. */
function textOf(bytes: Uint8Array, file: string): string {
  const begins = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  const packed = PACKED.find(([, start]) => begins(start));
  if (packed) throw unreadable(file, `is ${packed[0]}: unpack it, and pass the .har in it, with the files beside it`);
  if (begins([0xff, 0xfe])) return new TextDecoder("utf-16le").decode(bytes);
  if (begins([0xfe, 0xff])) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Python writes numbers that JSON has not, and some recorders fill a file up with zeros.
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

/** A text, to the end of the file where it is not closed: each character is read once. Or a number that JSON has not. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b/gs;

/** No body of this API is a hundredth of that. */
const MAX_ATTACHED_BYTES = 10_000_000;

/**
 * The bytes of files beside a recording, by the names that it has for them, or why one is not read: none outside of the
 * recording's directory, whatever leads there, and nothing but files.
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
