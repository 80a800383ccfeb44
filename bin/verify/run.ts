import { access, constants, readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { readHar } from "../../mocks/har-file.js";
import { readProblem, readText } from "../../mocks/read-file.js";
import { version } from "../../mocks/version.js";
import { openapiText } from "../../src/contract/spec-texts.gen.js";
import { serverRules } from "../../src/judge/server-rules/rules.js";
import { argument, COMMAND } from "../../src/report/ready-lines.js";
import { SPEC_FILE, type Surroundings } from "../../src/report/words.js";
import { printable } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import { requireChecks } from "../../src/verify/options.js";
import { onBreakOff } from "../break-off.js";
import { hasColors, leftOutLines, print, printAside } from "../print.js";
import { environmentRedactor, environmentTokens, withoutToken } from "../without-token.js";
import { appendSummary, hasSummary, requireWritable, writeTexts, writeWhole } from "../write-file.js";
import type { AskOptions } from "./ask.js";
import { type Job, type Outcome, parseTargets, type Targets } from "./outcome.js";
import { outcomeInTime } from "./outcome-in-time.js";

export interface VerifyCommandOptions extends AskOptions {
  readonly record?: string;
  readonly report?: readonly string[];
  readonly recording?: string;
  readonly updateEvidence?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
}

/** The exchanges, and until when they have to be judged. */
type Seen = Pick<Job, "exchanges" | "judging" | "notes" | "hint"> & Parameters<typeof outcomeInTime>[1];

/** Queries a server or reads a recording, judges it, and writes the requested reports. */
export async function run(options: VerifyCommandOptions): Promise<void> {
  if (options.list) return list(options);
  const targets = parseTargets(options);
  // A file that cannot be written should be reported before any request to the account.
  await requireWritable(filesOf(targets));
  const evidence = options.updateEvidence ? await readEvidence() : undefined;
  const seen = options.recording === undefined ? await askHere(options) : await replay(options, options.recording);
  const job = { ...seen, ...(await tellingOf(options, targets)), ...(evidence !== undefined && { evidence }) };
  await write(await outcomeInTime(job, seen));
}

async function write(outcome: Outcome): Promise<void> {
  const { exitCode, stdout, stderr, summary, files, evidence } = outcome;
  // The verdict first, so that no later failure suppresses it.
  process.exitCode = exitCode;
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const stopListening = onBreakOff();
  try {
    if (summary !== undefined) await appendSummary("verify", summary);
    await writeTexts(files);
    if (evidence !== undefined) await writeEvidence(evidence);
  } finally {
    stopListening();
  }
}

/** How long after the timeout the verdict is ready, without the time to print it. */
const JUDGE_AFTER_MS = 1700;

/** How long a run that the user interrupted takes to judge what it has. */
const JUDGE_BROKEN_MS = 600;

async function askHere(options: VerifyCommandOptions): Promise<Seen> {
  // Loaded on demand: a recording does not need it.
  const { ask } = await import("./ask.js");
  const startedAt = Date.now();
  const { exchanges, judging, left, hint, isBrokenOff } = await ask(options);
  const { target, timeoutMs, interrupted, keep } = judging;
  const inTime = startedAt + timeoutMs + JUDGE_AFTER_MS;
  return {
    exchanges,
    judging,
    notes: { target, timeoutMs, interrupted, keep },
    hint,
    left,
    until: isBrokenOff ? Math.min(inTime, Date.now() + JUDGE_BROKEN_MS) : inTime,
  };
}

async function replay({ timeout, keep, ...options }: VerifyCommandOptions, file: string): Promise<Seen> {
  requireChecks(options);
  const { exchanges, leftOut, notes: recorded } = await readHar(file, environmentTokens());
  if (!options.quiet) for (const line of leftOutLines(leftOut, "judged")) printAside(withoutToken(`verify: ${line}\n`));
  const notes = {
    ...recorded,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(keep !== undefined && { keep }),
  };
  const { strict = false, only = [], skip = [] } = options;
  const judging = { ...notes, strict, only, skip, leftOut };
  return { exchanges, judging, notes, hint: "", left: { leftBehind: [] }, until: Number.POSITIVE_INFINITY };
}

/** How a run is reported. */
async function tellingOf(
  { quiet = false, baseUrl, recording }: VerifyCommandOptions,
  targets: Targets,
): Promise<Pick<Job, "targets" | "surroundings" | "isQuiet" | "colors" | "hasSummary">> {
  return {
    targets,
    surroundings: environmentRedactor()(await surroundings({ baseUrl, recording: recording ?? targets.record })),
    isQuiet: quiet,
    colors: { stdout: hasColors(process.stdout), stderr: hasColors(process.stderr) },
    hasSummary: hasSummary(),
  };
}

function filesOf({ reports, record }: Targets): readonly string[] {
  return [...reports.map(({ file }) => file), ...(record === undefined ? [] : [record])];
}

function list({ json = false }: VerifyCommandOptions): void {
  const checks = serverRules.map(({ id, sentence, severity, evidence }) => ({ id, sentence, severity, evidence }));
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(({ id, sentence, severity }) => `${id.padEnd(width)}  ${severity.padEnd(9)}  ${sentence}\n`);
  print(json ? `${JSON.stringify(checks, null, 2)}\n` : lines.join(""));
}

/**
 * Returns where and how this run was made. The contract is a file of the checkout only in the project that contains it:
 * elsewhere it is among the dependencies, where no CI shows its lines.
 *
 * @param recording the file with the judged exchanges
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

/** The variables of GitHub and GitLab for the commit and for the page that shows the run. */
function ofCi(environment: NodeJS.ProcessEnv): Pick<Surroundings, "commit" | "runUrl"> {
  const { GITHUB_SHA, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_COMMIT_SHA, CI_JOB_URL } = environment;
  const commit = GITHUB_SHA || CI_COMMIT_SHA;
  const runUrl = GITHUB_RUN_ID ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : CI_JOB_URL;
  return { ...(commit && { commit }), ...(runUrl && { runUrl }) };
}

/**
 * Renders the command as it was called, without the options for output files: a repeated run would overwrite the
 * recording to be replayed. Includes an address from the environment, since the command may be run elsewhere.
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

const EVIDENCE = "spec/evidence.md";
const MAX_BYTES = 10_000_000;

/**
 * Reads the evidence in the current directory.
 *
 * @throws UserError `unknown-file` if it does not exist or cannot be read
 */
export async function readEvidence(): Promise<string> {
  try {
    await access(EVIDENCE, constants.W_OK);
    return await readText(EVIDENCE, MAX_BYTES);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    const problem = failure.code === "ENOENT" ? "does not exist here" : readProblem(failure);
    throw new UserError("unknown-file", `${EVIDENCE} ${problem}. Run this in the directory that has the contract.`);
  }
}

/** Replaces the evidence in the current directory by the one with the run's observations. */
export async function writeEvidence(text: string): Promise<void> {
  await writeWhole(EVIDENCE, text);
  printAside(`verify: added the observations to ${EVIDENCE}: review them, then npm run generate\n`);
}
