import type { RecordedExchange } from "../exchange/exchange.js";
import type { CheckResult, Conclusion, ConductReport, Report, TaskSummary } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { printable, shortened } from "../text.js";

/** The name of the contract in every report: its path in this project. */
export const SPEC_FILE = "spec/openapi.yaml";

/** Where and how a report was made. */
export interface Surroundings {
  /** The kit's version. */
  readonly version: string;
  /** Path of the contract in the checkout that is judged, such as `spec/openapi.yaml`; absent if it has none. */
  readonly contractFile?: string;
  /** The commit that a CI had checked out. */
  readonly commit?: string;
  /** Where a CI shows the run. */
  readonly runUrl?: string;
  /** File of the judged recording; absent without one. */
  readonly recording?: string;
  /** The command of the run, for a shell. */
  readonly verify: string;
}

/** The conclusions of a report, as ends of a sentence whose subject is the server. */
export const CONCLUSIONS: Readonly<Record<Conclusion, string>> = {
  conforms: "conforms to the contract",
  violates: "violates the contract",
  unjudged: "could not be judged",
};

/** Returns the checks with findings, the most important first: violations, then drift. */
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

/** Renders the reasons of the conclusion. @example "2 checks failed, 1 drifted" */
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

/** Returns the rules that the app of a recording broke; none for a run of this kit. */
function brokenRules({ conduct }: Report): readonly CheckResult[] {
  return (conduct?.checks ?? []).filter(({ result }) => result === "fail");
}

/**
 * Renders the conduct of a recording's app; empty for a run of this kit. @example "The app broke 1 rule:
 * reads-canceled."
 */
export function appText(report: Report): string {
  const broken = brokenRules(report).map(({ id }) => id);
  if (report.conduct === undefined) return "";
  if (report.conduct.result === "not-exercised") return "The app did nothing that a rule applies to.";
  return broken.length === 0
    ? "The app broke no rule."
    : `The app broke ${count(broken.length, "rule")}: ${broken.join(", ")}.`;
}

/** Returns the result of a whole report: for an app's recording, of the app and the server. */
export function conclusionOf(report: Report): Conclusion {
  return brokenRules(report).length > 0 ? "violates" : report.conclusion;
}

/** Renders the subject of a report. @example "https://api.hubapi.com" */
export function subject({ target }: Report): string {
  return target === "" ? "The recording" : printable(target);
}

/** Counts the checks by result. */
export function tally({ checks }: Pick<Report, "checks">): Readonly<Record<CheckResult["result"], number>> {
  const of = (wanted: CheckResult["result"]) => checks.filter(({ result }) => result === wanted).length;
  return { pass: of("pass"), fail: of("fail"), drift: of("drift"), "not-exercised": of("not-exercised") };
}

/** @example "25 passed, 2 failed, 1 drifted, 3 not exercised" */
export function tallyText(report: Pick<Report, "checks">): string {
  const { pass, fail, drift, "not-exercised": unseen } = tally(report);
  return `${pass} passed, ${fail} failed, ${drift} drifted, ${unseen} not exercised`;
}

/** Renders the skipped checks in the shorter form; empty if all were judged. @example "all but schema" */
export function skippedText({ checks, skipped = [] }: Pick<Report, "checks" | "skipped">): string {
  const ids = (list: readonly Pick<CheckResult, "id">[]) => list.map(({ id }) => id).join(", ");
  return skipped.length > checks.length ? `all but ${ids(checks)}` : ids(skipped);
}

/**
 * Whether no check had anything to judge, as if no server was reached: then a list of what was not exercised says
 * nothing.
 */
export function reachedNothing({ checks }: Pick<Report, "checks">): boolean {
  return checks.every(({ result }) => result === "not-exercised");
}

/** Returns the states that a task showed, in their order. @example ["PENDING", "PROCESSING", "COMPLETE"] */
export function statesOf({ polls }: TaskSummary): readonly string[] {
  const states = polls.flatMap(({ state }) => state ?? []);
  return states.filter((state, index) => state !== states[index - 1]);
}

