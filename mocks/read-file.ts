import { closeSync, constants, fstatSync, openSync, readFile, readSync } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";
import { deniedPermission } from "../src/user-error.js";

/**
 * Reads a file that may be hostile: too large, endless, or not a regular file. Reads a pipe, such as of `<(curl …)`, to
 * its end.
 *
 * @throws errors that `readProblem` renders
 * @example await readBytes("run.har", { maxBytes: 200_000_000 }).catch((error) => readProblem(error));
 */
export async function readBytes(
  file: string,
  { maxBytes, pipes = true }: { readonly maxBytes: number; readonly pipes?: boolean },
): Promise<Uint8Array> {
  // Non-blocking: opening a pipe without a writer would wait forever and keep the process from ending.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const found = fstatSync(descriptor);
  if (pipes && found.isFIFO()) return readPipe(descriptor, maxBytes);
  try {
    if (found.isDirectory()) throw new Unreadable("is a directory");
    if (!found.isFile()) throw new Unreadable("is not a regular file");
    if (found.size > maxBytes) throw tooLarge(maxBytes);
    return await promisify(readFile)(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file as `readBytes` does, as text. */
export async function readText(file: string, maxBytes: number): Promise<string> {
  return decodedText(await readBytes(file, { maxBytes }));
}

/** Decodes a text and removes its byte order mark. Windows' PowerShell writes UTF-16, or UTF-8 with a mark. */
export function decodedText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === "255 254" ? "utf-16le" : mark === "254 255" ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

type SystemError = Partial<Pick<NodeJS.ErrnoException, "code" | "message">>;

/**
 * Renders why a file could not be read, as the end of a sentence that begins with its name.
 *
 * @example readProblem({ code: "ENOENT" }); // "does not exist"
 */
export function readProblem(error: SystemError): string {
  if (error instanceof Unreadable) return error.message;
  return error.code === "ENOENT" ? "does not exist" : `cannot be read (${systemProblem(error)})`;
}

/** Returns an error's code, or the permission that the runtime denied. */
export function systemProblem(error: SystemError): string {
  return deniedPermission(error) ?? error.code ?? `${error.message}`;
}

/** A file that is not read. The message is the end of a sentence that begins with the file's name. */
class Unreadable extends Error {}

function tooLarge(maxBytes: number): Unreadable {
  return new Unreadable(`has more than ${maxBytes} bytes`);
}

/** @param descriptor closed at the end */
async function readPipe(descriptor: number, maxBytes: number): Promise<Uint8Array> {
  const first = firstByte(descriptor);
  // A pipe without a writer would never become readable.
  if (first?.length === 0) {
    closeSync(descriptor);
    throw new Unreadable("is a pipe that nobody writes to");
  }
  const chunks: Uint8Array[] = first === undefined ? [] : [first];
  let length = chunks.length;
  for await (const chunk of new Socket({ fd: descriptor, writable: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > maxBytes) throw tooLarge(maxBytes);
  }
  return Buffer.concat(chunks);
}

/** @returns an empty array if the pipe has no writer; undefined if its writer has not written yet */
function firstByte(descriptor: number): Uint8Array | undefined {
  const byte = Buffer.alloc(1);
  try {
    return byte.subarray(0, readSync(descriptor, byte));
  } catch {
    return undefined;
  }
}
