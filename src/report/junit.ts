import XMLBuilder from "fast-xml-builder";
import type { RecordedExchange } from "../exchange/exchange.js";
import type { CheckResult, ConductCheck, Report, SkippedCheck, Unjudged } from "../judge/report.js";
import type { ClientConduct } from "../judge/session-conduct.js";
import { printable } from "../text.js";
import { type Cause, causesOf, excerptLines, MAX_CAME } from "./causes.js";
import { type Material, RED_PAGE, readyLines } from "./ready-lines.js";
import {
  type ConductResults,
  clientText,
  exchangesText,
  isUndecided,
  lineText,
  listed,
  originRows,
  pointerText,
  type Surroundings,
  seenIn,
  tasksIn,
  valueText,
} from "./words.js";

/**
 * A report as JUnit XML, which most CI systems show: a test case for each check, also for one that was left out, and one in
 * error for each reason why something could not be judged. Drift fails a strict run alone; otherwise it stands in the passed case's output.
 */
export function renderJunit(
  report: Report,
  exchanges: readonly RecordedExchange[],
  surroundings: Surroundings,
): string {
  const cases = [
    ...report.checks.map((check) => checkCase(check, report, { exchanges, surroundings })),
    ...(report.skipped ?? []).map(skippedCase),
    ...report.unjudged.map(unjudgedCase),
  ];
  const { startedAt, durationMs, target } = report;
  const properties = [["target", target], ...originRows(surroundings)] as const;
  return junitText(cases, { name: "hubspot-import-kit verify", run: { startedAt, durationMs, properties } });
}

/** Test cases as the text of a JUnit file. @param run what is known of the run that they are from */
function junitText(
  cases: readonly TestCase[],
  { name, run }: { readonly name: string; readonly run?: RunFacts },
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
    properties: {
      property: run.properties.map(([name, value]) => ({ "@_name": name, "@_value": printable(value) })),
    },
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

interface RunFacts extends Pick<Report, "startedAt" | "durationMs"> {
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** One case of a suite: passed, unless something else is said. */
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

function checkCase(check: CheckResult, report: Report, material: Material): TestCase {
  const { id, sentence, severity, result, next } = check;
  const named = { "@_classname": "hubspot-import-kit.verify", "@_name": `${id}: ${sentence}` };
  if (result === "pass") return named;
  if (result === "not-exercised") return { ...named, skipped: { "@_message": "Nothing in the run exercised it." } };
  const causes = causesOf(check);
  const commands = readyLines([check], report, material).map(({ label, command }) => `${label}:\n${command}`);
  const text = [...causes.map(causeText), `Next: ${next}`, ...commands, `What to do when it is red: ${RED_PAGE}`];
  if (result === "drift") return { ...named, "system-out": text.join("\n\n") };
  const problem = { "@_type": severity, "@_message": messageOf(causes), "#text": text.join("\n\n") };
  return { ...named, failure: problem };
}

function unjudgedCase({ reason, message, next }: Unjudged): TestCase {
  const text = `Next: ${next}\n\nWhat to do when it is red: ${RED_PAGE}`;
  return {
    "@_classname": "hubspot-import-kit.verify",
    "@_name": `${reason}: it could not be judged`,
    error: { "@_type": reason, "@_message": valueText(message), "#text": text },
  };
}

/** Under the name that it has where it is judged: a CI then shows that it was left out, and not that it is gone. */
function skippedCase({ id, sentence }: SkippedCheck): TestCase {
  return {
    "@_classname": "hubspot-import-kit.verify",
    "@_name": `${id}: ${sentence}`,
    skipped: { "@_message": "Left out by --skip or --only." },
  };
}

/** What a CI shows beside the case's name. */
function messageOf(causes: readonly Cause[]): string {
  const [first] = causes;
  if (!first) return "";
  const place = first.pointer ? `${pointerText(first)}: ` : "";
  const more = causes.length > 1 ? ` (and ${causes.length - 1} more)` : "";
  return `${place}expected ${valueText(first.expected)}, but it was ${valueText(first.came[0] ?? "")}${more}`;
}

function causeText(cause: Cause): string {
  const place = listed(pointerText(cause), lineText(cause), seenIn(cause));
  const came = cause.came.slice(0, MAX_CAME).map((one) => `+ ${valueText(one)}`);
  const more = cause.came.length > MAX_CAME ? [`and ${cause.came.length - MAX_CAME} more`] : [];
  return [place, ...excerptLines(cause.line), `- ${valueText(cause.expected)}`, ...came, ...more].join("\n");
}

/** How clients behaved as JUnit XML: a test case for each rule and client; without a client, one that is skipped. */
export function renderConductJunit({ conduct }: ConductResults): string {
  const cases = conduct.clients.flatMap((client) => client.checks.map((check) => ruleCase(client, check)));
  return junitText(cases.length > 0 ? cases : [NOBODY], { name: "hubspot-import-kit conduct" });
}

const NOBODY: TestCase = {
  "@_classname": "hubspot-import-kit.conduct",
  "@_name": "the clients' conduct",
  skipped: { "@_message": "No client came." },
};

function ruleCase(client: ClientConduct, check: ConductCheck): TestCase {
  const { id, sentence, result, severity, findings, next } = check;
  const named = {
    // What stands before a dot is taken for a package.
    "@_classname": `hubspot-import-kit.conduct ${clientText(client).replaceAll(".", "_")}`,
    "@_name": `${id}: ${sentence}`,
  };
  if (result === "pass") return named;
  if (result === "not-exercised") return { ...named, skipped: { "@_message": whySkipped(client, check) } };
  const tasksText = tasksIn(client, check);
  const texts = findings.map((finding) => {
    const place = listed(tasksText(finding), exchangesText(finding));
    return `${place}\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`;
  });
  const text = [...texts, `Next: ${next}`].join("\n\n");
  return { ...named, failure: { "@_type": severity, "@_message": messageOf(causesOf(check)), "#text": text } };
}

function whySkipped(client: ClientConduct, { id }: ConductCheck): string {
  if (id !== "bounded-polling" || !isUndecided(client)) return "Nothing that came exercised it.";
  return "A task that does not move was still polled in the end: whether it would be given up, nobody saw.";
}
