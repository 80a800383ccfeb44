import type { RecordedExchange } from "../exchange/exchange.js";
import type { CheckResult, Conclusion, Report, TaskSummary } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { printable, shortened } from "../text.js";

/** What every report calls the contract: its path in this project. */
export const SPEC_FILE = "spec/openapi.yaml";

/** What a report says of where and how it was made. */
export interface Surroundings {
  /** This kit's. */
  readonly version: string;
  /** Path of the contract in the checkout that is judged, such as `spec/openapi.yaml`; absent where it has none. */
  readonly contractFile?: string;
  /** The commit that a CI had checked out. */
  readonly commit?: string;
  /** Where a CI shows the run. */
  readonly runUrl?: string;
  /** File of the recording that holds what is judged; absent where there is none. */
  readonly recording?: string;
  /** The command that was run, for a shell. */
  readonly verify: string;
}

/** What a report concludes, as the end of a sentence that begins with the server. */
export const CONCLUSIONS: Readonly<Record<Conclusion, string>> = {
  conforms: "conforms to the contract",
  violates: "violates the contract",
  unjudged: "could not be judged",
};

/** The checks that found something, in the order in which they matter: violations, then drift. */
export function checksWithFindings({ checks }: Report): readonly CheckResult[] {
  const found = checks.filter(({ result }) => result === "fail" || result === "drift");
  return [
    ...found.filter(({ severity }) => severity === "violation"),
    ...found.filter(({ severity }) => severity === "drift"),
  ];
}

export function failedChecks({ checks }: Report): readonly CheckResult[] {
  return checks.filter(({ result }) => result === "fail");
}

/** Why it was concluded. @example "2 checks failed, 1 drifted" */
export function verdictDetail(report: Report): string {
  const reasons = [...new Set(report.unjudged.map(({ reason }) => reason))].join(", ");
  const skipped = report.skipped ? [`${count(report.skipped.length, "check")} skipped`] : [];
  if (report.conclusion === "unjudged") return [reasons, ...skipped].join("; ");
  const { fail, drift } = tally(report);
  const byDrift = failedChecks(report).filter(({ severity }) => severity === "drift").length;
  const strictly = byDrift > 0 ? ` (${byDrift} by drift, which fails a strict run)` : "";
  const found = `${fail === 0 ? "no check" : count(fail, "check")} failed${strictly}`;
  return [
    report.isStrict ? found : `${found}, ${drift === 0 ? "none" : drift} drifted`,
    ...(reasons === "" ? [] : [`partly inconclusive: ${reasons}`]),
    ...skipped,
  ].join("; ");
}

/** The rules that the app of a recording broke; none of a run of this kit's. */
function brokenRules({ conduct }: Report): readonly CheckResult[] {
  return (conduct?.checks ?? []).filter(({ result }) => result === "fail");
}

/** How the app of a recording behaved; empty for a run of this kit's. @example "The app broke 1 rule: reads-canceled." */
export function appText(report: Report): string {
  const broken = brokenRules(report).map(({ id }) => id);
  if (report.conduct === undefined) return "";
  if (report.conduct.result === "not-exercised") return "The app did nothing that a rule applies to.";
  return broken.length === 0
    ? "The app broke no rule."
    : `The app broke ${count(broken.length, "rule")}: ${broken.join(", ")}.`;
}

/** The result of a whole report: of an app's recording, the app's as well as the server's. */
export function conclusionOf(report: Report): Conclusion {
  return brokenRules(report).length > 0 ? "violates" : report.conclusion;
}

/** What was judged. @example "https://api.hubapi.com" */
export function subject({ target }: Report): string {
  return target === "" ? "The recording" : printable(target);
}

/** How many checks came to each result. */
export function tally({ checks }: Pick<Report, "checks">): Readonly<Record<CheckResult["result"], number>> {
  const of = (wanted: CheckResult["result"]) => checks.filter(({ result }) => result === wanted).length;
  return { pass: of("pass"), fail: of("fail"), drift: of("drift"), "not-exercised": of("not-exercised") };
}

/** @example "25 passed, 2 failed, 1 drifted, 3 not exercised" */
export function tallyText(report: Pick<Report, "checks">): string {
  const { pass, fail, drift, "not-exercised": unseen } = tally(report);
  return `${pass} passed, ${fail} failed, ${drift} drifted, ${unseen} not exercised`;
}

