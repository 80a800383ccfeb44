import type { CheckResult, Report } from "../judge/report.js";
import { type Cause, causesOf } from "./causes.js";
import { checksWithFindings, listed, pointerText, type Surroundings, seenIn, skippedText, valueText } from "./words.js";

/**
 * Renders a report as GitHub's workflow commands: printed in a job, each becomes an annotation, one for each check,
 * since GitHub limits their number. An annotation is at a line of the contract if that is a file of the checkout.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @example "::error file=spec/openapi.yaml,line=412,title=schema::…"
 */
export function renderAnnotations(report: Report, surroundings: Pick<Surroundings, "contractFile">): string {
  const commands = [
    ...checksWithFindings(report).map((check) => annotation(check, surroundings)),
    // An inconclusive run shows nothing about the server, and a job may accept it.
    ...report.unjudged.map(({ reason, message, next }) =>
      command("warning", { title: `could not be judged: ${reason}` }, `${valueText(message)}\n${next}`),
    ),
    ...(skippedText(report) === "" ? [] : [command("notice", { title: "skipped checks" }, skippedText(report))]),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

function annotation(
  { id, sentence, severity, result, next, ...check }: CheckResult,
  { contractFile }: Pick<Surroundings, "contractFile">,
): string {
  const causes = causesOf(check);
  const line = causes.find((cause) => cause.line !== undefined)?.line;
  const at = line === undefined || contractFile === undefined ? {} : { file: contractFile, line: String(line) };
  const rest = causes.length - MAX_CAUSES;
  const text = [
    sentence,
    ...causes.slice(0, MAX_CAUSES).flatMap(causeLines),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    `Next: ${next}`,
  ];
  return command(result === "fail" ? "error" : "warning", { ...at, title: `${id} (${severity})` }, text.join("\n"));
}

/** GitHub shows some lines of an annotation; the job's log has the rest. */
const MAX_CAUSES = 3;

function causeLines(cause: Cause): readonly string[] {
  const place = listed(pointerText(cause), seenIn(cause));
  return [place, `- ${valueText(cause.expected)}`, ...cause.came.slice(0, 1).map((came) => `+ ${valueText(came)}`)];
}

function command(
  level: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string>>,
  text: string,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${list.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
