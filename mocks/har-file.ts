import { readFile } from "node:fs/promises";
import { UserError } from "../src/user-error.js";
import { fromHar } from "../src/verify/recording/har.js";
import { readProblem } from "./read-problem.js";

/**
 * A recording from a HAR file.
 *
 * @param secrets as for `fromHar`
 * @throws UserError `recording-file` if it cannot be read or is no HAR
 */
export async function readHar(file: string, secrets: readonly string[] = []): Promise<ReturnType<typeof fromHar>> {
  const hint = "Pass a HAR file, such as one of verify --record.";
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError("recording-file", `${file} ${readProblem(error)}. ${hint}`);
  });
  let har: unknown;
  try {
    har = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new UserError("recording-file", `${file} is not JSON. ${hint}`);
  }
  return fromHar(har, secrets);
}
