import { readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { version } from "../../mocks/version.js";
import { openapiText } from "../../src/contract/spec-texts.gen.js";
import { SPEC_FILE, type Surroundings } from "../../src/report/words.js";

/**
 * Returns what reports for other tools say of this run's place. The contract is a file of the checkout only where that is
 * the project that keeps it: elsewhere it lies among the dependencies, where no CI shows a line of it.
 */
export async function surroundings(): Promise<Surroundings> {
  const text = await readFile(SPEC_FILE, "utf8").catch(() => undefined);
  if (text !== openapiText) return { version };
  const checkout = process.env["GITHUB_WORKSPACE"] || process.cwd();
  return { version, contractFile: relative(checkout, resolve(SPEC_FILE)).split(sep).join("/") };
}
