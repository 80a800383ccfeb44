/** One generator in a process of its own: `node generate.mjs NAME CONTRACT DIRECTORY`. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { GENERATORS } from "./generators.mjs";

const [name, contract, directory] = process.argv.slice(2);
await rm(directory, { recursive: true, force: true });
await mkdir(directory, { recursive: true });
// Kubb writes a second copy of all that it writes there.
process.chdir(directory);
await GENERATORS[name].generate(contract, directory, { writeFile, pathToFileURL });
