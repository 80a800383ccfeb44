import { version } from "../../mocks/version.js";
import type { ReportKind } from "../../src/report/kinds.js";
import { jsonText, withoutCommands } from "../../src/report/printable.js";
import { renderText } from "../../src/report/text.js";
import type { Surroundings } from "../../src/report/words.js";
import { conclude, type Verification } from "../../src/verify/conclude.js";
import type { JudgeOptions } from "../../src/verify/judge.js";
import { type RecordingNotes, toHar } from "../../src/verify/recording/har.js";
import type { RecordedExchange } from "../../src/verify/recording/recording.js";
import type { Report } from "../../src/verify/report.js";
import { TOKEN, withoutToken } from "../without-token.js";
import { withHint } from "./proxy.js";
import type { Targets } from "./targets.js";

/** What is to be judged and told: data, so that another thread can do it. */
export interface Job {
  readonly exchanges: readonly RecordedExchange[];
  readonly judging: JudgeOptions;
  /** What a recording says beside its exchanges. */
  readonly notes: RecordingNotes;
  readonly hint: string;
  readonly targets: Targets;
  readonly surroundings: Surroundings;
  readonly isQuiet: boolean;
  readonly colors: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether this is a GitHub job, which shows a summary. */
  readonly hasSummary: boolean;
  /** The evidence so far, where it is to be added to. */
  readonly evidence?: string;
}

/** Everything that a run prints and writes, without the token. */
export interface Outcome {
  readonly exitCode: Report["exitCode"];
  readonly stdout: string;
  readonly stderr: string;
  readonly summary?: string;
  /** Texts by their files. */
  readonly files: ReadonlyMap<string, string>;
  readonly evidence?: string;
}

/** Judges a run, and renders what was asked for. Pure but for the token, which it takes out. */
export function outcomeOf(job: Job): Promise<Outcome> {
  return told(withHint(conclude(job, [process.env[TOKEN] ?? ""]), job.hint), job);
}

/** Renders a run that is judged. */
export async function told(verification: Verification, job: Job): Promise<Outcome> {
  const { report, exchanges } = verification;
  const { targets, notes, hasSummary, evidence } = job;
  const files = new Map<string, string>();
  for (const { kind, file } of targets.reports) files.set(file, await rendered(kind, verification, job));
  if (targets.record !== undefined) {
    const har = toHar(exchanges, { version, ...notes });
    files.set(targets.record, withoutToken(jsonText(har)));
  }
  return {
    exitCode: report.exitCode,
    ...(await printed(verification, job)),
    ...(hasSummary && { summary: await rendered("markdown", verification, job) }),
    files,
    ...(evidence !== undefined && { evidence: await addedTo(evidence, report) }),
  };
}

/** A report without the token. What renders it is loaded on demand: most runs print the text alone. */
async function rendered(kind: ReportKind, { report, exchanges }: Verification, { surroundings }: Job): Promise<string> {
  const { renderReport } = await import("../../src/report/render.js");
  return withoutToken(renderReport(kind, report, exchanges, surroundings));
}

async function addedTo(evidence: string, report: Report): Promise<string> {
  const { renderEvidence } = await import("../../src/report/evidence.js");
  return `${evidence.trimEnd()}\n\n${withoutToken(renderEvidence(report, evidence))}`;
}

/**
 * The text, or the report that was asked for in its place; then the text stands on standard error. GitHub's commands alone
 * share standard output with it: they are lines of a job's log, and no document.
 */
async function printed(verification: Verification, job: Job): Promise<Pick<Outcome, "stdout" | "stderr">> {
  const { report, exchanges } = verification;
  const { targets, surroundings, isQuiet, colors } = job;
  const { printed: kind = "text" } = targets;
  const text = (hasColors: boolean) =>
    withoutCommands(withoutToken(renderText(report, { exchanges, colors: hasColors, surroundings })));
  if (kind === "text") return { stdout: text(colors.stdout), stderr: "" };
  const document = await rendered(kind, verification, job);
  // GitHub's commands are ours, and to be obeyed.
  if (kind === "github") return { stdout: `${document}${text(colors.stdout)}`, stderr: "" };
  return { stdout: withoutCommands(document), stderr: isQuiet ? "" : text(colors.stderr) };
}
