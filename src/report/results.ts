import type { RecordedExchange } from "../exchange/exchange.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import { grouped } from "../grouped.js";
import type { CheckResult, Conclusion, ConductCheck, ConductReport, Report } from "../judge/report.js";
import type { Finding, RuleResult } from "../judge/rule.js";
import type { ClientConduct, Conduct } from "../judge/session-conduct.js";
import { printable, shortened } from "../text.js";
import { type Cause, causesOf } from "./causes.js";
import { type Material, type ReadyLine, readyLines } from "./ready-lines.js";
import type { Shown } from "./shown.js";
import {
  appText,
  CONCLUSIONS,
  callsSeveral,
  checksWithFindings,
  conclusionOf,
  count,
  listed,
  reachedNothing,
  type Surroundings,
  subject,
  tally,
  tallyText,
  verdictDetail,
  versionsText,
} from "./words.js";

/** The input of every report format: a server's recording or a mock's clients, judged. */
export interface Results {
  readonly conclusion: Conclusion;
  /** The subject of the report. @example "https://api.hubapi.com" */
  readonly about: string;
  readonly headline: string;
  /** The same with the conclusion, in a single line. */
  readonly title: string;
  /** The conclusion in sentences. */
  readonly verdict: readonly string[];
  /** Those that were judged: the server and, for an app's recording, the app before it; or each client. */
  readonly subjects: readonly Subject[];
  /** Absent if it was not requested, or if nothing was reached. */
  readonly coverage?: Coverage;
  /** The details of the contract check; absent if clients were judged. */
  readonly server?: Server;
  /** The clients' sessions for pages; empty if only verdicts are known. */
  readonly shown: readonly Shown[];
  /** The complete results, for programs. */
  readonly json: unknown;
}

export interface Server extends Material {
  readonly report: Report;
}

export interface ServerResults extends Results {
  readonly server: Server;
}

/** The server, the app or a client, with its checks. */
export interface Subject {
  readonly role: "server" | "app" | "client";
  /** Distinguishes clients; empty for server and app. */
  readonly name: string;
  readonly result: RuleResult | Conclusion;
  /** The number of checks by result, in words. */
  readonly tally: string;
  readonly checks: readonly CheckResult[];
  /** The versions of the API that it called, in words; absent if not requested. */
  readonly versions?: string;
  /** Whether it is unknown if it would ever stop polling. */
  readonly isUndecided?: boolean;
  /** The exchanges of a client's session, if they are shown. */
  readonly shown?: Shown | undefined;
  /** What the checks found, the most important first. */
  readonly failures: readonly Failure[];
}

/** A check that failed or drifted. */
export interface Failure extends Pick<Subject, "role"> {
  readonly check: CheckResult;
  /** The client's name, or the kind of check. */
  readonly label: string;
  /** The exchanges of the client's session, if they are shown. */
  readonly shown?: Shown | undefined;
  readonly causes: readonly Cause[];
  /** The commands to run next. */
  readonly commands: readonly ReadyLine[];
}

/** The share of the parts that were exercised. */
export interface Coverage {
  readonly title: string;
  readonly parts: readonly {
    readonly name: string;
    readonly share: string;
    readonly seen: readonly string[];
    readonly never: readonly string[];
  }[];
}

/** @example failuresOf(results).filter(({ role }) => role === "app"); // the rules that the app broke */
export function failuresOf({ subjects }: Results): readonly Failure[] {
  return subjects.flatMap(({ failures }) => failures);
}

/**
 * Returns the input of a report about a server's recording.
 *
 * @param exchanges the redacted exchanges of the report
 */
