import type { Finding } from "../finding.js";
import type { CheckResult, Report } from "../verify/report.js";
import { failedChecks, isBreaking, listed, pointerText, type Surroundings, seenIn, valueText } from "./words.js";

/**
 * A report as GitHub's workflow commands: printed in a job, each becomes an annotation, at a line of the contract where
 * that is a file of the checkout. An annotation at a file that is none of the checkout's points nowhere.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @example "::error file=spec/openapi.yaml,line=412,title=schema::…"
 */
export function renderAnnotations(report: Report, surroundings: Pick<Surroundings, "contractFile">): string {
  const commands = [
    ...failedChecks(report).flatMap((check) =>
      check.findings.map((finding) => annotation(check, finding, { report, ...surroundings })),
    ),
    ...report.unjudged.map(({ reason, message, next }) =>
      command("error", { title: `could not be judged: ${reason}` }, `${valueText(message)}\n${next}`),
    ),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

function annotation(
  check: CheckResult,
  finding: Finding,
  { report, contractFile }: { readonly report: Report; readonly contractFile?: string },
): string {
  const { line, expected, actual } = finding;
  const at = line === undefined || contractFile === undefined ? {} : { file: contractFile, line: String(line) };
  const text = [
    check.sentence,
    listed(pointerText(finding), seenIn(finding)),
    `- ${valueText(expected)}`,
    `+ ${valueText(actual)}`,
    `Next: ${check.next}`,
  ];
  const level = isBreaking(check, report) ? "error" : "warning";
  return command(level, { ...at, title: `${check.id} (${check.severity})` }, text.join("\n"));
}

function command(level: "error" | "warning", properties: Readonly<Record<string, string>>, text: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${list.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
