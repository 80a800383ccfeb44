import { readHar } from "../../mocks/har-file.js";
import { requireChecks } from "../../src/verify/journey/require-usable.js";
import { serverRules } from "../../src/verify/server-rules/rules.js";
import { onBreakOff } from "../break-off.js";
import { appendSummary, hasSummary } from "../job-summary.js";
import { leftOutLines } from "../left-out.js";
import { hasColors, print, printAside } from "../print.js";
import { TOKEN, withoutToken } from "../without-token.js";
import type { AskOptions } from "./ask.js";
import { readEvidence, writeEvidence } from "./evidence.js";
import { requireWritable, writeTexts } from "./files.js";
import type { Job, Outcome } from "./outcome.js";
import { outcomeInTime } from "./outcome-in-time.js";
import { surroundings } from "./surroundings.js";
import { parseTargets, type Targets } from "./targets.js";

export interface VerifyCommandOptions extends AskOptions {
  readonly record?: string;
  readonly report?: readonly string[];
  readonly recording?: string;
  readonly updateEvidence?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
}

/** What was seen, and until when it is to be judged. */
type Seen = Pick<Job, "exchanges" | "judging" | "notes" | "hint"> & Parameters<typeof outcomeInTime>[1];

/** Asks a server or reads a recording, judges, and writes what was asked for. */
export async function run(options: VerifyCommandOptions): Promise<void> {
  if (options.list) return list(options);
  const targets = parseTargets(options);
  // What cannot be written should be told before an account is asked for anything.
  await requireWritable(filesOf(targets));
  const evidence = options.updateEvidence ? await readEvidence() : undefined;
  const seen = options.recording === undefined ? await askHere(options) : await replay(options, options.recording);
  const job = { ...seen, ...(await tellingOf(options, targets)), ...(evidence !== undefined && { evidence }) };
  await write(await outcomeInTime(job, seen));
}

async function write(outcome: Outcome): Promise<void> {
  const { exitCode, stdout, stderr, summary, files, evidence } = outcome;
  // The verdict first: nothing that fails from here on takes it along.
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

/** How long after the timeout a verdict is there, without what it takes to print it. */
const JUDGE_AFTER_MS = 1700;

/** How long one who broke a run off waits for what it came to. */
const JUDGE_BROKEN_MS = 600;

async function askHere(options: VerifyCommandOptions): Promise<Seen> {
  // Loaded on demand: a recording needs none of it.
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
  const { exchanges, leftOut, notes: recorded } = await readHar(file, [process.env[TOKEN] ?? ""]);
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

/** How a run is told. */
async function tellingOf(
  { quiet = false, baseUrl, recording }: VerifyCommandOptions,
  targets: Targets,
): Promise<Pick<Job, "targets" | "surroundings" | "isQuiet" | "colors" | "hasSummary">> {
  return {
    targets,
    surroundings: await surroundings({ baseUrl, recording: recording ?? targets.record }),
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