export function serverResults(
  report: Report,
  exchanges: readonly RecordedExchange[],
  surroundings: Surroundings,
): ServerResults {
  const server = { report, exchanges, surroundings };
  const about = subject(report);
  const conclusion = CONCLUSIONS[report.conclusion];
  const headline = report.conduct ? "What the app did" : conclusion;
  return {
    conclusion: conclusionOf(report),
    about,
    headline,
    title: report.conduct ? `${headline}; ${about} ${conclusion}` : `${about} ${conclusion}`,
    verdict: [appText(report), `${about} ${conclusion}: ${verdictDetail(report)}.`].filter((text) => text !== ""),
    subjects: [...(report.conduct ? [appSubject(report.conduct)] : []), serverSubject(server)],
    ...(!reachedNothing(report) && { coverage: contractCoverage(report) }),
    server,
    shown: [],
    json: report,
  };
}

function serverSubject({ report, ...material }: Server): Subject {
  const { checks, conclusion: result } = report;
  const failures = checksWithFindings(report).map((check): Failure => {
    const commands = readyLines([check], report, material);
    return { role: "server", label: check.severity, check, causes: causesOf(check), commands };
  });
  return { role: "server", name: "", result, tally: tallyText(report), checks, failures };
}

/** A rule for an app cannot be skipped or repeated. */
function appSubject(conduct: ConductReport): Subject {
  const { pass, fail, "not-exercised": unseen } = tally(conduct);
  const failures = failedIn(conduct).map((check): Failure => {
    return { role: "app", label: "conduct", check, causes: causesOf(check), commands: [] };
  });
  const words = `${pass} passed, ${fail} failed, ${unseen} not exercised`;
  return { role: "app", name: "", result: conduct.result, tally: words, checks: conduct.checks, failures };
}

function contractCoverage({ coverage }: Report): Coverage {
  const parts = Object.entries(coverage).map(([key, { seen, never }]) => ({
    name: key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    share: `${seen.length} of ${seen.length + never.length} seen`,
    seen,
    never,
  }));
  return { title: "Coverage of the contract", parts };
}

/** The conduct of a mock's clients; the JSON report has the same form. */
export interface ConductResults {
  readonly conduct: Conduct;
  /** Absent if not requested. */
  readonly coverage?: ScenarioCoverage;
}

interface ClientOptions {
  /** The subject of the report. Default: the clients' conduct. */
  readonly about?: string;
  /** Returns the exchanges of a client's session, for pages. Default: none are shown. */
  readonly shownOf?: (client: ClientConduct) => Shown | undefined;
}

/** Returns the input of a report about a mock's clients. */
export function clientResults(
  results: ConductResults,
  { about = "The clients' conduct", shownOf = () => undefined }: ClientOptions = {},
): Results {
  const { conduct, coverage } = results;
  const headline = conductConclusion(conduct);
  return {
    conclusion: ({ pass: "conforms", fail: "violates", "not-exercised": "unjudged" } as const)[conduct.result],
    about,
    headline,
    title: `Conduct: ${headline}`,
    verdict: [headline],
    subjects: conduct.clients.map((client) => clientSubject(client, shownOf(client))),
    shown: [...new Set(conduct.clients.flatMap((client) => shownOf(client) ?? []))],
    ...(coverage && { coverage: scenarioCoverage(coverage) }),
    json: results,
  };
}

/** Returns results for a terminal: without the version if all requests are of the same one. */
export function forTerminal(results: Results, { clients }: Conduct): Results {
  if (callsSeveral(clients)) return results;
  return { ...results, subjects: results.subjects.map(({ versions: _, ...subject }) => subject) };
}

