import { readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { version } from "../../mocks/version.js";
import { openapiText } from "../../src/contract/spec-texts.gen.js";
import { printable } from "../../src/report/printable.js";
import { argument, COMMAND } from "../../src/report/ready-lines.js";
import { SPEC_FILE, type Surroundings } from "../../src/report/words.js";

/**
 * Returns what reports say of this run's place. The contract is a file of the checkout only where that is the project that
 * keeps it: elsewhere it lies among the dependencies, where no CI shows a line of it.
 *
 * @param recording the file that holds what is judged
 */
export async function surroundings({
  baseUrl,
  recording,
}: {
  readonly baseUrl?: string | undefined;
  readonly recording?: string | undefined;
}): Promise<Surroundings> {
  const text = await readFile(SPEC_FILE, "utf8").catch(() => undefined);
  const checkout = process.env["GITHUB_WORKSPACE"] || process.cwd();
  return {
    version,
    ...(text === openapiText && { contractFile: relative(checkout, resolve(SPEC_FILE)).split(sep).join("/") }),
    ...ofCi(process.env),
    ...(recording !== undefined && { recording: printable(recording) }),
    verify: verifyCommandLine(process.argv.slice(2), baseUrl),
  };
}

/** What GitHub and GitLab say of the commit and of the page that shows the run. */
function ofCi(environment: NodeJS.ProcessEnv): Pick<Surroundings, "commit" | "runUrl"> {
  const { GITHUB_SHA, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_COMMIT_SHA, CI_JOB_URL } = environment;
  const commit = GITHUB_SHA || CI_COMMIT_SHA;
  const runUrl = GITHUB_RUN_ID ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : CI_JOB_URL;
  return { ...(commit && { commit }), ...(runUrl && { runUrl }) };
}

/**
 * The command as it was called, without the files that it wrote: run again, it would write over what is to be replayed. An
 * address from the environment stands in it, for it is run again elsewhere.
 */
function verifyCommandLine(called: readonly string[], baseUrl: string | undefined): string {
  const args = called.filter(
    (word, index) =>
      !/^--(record|report)(=|$)|^--json$/.test(word) && !/^--(record|report)$/.test(called[index - 1] ?? ""),
  );
  const isNamed = args.some((word) => /^--(base-url|recording)(=|$)/.test(word));
  const words = [...args, ...(isNamed || baseUrl === undefined ? [] : ["--base-url", baseUrl])];
  return printable([COMMAND, ...words.map(argument)].join(" "));
}
