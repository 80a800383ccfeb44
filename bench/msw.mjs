import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { measureMswPolls } from "../test/bench/msw.mjs";
import { measureMswEntry } from "../test/bench/msw-size.mjs";
import { median } from "./targets.mjs";

const run = promisify(execFile);

/**
 * Measures the MSW door: its polls, its size, and the processor time of importing it, which shows if it builds a
 * catalogue.
 */
export async function measureMsw({ kit, isQuick, tell }) {
  tell("msw: polls");
  const { createImportMock } = await import(kit.url("./msw"));
  const { direct, fetched } = await measureMswPolls(createImportMock, isQuick ? 5 : 21);
  tell("msw: size and import");
  const { gzipped } = await measureMswEntry(kit.file("./msw"));
  const imports = [];
  for (let round = 0; round < (isQuick ? 5 : 25); round += 1) imports.push(await importMs(kit.url("./msw")));
  return {
    measured: {
      "MSW: a poll through getResponse, beyond a trivial handler's": direct.difference,
      "MSW: polls through fetch, to a trivial handler's rate": fetched.ratio * 100,
      "MSW: the entry, gzipped": gzipped / 1000,
      "MSW: importing the entry, beyond msw": median(imports),
    },
  };
}

/**
 * The cost of this import alone: msw, which a page or test loads anyway, is loaded before. Its garbage is collected
 * first: otherwise the marking that loading msw begins would end here, and was half of the measured time.
 */
async function importMs(entry) {
  const script = `
    import "msw";
    gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = process.cpuUsage();
    await import(${JSON.stringify(entry)});
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);`;
  // The location of this package's own msw.
  const { stdout } = await run(process.execPath, ["--expose-gc", "--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
  });
  return Number(stdout);
}
