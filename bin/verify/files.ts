import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { deniedPermission } from "../../src/denied-permission.js";
import { UserError } from "../../src/user-error.js";
import { writeWhole } from "../write-file.js";

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
