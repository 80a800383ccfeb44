import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

/** Installs what a folder's lock file says, but for peers, which the project has, unless that is what it has already. */
export async function installed(folder: string): Promise<void> {
  const lock = await readFile(`${folder}/package-lock.json`, "utf8");
  const mark = `${folder}/node_modules/.installed`;
  if ((await readFile(mark, "utf8").catch(() => "")) === lock) return;
  await promisify(execFile)("npm", ["ci", "--prefer-offline", "--omit=peer", "--prefix", folder]);
  await writeFile(mark, lock);
}
