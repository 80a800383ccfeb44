import { randomUUID } from "node:crypto";
import { constants, fstatSync, openSync, rmSync, type Stats } from "node:fs";
import { access, type FileHandle, open, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { deniedPermission } from "../src/denied-permission.js";

/**
 * Writes a file whole, or leaves it as it was: the text is written beside it and takes its place by a rename. Links are
 * followed, and a file that was there keeps its mode. What is no regular file, such as a pipe, is written directly.
 *
 * @param mode that of a new file; default what the process' mask leaves of 0666
 * @throws what the system says, as on a full disk; no half file is left then
 * @example await writeWhole("report.json", "{}\n");
 */
export async function writeWhole(
  path: string,
  text: string,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const before = await stat(path).catch(() => undefined);
  if (before?.isFIFO()) return writeToPipe(path, text);
  if (before && (!before.isFile() || isOutput(before))) return writeFile(path, text);
  if (before) await access(path, constants.W_OK);
  const target = await endOfLinks(resolve(path));
  if (await writeBeside(target, { before, mode }, text)) return;
  await writeFile(target, text, { mode }).catch(async (error) => {
    if (!before) await rm(target, { force: true });
    throw error;
  });
}

/**
 * Adds a text to the end of a file that others add to, too: all of it, or nothing.
 *
 * @throws what the system says
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
 * Writes beside the target and renames.
 *
 * @returns false where that is denied: a file may be writable in a directory that is not, as where a container mounts it
 *   alone, or where Deno or Node permits this one file
 */
async function writeBeside(
  target: string,
  { before, mode }: { readonly before: Stats | undefined; readonly mode: number },
  text: string,
): Promise<boolean> {
  const beside = join(dirname(target), `.${randomUUID()}.tmp`);
  unfinished.add(beside);
  try {
    const file = await open(beside, "wx", before?.mode ?? mode);
    try {
      if (before) await makeAlike(file, before);
      await file.writeFile(text);
      // Some file systems notice only here that the disk is full.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
    return true;
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    if (isDenied(error as NodeJS.ErrnoException)) return false;
    throw error;
  } finally {
    unfinished.delete(beside);
  }
}

/** What a process that ends meanwhile, as by a second Ctrl-C, removes. */
const unfinished = new Set<string>();
process.on("exit", () => {
  for (const file of unfinished) rmSync(file, { force: true });
});

/** As far as it goes: some file systems know neither mode nor owner, and only root gives a file away. */
async function makeAlike(file: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  await file.chown(uid, gid).catch(() => {});
  await file.chmod(mode).catch(() => {});
}

function isDenied(error: NodeJS.ErrnoException): boolean {
  return deniedPermission(error) !== undefined || ["EACCES", "EPERM", "EROFS", "EBUSY"].includes(error.code ?? "");
}

/** Where a path leads, also where nothing stands there yet. @param path absolute */
async function endOfLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const next = await readlink(path).catch(() => undefined);
    // In a circle of links there is no end: the system says so when the path is written.
    if (next === undefined || (error as NodeJS.ErrnoException).code !== "ENOENT") return path;
    return endOfLinks(resolve(await realpath(dirname(path)), next));
  }
}

/** Whether standard output or error is redirected to a file: with another in its place, what is printed would be lost. */
function isOutput({ dev, ino }: Stats): boolean {
  return [1, 2].some((descriptor) => {
    try {
      const output = fstatSync(descriptor);
      return output.dev === dev && output.ino === ino;
    } catch {
      // It is closed.
      return false;
    }
  });
}

const READER_MS = 20;

/** Waits for the pipe's reader without a thread that does: one that is blocked keeps the process from ending. */
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
