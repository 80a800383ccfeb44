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

/**
 * Looks whether files can be written, without a trace: none is made, and no pipe is opened.
 *
 * @throws UserError `report-file`
 */
export async function requireWritable(files: readonly string[]): Promise<void> {
  await requireAll(files, async (file) => {
    if (await isDirectory(file)) throw new Error("it is a directory");
    const [outermost] = await missingPaths(resolve(file));
    if (outermost === undefined) return access(file, constants.W_OK);
    const above = dirname(outermost);
    if (!(await isDirectory(above))) throw new Error(`${above} is no directory`);
    return access(above, constants.W_OK);
  });
}

/**
 * Writes texts by their files, with the directories that these lack. All are tried: one that fails takes none along.
 *
 * @throws UserError `report-file`
 */
export async function writeTexts(texts: ReadonlyMap<string, string>): Promise<void> {
  await requireAll([...texts.keys()], async (file) => {
    for (const directory of await missingPaths(dirname(resolve(file)))) await makeDirectory(directory);
    await writeWhole(file, texts.get(file) ?? "");
  });
}

async function requireAll(files: readonly string[], attempt: (file: string) => Promise<void>): Promise<void> {
  const attempts = files.map((file) =>
    attempt(file).then(
      () => [],
      (error: Error) => [`${file} cannot be written: ${deniedPermission(error) ?? error.message}.`],
    ),
  );
  const problems = (await Promise.all(attempts)).flat();
  if (problems.length > 0) throw new UserError("report-file", `${problems.join(" ")} Choose another file.`);
}

/** What does not exist of a path, the outermost first. @param path absolute */
async function missingPaths(path: string): Promise<readonly string[]> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // Where looking is denied it is denied up to the root, whose parent is the root itself.
      if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
      return false;
    },
  );
  return isThere ? [] : [...(await missingPaths(dirname(path))), path];
}

export async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** One at a time: `recursive` has no end where no directory can be made, such as in `/proc`. */
async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
    // Another report that goes there was faster.
    if (error.code !== "EEXIST") throw error;
  });
}

/** GitHub shows nothing of a step's summary that is larger than 1 MiB. */
const MAX_BYTES = 1024 * 1024;
const FENCE = "```\n";
const CUT = "\n\nThe rest was cut off: a job's summary has at most 1 MiB. The report files have it all.\n";

/** Whether this is a GitHub job, which shows a summary. */
export function hasSummary(): boolean {
  return Boolean(process.env["GITHUB_STEP_SUMMARY"]);
}

/**
 * Adds to the summary of a GitHub job, if this is one.
 *
 * @param command who says so where it cannot be written
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
    // Nobody asked for it on the command line: the run is not worth less without.
    printAside(`${command}: the job's summary ${summary} cannot be written: ${message}\n`);
  });
}

/** Whole lines, then what says that some are missing; nothing where not even that has room. */
function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const room = maxBytes - Buffer.byteLength(CUT);
  if (room < 0) return "";
  const kept = bytes.subarray(0, bytes.lastIndexOf("\n", room - FENCE.length) + 1).toString();
  const isFenceOpen = (kept.match(/^```/gm) ?? []).length % 2 === 1;
  return kept + (isFenceOpen ? FENCE : "") + CUT;
}
