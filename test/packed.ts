import { execFile } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { inject } from "vitest";
import { FLAGGED } from "./flagged.js";

const run = promisify(execFile);

/** The package as npm would publish it. */
export interface Packed {
  readonly tarball: string;
  readonly paths: readonly string[];
}

/** Packs the package once for all test files of a run: npm takes a core three seconds for it. */
export async function packed(): Promise<Packed> {
  const directory = inject("packDirectory");
  const destination = join(directory, "tarball");
  const file = join(directory, "packed.json");
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return JSON.parse(text) as Packed;
    // Whoever makes the folder packs, and the other worker waits.
    const isFirst = await mkdir(destination).then(
      () => true,
      () => false,
    );
    if (isFirst) await pack(destination, file);
    else await wait(100);
  }
}

async function pack(destination: string, file: string): Promise<void> {
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", destination], {
    maxBuffer: 64 * 1024 * 1024,
    env: FLAGGED,
  }).catch(async (error) => {
    // Who waits would do so for ever.
    await rm(destination, { recursive: true });
    throw error;
  });
  const [made] = JSON.parse(stdout) as readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (made === undefined) throw new Error(`npm pack made nothing: ${stdout}`);
  const result: Packed = { tarball: join(destination, made.filename), paths: made.files.map(({ path }) => path) };
  // Renamed, so that nobody reads half of it.
  await writeFile(`${file}.unfinished`, JSON.stringify(result));
  await rename(`${file}.unfinished`, file);
}