/** Renders the responses that asked the client to retry later. @example "429 ×2, 503 ×1" */
export function waitsText({ waits }: Report): string {
  return Object.entries(waits)
    .map(([status, times]) => `${status} ×${times}`)
    .join(", ");
}

/** Renders a request with its response. @example "GET /files/v3/…/tasks/AAAAEqTIHz0/status → 200" */
export function requestLine({ request, response, failure }: RecordedExchange): string {
  const parts = printable(new URL(request.url).pathname).split("/");
  const path = parts.map((part) => shortened(part, 24)).join("/");
  const outcome = response?.status ?? failure?.kind ?? "no response";
  return `${shortened(printable(request.method), 12)} ${shortened(path, 90)} → ${outcome}`;
}

/** Renders where a finding was seen, with numbers from 1. @example "requests 4, 5, 6 and 9 more" */
export function seenIn({ exchanges }: Pick<Finding, "exchanges">): string {
  const numbers = exchanges.slice(0, 3).map((index) => index + 1);
  const rest = exchanges.length > numbers.length ? ` and ${exchanges.length - numbers.length} more` : "";
  if (numbers.length === 0) return "the whole run";
  return `request${exchanges.length === 1 ? "" : "s"} ${numbers.join(", ")}${rest}`;
}

/** Renders a finding's place in the body; empty if it is not about one place. @example "/result/size" */
export function pointerText({ pointer }: Pick<Finding, "pointer">): string {
  if (pointer === undefined) return "";
  return pointer === "" ? "the body" : shortened(printable(pointer), 80);
}

/** Renders a finding's line in the contract; empty if there is none. @example "spec/openapi.yaml:412" */
export function lineText({ line }: Pick<Finding, "line">): string {
  return line === undefined ? "" : `${SPEC_FILE}:${line}`;
}

/** Joins the texts that are not empty. @example listed("/size", "", "request 4"); // "/size, request 4" */
export function listed(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

/** Renders an expected or actual value on one line. */
export function valueText(text: string): string {
  return shortened(printable(text), 240);
}

/**
 * Renders what was judged, and by what. @example [["API v3", "unsupported from September 2027"], ["kit",
 * "hubspot-import-kit 0.1.0"]]
 */
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
function dayText(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  const name = MONTHS[(month ?? 1) - 1];
  return day === undefined ? `${name} ${year}` : `${day} ${name} ${year}`;
}

/** Without Intl: reports are the same in every locale and on every platform. */
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** @example count(2, "check"); // "2 checks" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Describes the versions of the API that a client called; undefined if there are none.
 *
 * @param placesOf renders the requests that were sent after a notice of a version's end
 * @example versionsText(client, () => "exchange 4"); // "v3 12 requests (supported until September 2027)"
 */
export function versionsText(
  { versions = [] }: Pick<ConductReport, "versions">,
  placesOf: (about: Pick<Finding, "exchanges">) => string,
): string | undefined {
  const words = versions.map(({ version, requests, supportedUntil, afterNotice }) => {
    const details = [
      ...(supportedUntil === undefined ? [] : [`supported until ${dayText(supportedUntil)}`]),
      ...(afterNotice.length === 0
        ? []
        : [`${afterNotice.length} after a notice of its end: ${placesOf({ exchanges: afterNotice })}`]),
    ];
    return `${printable(version)} ${count(requests, "request")}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
  });
  return words.length === 0 ? undefined : words.join(", ");
}

/** Whether clients called more than one version, or one whose end was announced to them. */
export function callsSeveral(clients: readonly Pick<ConductReport, "versions">[]): boolean {
  const called = clients.flatMap(({ versions = [] }) => versions);
  const isAnnounced = called.some(({ afterNotice }) => afterNotice.length > 0);
  return isAnnounced || new Set(called.map(({ version }) => version)).size > 1;
}
