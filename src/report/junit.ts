import XMLBuilder from "fast-xml-builder";
import type { Finding } from "../finding.js";
import type { CheckResult, Report, Unjudged } from "../verify/report.js";
import { printable } from "./printable.js";
import { count, isBreaking, lineText, listed, pointerText, seenIn, valueText } from "./words.js";

/**
 * A report as JUnit XML, which most CI systems show: a test case for each check, and one in error for each reason why
 * something could not be judged. Drift fails a strict run alone; otherwise it stands in the passed case's output.
 */
export function renderJunit(report: Report): string {
  const cases = [...report.checks.map((check) => checkCase(check, report)), ...report.unjudged.map(unjudgedCase)];
  const { startedAt, durationMs, target } = report;
  return junitText(cases, { name: "hubspot-import-kit verify", run: { startedAt, durationMs, target } });
}

/** Test cases as the text of a JUnit file. @param run what is known of the run that they are from */
export function junitText(
  cases: readonly TestCase[],
  { name, run }: { readonly name: string; readonly run?: Pick<Report, "startedAt" | "durationMs" | "target"> },
): string {
  const number = (kind: keyof TestCase) => cases.filter((one) => one[kind] !== undefined).length;
  const both = {
    "@_name": name,
    "@_tests": cases.length,
    "@_failures": number("failure"),
    "@_errors": number("error"),
    ...(run && { "@_time": (run.durationMs / 1000).toFixed(3) }),
  };
  // Jenkins' xUnit plugin rejects a file whose outermost element counts what was skipped.
  const suite = { ...both, "@_skipped": number("skipped") };
  const ofRun = run && {
    // JUnit's schema knows no zone here; this is UTC.
    "@_timestamp": run.startedAt.slice(0, 19),
    properties: { property: { "@_name": "target", "@_value": printable(run.target) } },
  };
  const builder = new XMLBuilder({
    format: true,
    ignoreAttributes: false,
    suppressEmptyNode: true,
    // An attribute whose text is "true" would lose its value.
    suppressBooleanAttributes: false,
  });
  return builder.build({
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    testsuites: { ...both, testsuite: { ...suite, ...ofRun, testcase: cases } },
  });
}

/** One case of a suite: passed, unless something else is said. */
export interface TestCase {
  readonly "@_classname": string;
  readonly "@_name": string;
  readonly failure?: Problem;
  readonly error?: Problem;
  readonly skipped?: { readonly "@_message": string };
  readonly "system-out"?: string;
}

interface Problem {
  readonly "@_type": string;
  readonly "@_message": string;
  readonly "#text": string;
}

function checkCase(check: CheckResult, report: Report): TestCase {
  const { id, sentence, severity, result, findings, next } = check;
  const named = { "@_classname": "hubspot-import-kit.verify", "@_name": `${id}: ${sentence}` };
  if (result === "pass") return named;
  if (result === "not-exercised") return { ...named, skipped: { "@_message": "Nothing in the run exercised it." } };
  const text = [...findings.map(findingText), `Next: ${next}`].join("\n\n");
  if (!isBreaking(check, report)) return { ...named, "system-out": text };
  return { ...named, failure: { "@_type": severity, "@_message": count(findings.length, "finding"), "#text": text } };
}

function unjudgedCase({ reason, message, next }: Unjudged): TestCase {
  return {
    "@_classname": "hubspot-import-kit.verify",
    "@_name": `${reason}: it could not be judged`,
    error: { "@_type": reason, "@_message": valueText(message), "#text": `Next: ${next}` },
  };
}

function findingText(finding: Finding): string {
  const place = listed(pointerText(finding), lineText(finding), seenIn(finding));
  return `${place}\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`;
}