function clientSubject(client: ClientConduct, shown: Shown | undefined): Subject {
  const { result, checks, forgotten } = client;
  const name = `${shortened(printable(client.client), 60)} (session ${printable(client.session)})`;
  const { pass, fail, "not-exercised": unseen } = tally(client);
  const undecided = isUndecided(client);
  const versions = versionsText(client, exchangesText);
  const words = [
    `${count(pass, "rule")} passed, ${fail} failed, ${unseen} not exercised`,
    ...(undecided ? [`still polling ${count(client.stillPolled.length, "task")}`] : []),
    ...(forgotten > 0 ? [`${count(forgotten, "older exchange")} ${forgotten === 1 ? "was" : "were"} evicted`] : []),
  ];
  const failures = failedIn(client).map((check): Failure => {
    return { role: "client", label: name, check, causes: causesIn(client, check), commands: [], shown };
  });
  return {
    role: "client",
    name,
    result,
    tally: words.join("; "),
    checks,
    ...(versions !== undefined && { versions }),
    failures,
    isUndecided: undecided,
    shown,
  };
}

function failedIn({ checks }: Pick<ConductReport, "checks">): readonly ConductCheck[] {
  return checks.filter(({ result }) => result === "fail");
}

/** Renders the conclusion. @example "2 rules were broken by 1 of 3 clients." */
function conductConclusion({ result, clients }: Conduct): string {
  if (result === "not-exercised") return "No client was judged, because no request exercised a rule.";
  const bad = clients.filter((client) => client.result === "fail");
  const rules = new Set(bad.flatMap(failedIn).map(({ id }) => id)).size;
  const undecided = clients.filter(isUndecided).length;
  if (bad.length === 0 && undecided > 0) {
    return `${count(clients.length, "client")} broke no rule, but it is unknown whether ${undecided} would ever stop polling.`;
  }
  if (bad.length === 0) return `${count(clients.length, "client")} broke no rule.`;
  return `${count(rules, "rule")} ${rules === 1 ? "was" : "were"} broken by ${bad.length} of ${count(clients.length, "client")}.`;
}

/** Whether a client was still polling a task that does not change, and gave up no other task: it may never stop. */
export function isUndecided({ stillPolled, checks }: Pick<ClientConduct, "stillPolled" | "checks">): boolean {
  const bound = checks.find(({ id }) => id === "bounded-polling");
  return stillPolled.length > 0 && bound?.result === "not-exercised";
}

/** Each finding becomes a separate cause, with the tasks and the journal's numbers that show it. */
function causesIn({ tasks }: ClientConduct, { id: checkId, findings }: ConductCheck): readonly Cause[] {
  const proofs = tasks.flatMap(({ id, checks }) => {
    const own = checks.find((one) => one.id === checkId && one.result === "fail");
    return (own?.exchanges ?? []).map((exchange) => ({ exchange, id }));
  });
  const byExchange = grouped(proofs, ({ exchange }) => exchange);
  return findings.map((finding) => {
    const about = finding.exchanges.flatMap((exchange) => (byExchange.get(exchange) ?? []).map(({ id }) => id));
    const seenIn = listed(tasksText([...new Set(about)]), exchangesText(finding));
    return { ...finding, came: [finding.actual], seenIn };
  });
}

function tasksText(ids: readonly string[]): string {
  if (ids.length === 0) return "";
  const shown = ids.slice(0, 2).map((id) => shortened(printable(id), 40));
  return `task${ids.length === 1 ? "" : "s"} ${shown.join(", ")}${restText(ids.length - shown.length)}`;
}

/** @example "exchanges 4, 5" */
function exchangesText({ exchanges }: Pick<Finding, "exchanges">): string {
  const shown = exchanges.slice(0, 5);
  return `exchange${exchanges.length === 1 ? "" : "s"} ${shown.join(", ")}${restText(exchanges.length - shown.length)}`;
}

function restText(rest: number): string {
  return rest > 0 ? ` and ${rest} more` : "";
}

function scenarioCoverage({ percent, scenarios, states, faults }: ScenarioCoverage): Coverage {
  const parts = Object.entries({ scenarios, states, faults })
    .map(([name, { met, missed }]) => {
      return { name, share: `${met.length} of ${met.length + missed.length}`, seen: met, never: missed };
    })
    .filter(({ seen, never }) => seen.length + never.length > 0);
  return { title: `Scenario coverage: ${percent} %`, parts };
}
