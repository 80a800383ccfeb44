import type { Log, ReportingDescriptor, Result } from "sarif";
import type { CheckResult, Report } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { jsonText, printable, shortened } from "../text.js";
import { isoDate } from "../time.js";
import { RED_PAGE } from "./ready-lines.js";
import { checksWithFindings, listed, pointerText, SPEC_FILE, type Surroundings, seenIn, valueText } from "./words.js";

/**
 * Renders a report as SARIF 2.1.0, for code scanning: each finding refers to the line of the contract that it breaks,
 * or to the first line if there is none. A run that could not be judged has no `results`: an empty list would close the
 * open alerts.
 */
export function renderSarif(report: Report, surroundings: Surroundings): string {
  const { version, commit, runUrl } = surroundings;
  const start = Date.parse(report.startedAt);
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hubspot-import-kit",
            version,
            semanticVersion: version,
            informationUri: `pkg:npm/hubspot-import-kit@${version}`,
            rules: report.checks.map((check) => ruleOf(check, report, surroundings)),
          },
        },
        invocations: [
          {
            executionSuccessful: report.unjudged.length === 0,
            startTimeUtc: report.startedAt,
            endTimeUtc: isoDate(start + report.durationMs),
            toolExecutionNotifications: [
              ...report.unjudged.map(({ reason, message, next }) => ({
                level: "error" as const,
                descriptor: { id: reason },
                message: { text: `${valueText(message)} ${next}` },
              })),
              ...(report.skipped ?? []).map(({ id, sentence }) => ({
                level: "note" as const,
                descriptor: { id: "skipped" },
                message: { text: `Skipped by --skip or --only: ${id}. ${sentence}` },
              })),
            ],
          },
        ],
        properties: {
          apiVersions: report.versions,
          ...(commit !== undefined && { commit }),
          ...(runUrl !== undefined && { runUrl }),
        },
        ...(report.conclusion !== "unjudged" && {
          results: checksWithFindings(report).flatMap((check) => resultsOf(check, report, surroundings)),
        }),
      },
    ],
  };
  return jsonText(log);
}

function ruleOf(check: CheckResult, { isStrict }: Report, { verify }: Surroundings): ReportingDescriptor {
  return {
    id: check.id,
    // SARIF requires a name that differs from the id by more than letter case.
    name: `${check.id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Check`,
    shortDescription: { text: check.sentence },
    fullDescription: { text: `${check.sentence} ${RESTS_ON[check.evidence]}` },
    help: {
      text: `${check.next}\nSkip until this is resolved: ${verify} --skip ${check.id}\nWhat to do when a check fails: ${RED_PAGE}`,
    },
    defaultConfiguration: { level: check.severity === "violation" || isStrict ? "error" : "warning" },
    properties: { evidence: check.evidence, severity: check.severity },
  };
}

/** The reasons for a check's requirement. */
const RESTS_ON: Readonly<Record<CheckResult["evidence"], string>> = {
  documented: "HubSpot's documentation says so.",
  live: "Published recordings of HubSpot's API show it.",
  inferred: "It is inferred from HubSpot's documentation or from published recordings.",
  http: "HTTP, or a format that the response declares, requires it.",
};

function resultsOf(check: CheckResult, report: Report, { contractFile = SPEC_FILE }: Surroundings): readonly Result[] {
  const ruleIndex = report.checks.indexOf(check);
  const prints = fingerprints(check.findings);
  return check.findings.map((finding, index) => ({
    ruleId: check.id,
    ruleIndex,
    level: check.result === "fail" ? "error" : "warning",
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: contractFile },
          region: { startLine: finding.line ?? 1 },
        },
      },
    ],
    partialFingerprints: { "ruleAndPointer/v1": `${prints[index]}` },
  }));
}

function messageOf(finding: Finding): string {
  const place = listed(pointerText(finding), seenIn(finding));
  return `${place}: expected ${valueText(finding.expected)}, but got ${valueText(finding.actual)}.`;
}

/**
 * The parts that are the same in each run: not the ids and dates of texts, and not line numbers, which change with the
 * contract.
 */
function fingerprints(findings: readonly Finding[]): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map(({ rule, pointer = "" }) => {
    const number = (counts.get(pointer) ?? 0) + 1;
    counts.set(pointer, number);
    return `${rule} ${shortened(printable(pointer))} ${number}`;
  });
}