/** The checks that were left out; the shorter way round. Empty where all were judged. @example "all but schema" */
export function skippedText({ checks, skipped = [] }: Pick<Report, "checks" | "skipped">): string {
  const ids = (list: readonly Pick<CheckResult, "id">[]) => list.map(({ id }) => id).join(", ");
  return skipped.length > checks.length ? `all but ${ids(checks)}` : ids(skipped);
}

/** Whether no check had anything to judge, as where no server was reached: what was not seen is then all there is. */
export function reachedNothing({ checks }: Pick<Report, "checks">): boolean {
  return checks.every(({ result }) => result === "not-exercised");
}

/** The states that a task was seen in, one after the other. @example ["PENDING", "PROCESSING", "COMPLETE"] */
export function statesOf({ polls }: TaskSummary): readonly string[] {
  const states = polls.flatMap(({ state }) => state ?? []);
  return states.filter((state, index) => state !== states[index - 1]);
}

/** Answers that asked for patience. @example "429 ×2, 503 ×1" */
export function waitsText({ waits }: Report): string {
  return Object.entries(waits)
    .map(([status, times]) => `${status} ×${times}`)
    .join(", ");
}

/** A request with what it was answered. @example "GET /files/v3/…/tasks/AAAAEqTIHz0/status → 200" */
export function requestLine({ request, response, failure }: RecordedExchange): string {
  const parts = printable(new URL(request.url).pathname).split("/");
  const path = parts.map((part) => shortened(part, 24)).join("/");
  const outcome = response?.status ?? failure?.kind ?? "no response";
  return `${shortened(printable(request.method), 12)} ${shortened(path, 90)} → ${outcome}`;
}

/** Where a finding was seen, people's numbers counting from 1. @example "requests 4, 5, 6 and 9 more" */
export function seenIn({ exchanges }: Pick<Finding, "exchanges">): string {
  const numbers = exchanges.slice(0, 3).map((index) => index + 1);
  const rest = exchanges.length > numbers.length ? ` and ${exchanges.length - numbers.length} more` : "";
  if (numbers.length === 0) return "the whole run";
  return `request${exchanges.length === 1 ? "" : "s"} ${numbers.join(", ")}${rest}`;
}

/** Where a finding lies in the body; empty where it is not about one place. @example "/result/size" */
export function pointerText({ pointer }: Pick<Finding, "pointer">): string {
  if (pointer === undefined) return "";
  return pointer === "" ? "the body" : shortened(printable(pointer), 80);
}

/** Where a finding lies in the contract; empty where no line says so. @example "spec/openapi.yaml:412" */
export function lineText({ line }: Pick<Finding, "line">): string {
  return line === undefined ? "" : `${SPEC_FILE}:${line}`;
}

/** Those of several texts that are not empty. @example listed("/size", "", "request 4"); // "/size, request 4" */
export function listed(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

/** What was expected, or came instead, on one line. */
export function valueText(text: string): string {
  return shortened(printable(text), 240);
}

/** What was judged, and by what, for people. @example [["API v3", "unsupported from September 2027"], ["kit", "hubspot-import-kit 0.1.0"]] */
export function originRows(
  { versions }: Pick<Report, "versions">,
  { version, commit, runUrl }: Surroundings,
): readonly (readonly [string, string])[] {
  return [
    ...versions.map((one) => [`API ${one.version}`, versionText(one)] as const),
    ["kit", `hubspot-import-kit ${version}`],
    ...(commit === undefined ? [] : [["commit", printable(commit)] as const]),
    ...(runUrl === undefined ? [] : [["run", printable(runUrl)] as const]),
  ];
}

function versionText({ supportedUntil, deprecation, sunset }: Report["versions"][number]): string {
  const marks = [
    ...(deprecation === undefined ? [] : [`Deprecation: ${deprecation}`]),
    ...(sunset === undefined ? [] : [`Sunset: ${sunset}`]),
  ];
  const end =
    supportedUntil === undefined ? "the end of its support is unknown" : `unsupported from ${dayText(supportedUntil)}`;
  return marks.length === 0 ? end : `${end}; the server announces its end (${valueText(marks.join(", "))})`;
}

/** @example dayText("2027-09"); // "September 2027" */
export function dayText(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  const name = MONTHS[(month ?? 1) - 1];
  return day === undefined ? `${name} ${year}` : `${day} ${name} ${year}`;
}

/** Not by Intl: reports are the same in every locale and on every platform. */
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** @example count(2, "check"); // "2 checks" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
