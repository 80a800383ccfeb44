import { readHar } from "../../mocks/har-file.js";
import { version } from "../../mocks/version.js";
import { renderReport } from "../../src/report/kinds.js";
import { jsonText } from "../../src/report/printable.js";
import type { Surroundings } from "../../src/report/words.js";
import { requireChecks } from "../../src/verify/journey/require-usable.js";
import { judge } from "../../src/verify/judge.js";
import { type RecordingNotes, toHar } from "../../src/verify/recording/har.js";
import { serverRules } from "../../src/verify/server-rules/rules.js";
import type { Verification } from "../../src/verify/verify.js";
import { leftOutLines } from "../left-out.js";
import { print, printAside, TOKEN, withoutToken } from "../print.js";
import { type AskOptions, ask } from "./ask.js";
import { appendEvidence, requireEvidence } from "./evidence.js";
import { requireWritable, writeTexts } from "./files.js";
import { printReport, summarize } from "./reports.js";
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

/** A run with what its recording says beside the exchanges. */
interface Run extends Verification {
  readonly notes: RecordingNotes;
}

/** Asks a server or reads a recording, judges, and writes what was asked for. */
export async function run(options: VerifyCommandOptions): Promise<void> {
  if (options.list) return list(options);
  const targets = parseTargets(options);
  // What cannot be written should be told before an account is asked for anything.
  await requireWritable(filesOf(targets));
  if (options.updateEvidence) await requireEvidence();
  const done = options.recording === undefined ? await askServer(options) : await replay(options, options.recording);
  // The verdict first: nothing that fails from here on takes it along.
  process.exitCode = done.report.exitCode;
  const where = await surroundings();
  printReport(done, { printed: targets.printed, isQuiet: options.quiet ?? false, surroundings: where });
  await summarize(done);
  await writeTexts(textsOf(done, targets, where));
  if (options.updateEvidence) await appendEvidence(done.report);
}

async function askServer(options: VerifyCommandOptions): Promise<Run> {
  const { report, exchanges } = await ask(options);
  const { timeout = 60_000, keep = false } = options;
  const interrupted = report.unjudged.some(({ reason }) => reason === "interrupted");
  return { report, exchanges, notes: { target: report.target, timeoutMs: timeout, interrupted, keep } };
}

async function replay({ timeout, keep, ...options }: VerifyCommandOptions, file: string): Promise<Run> {
  requireChecks(options);
  const { exchanges, leftOut, notes: recorded } = await readHar(file, [process.env[TOKEN] ?? ""]);
  if (!options.quiet) for (const line of leftOutLines(leftOut, "judged")) printAside(withoutToken(`verify: ${line}\n`));
  const notes = {
    ...recorded,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(keep !== undefined && { keep }),
  };
  return { report: judge(exchanges, { ...notes, ...options, leftOut }), exchanges, notes };
}

function filesOf({ reports, record }: Targets): readonly string[] {
  return [...reports.map(({ file }) => file), ...(record === undefined ? [] : [record])];
}

function textsOf(
  { report, exchanges, notes }: Run,
  { reports, record }: Targets,
  where: Surroundings,
): ReadonlyMap<string, string> {
  const har = record === undefined ? undefined : toHar(exchanges, { version, ...notes });
  const texts = [
    ...reports.map(({ kind, file }) => [file, renderReport(kind, report, exchanges, where)] as const),
    ...(record === undefined ? [] : [[record, jsonText(har)] as const]),
  ];
  return new Map(texts.map(([file, text]) => [file, withoutToken(text)]));
}

function list({ json = false }: VerifyCommandOptions): void {
  const checks = serverRules.map(({ id, sentence, severity, evidence }) => ({ id, sentence, severity, evidence }));
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(({ id, sentence, severity }) => `${id.padEnd(width)}  ${severity.padEnd(9)}  ${sentence}\n`);
  print(json ? `${JSON.stringify(checks, null, 2)}\n` : lines.join(""));
}
