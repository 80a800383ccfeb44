import { randomUUID } from "node:crypto";
import { constants, fstatSync, openSync, rmSync, type Stats } from "node:fs";
import {
  access,
  type FileHandle,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { Socket } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { deniedPermission, UserError } from "../src/user-error.js";
import { printAside } from "./print.js";

/**
 * Writes a file atomically: writes a temporary file beside it and renames that. Follows links; an existing file keeps its
 * mode. Writes directly to anything that is not a regular file, such as a pipe.
 *
 * @param mode of a new file; default 0666 under the process' mask
 * @throws system errors, as on a full disk; no partial file is left then
 * @example await writeWhole("report.json", "{}\n");
 */
export async function writeWhole(
  path: string,
  text: string,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const before = await stat(path).catch(() => undefined);
  if (before?.isFIFO()) return writeToPipe(path, text);
  if (before && (!before.isFile() || isStandardOutput(before))) return writeFile(path, text);
  if (before) await access(path, constants.W_OK);
  const target = await resolveLinks(resolve(path));
  if (await writeBeside(target, { before, mode }, text)) return;
  await writeFile(target, text, { mode }).catch(async (error) => {
    if (!before) await rm(target, { force: true });
    throw error;
  });
}

/**
 * Appends a text to a file that others append to, too: all of it, or nothing.
 *
 * @throws system errors
 */
export async function appendWhole(path: string, text: string): Promise<void> {
  const file = await open(path, "a");
  try {
    const before = await file.stat();
    await file.appendFile(text).catch(async (error) => {
      if (before.isFile()) await file.truncate(before.size);
      throw error;
    });
  } finally {
    await file.close();
  }
}

/**
 * Writes a temporary file beside the target and renames it.
 *
 * @returns false if that is denied: the file may be writable but its directory not, as with a container's mount of a file,
 *   or a permission of Deno or Node for this file
 */
async function writeBeside(
  target: string,
  { before, mode }: { readonly before: Stats | undefined; readonly mode: number },
  text: string,
): Promise<boolean> {
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
  unfinished.add(temporary);
  try {
    const file = await open(temporary, "wx", before?.mode ?? mode);
    try {
      if (before) await copyModeAndOwner(file, before);
      await file.writeFile(text);
      // Some file systems report a full disk only here.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    return true;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    if (isDenied(error as NodeJS.ErrnoException)) return false;
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
}

/** Temporary files, which a process that ends meanwhile removes, as after a second Ctrl-C. */
const unfinished = new Set<string>();
process.on("exit", () => {
  for (const file of unfinished) rmSync(file, { force: true });
});

/** Copies mode and owner if possible: some file systems have neither, and only root can change an owner. */
async function copyModeAndOwner(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  await file.chown(uid, gid).catch(() => {});
  await file.chmod(mode).catch(() => {});
}

function isDenied(error: NodeJS.ErrnoException): boolean {
  return deniedPermission(error) !== undefined || ["EACCES", "EPERM", "EROFS", "EBUSY"].includes(error.code ?? "");
}

/** Resolves a path's links, even to a file that does not exist yet. @param path absolute */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const next = await readlink(path).catch(() => undefined);
    // Circular links have no end; writing to the path reports them.
    if (next === undefined || (error as NodeJS.ErrnoException).code !== "ENOENT") return path;
    return resolveLinks(resolve(await realpath(dirname(path)), next));
  }
}

/** Whether standard output or error is redirected to this file: after a rename, further output would be lost. */
function isStandardOutput({ dev, ino }: Stats): boolean {
  return [1, 2].some((descriptor) => {
    try {
      const output = fstatSync(descriptor);
      return output.dev === dev && output.ino === ino;
    } catch {
      // The descriptor is closed.
      return false;
    }
  });
}

const READER_MS = 20;

/** Waits for the pipe's reader by retrying: a blocking open would occupy a thread and keep the process from ending. */
async function writeToPipe(path: string, text: string): Promise<void> {
  for (;;) {
    try {
      const socket = new Socket({ fd: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK), readable: false });
      return await new Promise((done, fail) => void socket.on("error", fail).end(text, done));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error;
      await setTimeout(READER_MS);
    }
  }
}

