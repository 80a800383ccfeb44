import XMLBuilder from "fast-xml-builder";
import type { CheckResult, SkippedCheck } from "../judge/report.js";
import type { Inconclusive } from "../judge/rule.js";
import { printable } from "../text.js";
import { type Cause, excerptLines, MAX_CAME } from "./causes.js";
import { RED_PAGE } from "./ready-lines.js";
import type { Failure, Results, Server, Subject } from "./results.js";
import { lineText, listed, originRows, pointerText, valueText } from "./words.js";

/**
 * Renders a report as JUnit XML, which most CI systems show: a test case for each check of a server or client, skipped
 * ones included, and one in error for each reason why something could not be judged; without a client, one that is
 * skipped. Drift fails only a strict run; otherwise it is in the output of the passed case. The conduct of an app is
 * not a test of its server.
 */
export function renderJunit({ subjects, server }: Results): string {
  const cases = [
    ...subjects.filter(({ role }) => role !== "app").flatMap((one) => one.checks.map((check) => checkCase(one, check))),
    ...(server?.report.skipped ?? []).map(skippedCase),
    ...(server?.report.unjudged ?? []).map(unjudgedCase),
  ];
  return junitText(cases.length > 0 ? cases : [NOBODY], server);
}

function junitText(cases: readonly TestCase[], server: Server | undefined): string {
  const run = server && runFacts(server);
  const number = (kind: keyof TestCase) => cases.filter((one) => one[kind] !== undefined).length;
  const both = {
    "@_name": `hubspot-import-kit ${server ? "verify" : "conduct"}`,
    "@_tests": cases.length,
    "@_failures": number("failure"),
    "@_errors": number("error"),
    ...run?.time,
  };
  // Jenkins' xUnit plugin rejects a file whose outermost element counts skipped cases.
  const suite = { ...both, "@_skipped": number("skipped") };
  const builder = new XMLBuilder({
    format: true,
    ignoreAttributes: false,
    suppressEmptyNode: true,
    // An attribute with the text "true" would lose its value.
    suppressBooleanAttributes: false,
  });
  return builder.build({
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    testsuites: { ...both, testsuite: { ...suite, ...run?.origin, testcase: cases } },
  });
}

/** The properties of the run. */
function runFacts({ report, surroundings }: Server) {
  const { startedAt, durationMs, target } = report;
  const properties = [["target", target], ...originRows(report, surroundings)] as const;
  return {
    time: { "@_time": (durationMs / 1000).toFixed(3) },
    origin: {
      // JUnit's schema has no time zone; this is UTC.
      "@_timestamp": startedAt.slice(0, 19),
      properties: { property: properties.map(([name, value]) => ({ "@_name": name, "@_value": printable(value) })) },
    },
  };
}

/** One case of a suite: passed by default. */
interface TestCase {
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

const OF_SERVER = "hubspot-import-kit.verify";
const OF_CLIENT = "hubspot-import-kit.conduct";

function checkCase(subject: Subject, check: CheckResult): TestCase {
  const { id, sentence, result } = check;
  const named = {
    // CI systems read the part before a dot as a package.
    "@_classname": subject.role === "server" ? OF_SERVER : `${OF_CLIENT} ${subject.name.replaceAll(".", "_")}`,
    "@_name": `${id}: ${sentence}`,
  };
  if (result === "not-exercised") return { ...named, skipped: { "@_message": whyNotExercised(subject, check) } };
  const failure = subject.failures.find((one) => one.check === check);
  return failure ? { ...named, ...outcomeOf(failure) } : named;
}

function outcomeOf({ role, check, causes, commands }: Failure): Pick<TestCase, "failure" | "system-out"> {
  const text = [
    ...causes.map(causeText),
    `Next: ${check.next}`,
    ...commands.map(({ label, command }) => `${label}:\n${command}`),
    ...(role === "server" ? [WHAT_TO_DO] : []),
  ].join("\n\n");
  if (check.result === "drift") return { "system-out": text };
  return { failure: { "@_type": check.severity, "@_message": messageOf(causes), "#text": text } };
}

const WHAT_TO_DO = `What to do when a check fails: ${RED_PAGE}`;

function whyNotExercised({ isUndecided = false }: Subject, { id }: CheckResult): string {
  if (!isUndecided || id !== "bounded-polling") return "Nothing in the run exercised it.";
  return "The client was still polling a task that did not change when the run ended, so it is unknown whether it would have stopped.";
}

function unjudgedCase({ reason, message, next }: Inconclusive): TestCase {
  const text = `Next: ${next}\n\n${WHAT_TO_DO}`;
  return {
    "@_classname": OF_SERVER,
    "@_name": `${reason}: it could not be judged`,
    error: { "@_type": reason, "@_message": valueText(message), "#text": text },
  };
}

/** Has the same name as when it is judged: a CI then shows that it was skipped, not that it was removed. */
function skippedCase({ id, sentence }: SkippedCheck): TestCase {
  return {
    "@_classname": OF_SERVER,
    "@_name": `${id}: ${sentence}`,
    skipped: { "@_message": "Skipped by --skip or --only." },
  };
}

/** The text that a CI shows beside the case's name. */
function messageOf(causes: readonly Cause[]): string {
  const [first] = causes;
  if (!first) return "";
  const place = first.pointer ? `${pointerText(first)}: ` : "";
  const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : "";
  return `${place}expected ${valueText(first.expected)}, but got ${valueText(first.came[0] ?? "")}${more}`;
}

function causeText(cause: Cause): string {
  const place = listed(pointerText(cause), lineText(cause), cause.seenIn);
  const came = cause.came.slice(0, MAX_CAME).map((one) => `+ ${valueText(one)}`);
  const more = cause.came.length > MAX_CAME ? [`and ${cause.came.length - MAX_CAME} more`] : [];
  return [place, ...excerptLines(cause.line), `- ${valueText(cause.expected)}`, ...came, ...more].join("\n");
}

const NOBODY: TestCase = {
  "@_classname": OF_CLIENT,
  "@_name": "the clients' conduct",
  skipped: { "@_message": "No client sent a request." },
};
