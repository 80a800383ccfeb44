import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readHar } from "../mocks/har-file.js";
import { UserError } from "../src/user-error.js";
import { judge } from "../src/verify/judge.js";
import { toHar } from "../src/verify/recording/har.js";
import { redactText } from "../src/verify/recording/redact.js";
import { requireRules, serverRules } from "../src/verify/server-rules/rules.js";
import { type Verification, verifyContract } from "../src/verify/verify.js";
import { createProgress } from "./progress.js";
import { appendEvidence, parseReport, requireWritable, writeReports } from "./reports.js";

export interface VerifyCommandOptions {
  readonly baseUrl?: string;
  readonly importUrl?: string;
  readonly failingUrl?: string;
  readonly folderPath?: string;
  readonly access?: string;
  readonly pollInterval?: number;
  readonly timeout?: number;
  readonly strict?: boolean;
  readonly keep?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly record?: string;
  readonly report?: readonly string[];
  readonly recording?: string;
  readonly updateEvidence?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly quiet?: boolean;
}

const TOKEN = "HUBSPOT_ACCESS_TOKEN";

/** Asks a server or reads a recording, judges, and writes what was asked for. */
export async function run(options: VerifyCommandOptions): Promise<void> {
  if (options.list) return list(options);
  const { record, report: wanted = [], only = [], skip = [] } = options;
  const targets = wanted.map(parseReport);
  requireRules([...only, ...skip]);
  // A report that cannot be written should be told before an account is asked for anything.
  await requireWritable([...targets.map(({ file }) => file), ...(record === undefined ? [] : [record])]);
  const { report, exchanges } =
    options.recording === undefined ? await ask(options) : await replay(options, options.recording);
  if (record !== undefined)
    await writeFile(record, `${JSON.stringify(recordingOf({ report, exchanges }, options), null, 2)}\n`);
  await writeReports({ report, exchanges, targets, json: options.json ?? false });
  if (options.updateEvidence) await appendEvidence(report);
  process.exitCode = report.exitCode;
}

/** A run as HAR, with what it takes to judge it again. */
function recordingOf(
  { report, exchanges }: Verification,
  { timeout = 60_000, keep = false }: VerifyCommandOptions,
): object {
  const interrupted = report.unjudged.some(({ reason }) => reason === "interrupted");
  return toHar(exchanges, { version, target: report.target, timeoutMs: timeout, interrupted, keep });
}

async function ask(options: VerifyCommandOptions): Promise<Verification> {
  const { baseUrl, pollInterval, timeout, quiet = false, ...rest } = options;
  const token = process.env[TOKEN] ?? "";
  if (baseUrl === undefined) {
    throw new UserError(
      "invalid-option",
      "--base-url is missing. Pass the address before /files/v3, such as https://api.hubapi.com, or --recording FILE.har.",
    );
  }
  if (token === "") {
    throw new UserError(
      "invalid-option",
      `${TOKEN} is not set. Put a private app's token with the scope files there; for this kit's mock any word will do.`,
    );
  }
  const interruption = new AbortController();
  const progress = createProgress({ isQuiet: quiet, redact: (text) => redactText(text, [token]) });
  const stop = () => {
    if (interruption.signal.aborted) process.exit(130);
    progress.tell({
      journey: "cleanup",
      message: "broken off: deleting what was made. Again to leave it.",
      requests: 0,
    });
    interruption.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  try {
    return await verifyContract({
      ...rest,
      baseUrl,
      token,
      ...(pollInterval !== undefined && { pollIntervalMs: pollInterval }),
      ...(timeout !== undefined && { timeoutMs: timeout }),
      signal: interruption.signal,
      onProgress: progress.tell,
    });
  } finally {
    progress.end();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
  }
}

async function replay(options: VerifyCommandOptions, file: string): Promise<Verification> {
  const { exchanges, notes } = await readHar(file, [process.env[TOKEN] ?? ""]);
  const timeoutMs = options.timeout ?? notes.timeoutMs;
  return {
    report: judge(exchanges, { ...notes, ...options, ...(timeoutMs !== undefined && { timeoutMs }) }),
    exchanges,
  };
}

function list({ json = false }: VerifyCommandOptions): void {
  const checks = serverRules.map(({ id, sentence, severity, evidence }) => ({ id, sentence, severity, evidence }));
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(({ id, sentence, severity }) => `${id.padEnd(width)}  ${severity.padEnd(9)}  ${sentence}\n`);
  process.stdout.write(json ? `${JSON.stringify(checks, null, 2)}\n` : lines.join(""));
}

const { version } = createRequire(import.meta.url)("hubspot-import-kit/package.json") as { version: string };
