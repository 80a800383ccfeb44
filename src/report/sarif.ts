import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Finding } from "../finding.js";
import { isoDate } from "../instant.js";
import type { CheckResult, Report } from "../verify/report.js";
import { jsonText, printable, shortened } from "./printable.js";
import { failedChecks, isBreaking, listed, pointerText, SPEC_FILE, seenIn, valueText } from "./words.js";

/**
 * A report as SARIF 2.1.0, for code scanning: each finding points at the line of the contract that it breaks, or at the
 * contract as a whole where no line says so.
 */
export function renderSarif(report: Report): string {
  const start = Date.parse(report.startedAt);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "hubspot-import-kit", rules: report.checks.map((check) => ruleOf(check, report)) } },
        invocations: [
          {
            executionSuccessful: report.unjudged.length === 0,
            startTimeUtc: report.startedAt,
            endTimeUtc: isoDate(start + report.durationMs),
            toolExecutionNotifications: report.unjudged.map(({ reason, message, next }) => ({
              level: "error",
              descriptor: { id: reason },
              message: { text: `${valueText(message)} ${next}` },
            })),
          },
        ],
        results: failedChecks(report).flatMap((check) => resultsOf(check, report)),
      },
    ],
  };
  return jsonText(log);
}

function ruleOf(check: CheckResult, report: Report): ReportingDescriptor {
  return {
    id: check.id,
    shortDescription: { text: check.sentence },
    help: { text: check.next },
    defaultConfiguration: { level: levelOf(check, report) },
    properties: { evidence: check.evidence, severity: check.severity },
  };
}

function resultsOf(check: CheckResult, report: Report): readonly Result[] {
  const ruleIndex = report.checks.indexOf(check);
  return check.findings.map((finding, index) => ({
    ruleId: check.id,
    ruleIndex,
    level: levelOf(check, report),
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: SPEC_FILE },
          ...(finding.line !== undefined && { region: { startLine: finding.line } }),
        },
      },
    ],
    partialFingerprints: { "ruleAndPointer/v1": fingerprint(finding, check.findings.slice(0, index)) },
  }));
}

function levelOf(check: CheckResult, report: Report): "error" | "warning" {
  return isBreaking(check, report) ? "error" : "warning";
}

function messageOf(finding: Finding): string {
  const place = listed(pointerText(finding), seenIn(finding));
  return `${place}: expected ${valueText(finding.expected)}, but it was ${valueText(finding.actual)}.`;
}

/** What stays the same from run to run: ids and dates in the texts do not, and lines move when the contract grows. */
function fingerprint({ rule, pointer = "" }: Finding, before: readonly Finding[]): string {
  const twins = before.filter((other) => (other.pointer ?? "") === pointer).length;
  return `${rule} ${shortened(printable(pointer), 200)} ${twins + 1}`;
}
