import { version } from "../../mocks/version.js";
import { renderEvidence } from "../../src/report/evidence.js";
import { type ReportKind, renderReport } from "../../src/report/kinds.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { jsonText, withoutCommands } from "../../src/report/printable.js";
import { renderText } from "../../src/report/text.js";
import type { Surroundings } from "../../src/report/words.js";
import type { JudgeOptions } from "../../src/verify/judge.js";
import { type RecordingNotes, toHar } from "../../src/verify/recording/har.js";
import type { RecordedExchange } from "../../src/verify/recording/recording.js";
import type { Report } from "../../src/verify/report.js";
import { conclude, type Verification } from "../../src/verify/verify.js";
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
export function outcomeOf(job: Job): Outcome {
  return told(withHint(conclude(job, [process.env[TOKEN] ?? ""]), job.hint), job);
}

/** Renders a run that is judged. */
export function told({ report, exchanges }: Verification, job: Job): Outcome {
  const { targets, surroundings, notes, hasSummary, evidence } = job;
  const render = (kind: ReportKind) => withoutToken(renderReport(kind, report, exchanges, surroundings));
  const files = new Map(targets.reports.map(({ kind, file }) => [file, render(kind)]));
  if (targets.record !== undefined) {
    const har = toHar(exchanges, { version, ...notes });
    files.set(targets.record, withoutToken(jsonText(har)));
  }
  return {
    exitCode: report.exitCode,
    ...printed({ report, exchanges }, job),
    ...(hasSummary && { summary: withoutToken(renderMarkdown(report, exchanges, surroundings)) }),
    files,
    ...(evidence !== undefined && {
      evidence: `${evidence.trimEnd()}\n\n${withoutToken(renderEvidence(report, evidence))}`,
    }),
  };
}

/**
 * The text, or the report that was asked for in its place; then the text stands on standard error. GitHub's commands alone
 * share standard output with it: they are lines of a job's log, and no document.
 */
function printed(
  { report, exchanges }: Verification,
  { targets, surroundings, isQuiet, colors }: Job,
): Pick<Outcome, "stdout" | "stderr"> {
  const { printed: kind = "text" } = targets;
  const text = (hasColors: boolean) =>
    withoutCommands(withoutToken(renderText(report, { exchanges, colors: hasColors, surroundings })));
  if (kind === "text") return { stdout: text(colors.stdout), stderr: "" };
  const document = withoutToken(renderReport(kind, report, exchanges, surroundings));
  // GitHub's commands are ours, and to be obeyed.
  if (kind === "github") return { stdout: `${document}${text(colors.stdout)}`, stderr: "" };
  return { stdout: withoutCommands(document), stderr: isQuiet ? "" : text(colors.stderr) };
}
