/**
 * Generators one after the other in a process of their own, because most load a compiler and some of them the same:
 * `node generate.mjs CONTRACT NAME DIRECTORY [NAME DIRECTORY]…`.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { GENERATORS } from "./generators.mjs";

const [contract, ...pairs] = process.argv.slice(2);
for (let index = 0; index < pairs.length; index += 2) {
  const [name, directory] = pairs.slice(index);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  // Kubb writes a second copy of all that it writes there.
  process.chdir(directory);
  await GENERATORS[name].generate(contract, directory, { writeFile, pathToFileURL });
}