/**
 * Checks whether files can be written, without creating one or opening a pipe.
 *
 * @throws UserError `report-file`
 */
export async function requireWritable(files: readonly string[]): Promise<void> {
  await attemptAll(files, async (file) => {
    if (await isDirectory(file)) throw new Error("it is a directory");
    const [outermost] = await missingPaths(resolve(file));
    if (outermost === undefined) return access(file, constants.W_OK);
    const above = dirname(outermost);
    if (!(await isDirectory(above))) throw new Error(`${above} is not a directory`);
    return access(above, constants.W_OK);
  });
}

/**
 * Writes texts to their files, and creates missing directories. If one file fails, the others are still written.
 *
 * @throws UserError `report-file`
 */
export async function writeTexts(texts: ReadonlyMap<string, string>): Promise<void> {
  await attemptAll([...texts.keys()], async (file) => {
    for (const directory of await missingPaths(dirname(resolve(file)))) await makeDirectory(directory);
    await writeWhole(file, texts.get(file) ?? "");
  });
}

async function attemptAll(files: readonly string[], attempt: (file: string) => Promise<void>): Promise<void> {
  const attempts = files.map((file) =>
    attempt(file).then(
      () => [],
      (error: Error) => [`${file} cannot be written: ${deniedPermission(error) ?? error.message}.`],
    ),
  );
  const problems = (await Promise.all(attempts)).flat();
  if (problems.length > 0) throw new UserError("report-file", `${problems.join(" ")} Choose another file.`);
}

/** Returns the parts of a path that do not exist, outermost first. @param path absolute */
async function missingPaths(path: string): Promise<readonly string[]> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // Other errors would recur up to the root, whose parent is the root itself: an endless recursion.
      if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
      return false;
    },
  );
  return isThere ? [] : [...(await missingPaths(dirname(path))), path];
}

export async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Creates one directory: `mkdir` with `recursive` never returns where none can be created, such as in `/proc`. */
async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
    // Another report for the same directory was faster.
    if (error.code !== "EEXIST") throw error;
  });
}

/** GitHub does not show a step's summary of more than 1 MiB. */
const MAX_BYTES = 1024 * 1024;
const FENCE = "```\n";
const CUT = "\n\nThe rest is left out, because a job's summary has at most 1 MiB. The report files are complete.\n";

/** Whether this is a GitHub job, which can show a summary. */
export function hasSummary(): boolean {
  return Boolean(process.env["GITHUB_STEP_SUMMARY"]);
}

/**
 * Appends to the summary of a GitHub job, if this is one.
 *
 * @param command named in the warning if it cannot be written
 * @param markdown without the token
 */
export async function appendSummary(command: string, markdown: string): Promise<void> {
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (!summary) return;
  const before = await stat(summary).then(
    ({ size }) => size,
    () => 0,
  );
  const text = cutToBytes(`${markdown}\n`, MAX_BYTES - before);
  await appendWhole(summary, text).catch(({ message }: Error) => {
    // A warning only: the summary was not requested on the command line.
    printAside(`${command}: the job's summary ${summary} cannot be written: ${message}\n`);
  });
}

/** Keeps complete lines and adds a note about the rest; returns an empty text if there is no room for the note. */
function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const room = maxBytes - Buffer.byteLength(CUT);
  if (room < 0) return "";
  const kept = bytes.subarray(0, bytes.lastIndexOf("\n", room - FENCE.length) + 1).toString();
  const isFenceOpen = (kept.match(/^```/gm) ?? []).length % 2 === 1;
  return kept + (isFenceOpen ? FENCE : "") + CUT;
}
