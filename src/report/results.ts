import type { RecordedExchange } from "../exchange/exchange.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import { grouped } from "../grouped.js";
import type { CheckResult, Conclusion, ConductCheck, ConductReport, Report } from "../judge/report.js";
import type { Finding, RuleResult } from "../judge/rule.js";
import type { ClientConduct, Conduct } from "../judge/session-conduct.js";
import { printable, shortened } from "../text.js";
import { callsSeveral, versionsText } from "./called-versions.js";
import { type Cause, causesOf } from "./causes.js";
import { type Material, type ReadyLine, readyLines } from "./ready-lines.js";
import type { Shown } from "./shown.js";
import {
  appText,
  CONCLUSIONS,
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
} from "./words.js";

/** What every report format is rendered from: a server's recording or a mock's clients, judged. */
export interface Results {
  readonly conclusion: Conclusion;
  /** What was judged. @example "https://api.hubapi.com" */
  readonly about: string;
  readonly headline: string;
  /** Names both, where a line stands alone. */
  readonly title: string;
  /** What it comes to, in sentences. */
  readonly verdict: readonly string[];
  /** Who was judged: the server and, of an app's recording, the app before it; or each client. */
  readonly subjects: readonly Subject[];
  /** Absent where it was not asked for, and where nothing was reached. */
  readonly coverage?: Coverage;
  /** What the contract check knows beside it; absent where clients were judged. */
  readonly server?: Server;
  /** What pages show of the clients' sessions; empty where only verdicts are known. */
  readonly shown: readonly Shown[];
  /** All of it, for programs. */
  readonly json: unknown;
}

export interface Server extends Material {
  readonly report: Report;
}

export interface ServerResults extends Results {
  readonly server: Server;
}

/** One that was judged, with its checks. */
export interface Subject {
  readonly role: "server" | "app" | "client";
  /** Tells clients apart; empty for the others, of which there is one. */
  readonly name: string;
  readonly result: RuleResult | Conclusion;
  /** How many checks came to each result, in words. */
  readonly tally: string;
  readonly checks: readonly CheckResult[];
  /** The versions of the API that it called, in words; absent where nobody asks. */
  readonly versions?: string;
  /** Whether nobody saw if it would ever stop polling. */
  readonly isUndecided?: boolean;
  /** The exchanges of a client's session, where they are shown. */
  readonly shown?: Shown | undefined;
  /** What the checks found, in the order in which it matters. */
  readonly failures: readonly Failure[];
}

/** A check that failed or drifted. */
export interface Failure extends Pick<Subject, "role"> {
  readonly check: CheckResult;
  /** The client's name, or what kind of check it is. */
  readonly label: string;
  /** The exchanges of the client's session, where they are shown. */
  readonly shown?: Shown | undefined;
  readonly causes: readonly Cause[];
  /** What its reader runs next. */
  readonly commands: readonly ReadyLine[];
}

/** How much was exercised of what there is. */
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
 * A server's recording as what reports are rendered from.
 *
 * @param exchanges redacted: what the report is based on
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

/** No rule for an app can be left out, or asked for again. */
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

/** How a mock's clients behaved; the JSON report is this as it is. */
export interface ConductResults {
  readonly conduct: Conduct;
  /** Left out where nobody asks. */
  readonly coverage?: ScenarioCoverage;
}

interface ClientOptions {
  /** What was judged. Default: the clients' conduct. */
  readonly about?: string;
  /** The exchanges of a client's session, for pages. Default: none are shown. */
  readonly shownOf?: (client: ClientConduct) => Shown | undefined;
}

/** The clients of a mock as what reports are rendered from. */
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

/** Returns results for a terminal: where all requests are of one version, nobody asks for their number. */
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

/** What it comes to. @example "2 rules were broken by 1 of 3 clients." */
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

/** Whether a client was still polling what does not move, and gave up no other task: it may be one that never does. */
export function isUndecided({ stillPolled, checks }: Pick<ClientConduct, "stillPolled" | "checks">): boolean {
  const bound = checks.find(({ id }) => id === "bounded-polling");
  return stillPolled.length > 0 && bound?.result === "not-exercised";
}

/** Each finding is a cause of its own, with the tasks and the numbers in the session's journal that show it. */
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
