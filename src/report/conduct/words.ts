import type { Finding } from "../../finding.js";
import { grouped } from "../../grouped.js";
import type { ScenarioCoverage } from "../../scenario-coverage.js";
import { shortened } from "../../shortened.js";
import type { ClientConduct, Conduct } from "../../verify/journal/session-conduct.js";
import type { ConductCheck } from "../../verify/report.js";
import { printable } from "../printable.js";
import { count } from "../words.js";

/** What a report of conduct is made of. */
export interface ConductResults {
  readonly conduct: Conduct;
  /** Left out where nobody asks. */
  readonly coverage?: ScenarioCoverage;
}

/** @example "node (session anna)" */
export function clientText({ client, session }: ClientConduct): string {
  return `${shortened(printable(client), 60)} (session ${printable(session)})`;
}

export function failedIn({ checks }: Pick<ClientConduct, "checks">): readonly ConductCheck[] {
  return checks.filter(({ result }) => result === "fail");
}

/** What it comes to. @example "2 rules were broken by 1 of 3 clients." */
export function conclusion({ result, clients }: Conduct): string {
  if (result === "not-exercised") return "No client was judged: nothing that came exercised a rule.";
  const bad = clients.filter((client) => client.result === "fail");
  const rules = new Set(bad.flatMap(failedIn).map(({ id }) => id)).size;
  const undecided = clients.filter(isUndecided).length;
  if (bad.length === 0 && undecided > 0) {
    return `${count(clients.length, "client")} broke no rule, but whether ${undecided} would ever stop polling, nobody saw.`;
  }
  if (bad.length === 0) return `${count(clients.length, "client")} broke no rule.`;
  return `${count(rules, "rule")} ${rules === 1 ? "was" : "were"} broken by ${bad.length} of ${count(clients.length, "client")}.`;
}

/** Whether a client was still polling what does not move, and gave up no other task: it may be one that never does. */
export function isUndecided({ stillPolled, checks }: Pick<ClientConduct, "stillPolled" | "checks">): boolean {
  const bound = checks.find(({ id }) => id === "bounded-polling");
  return stillPolled.length > 0 && bound?.result === "not-exercised";
}

/** @example "3 rules passed, 1 failed, 5 not exercised" */
export function tallyText(client: ClientConduct): string {
  const of = (wanted: ConductCheck["result"]) => client.checks.filter(({ result }) => result === wanted).length;
  const tally = `${count(of("pass"), "rule")} passed, ${of("fail")} failed, ${of("not-exercised")} not exercised`;
  return isUndecided(client) ? `${tally}; still polling ${count(client.stillPolled.length, "task")}` : tally;
}

/** Where a finding was seen: numbers of the session's journal. @example "exchanges 4, 5" */
export function exchangesText({ exchanges }: Pick<Finding, "exchanges">): string {
  const shown = exchanges.slice(0, 5).join(", ");
  const rest = exchanges.length - 5;
  return `exchange${exchanges.length === 1 ? "" : "s"} ${shown}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/**
 * Tells of each finding of a check which tasks it is about. @example tasksIn(client, check)(finding); // "task AAAAEqTIHz0"
 */
export function tasksIn({ tasks }: ClientConduct, check: ConductCheck): (finding: Finding) => string {
  const proofs = tasks.flatMap(({ id, checks }) => {
    const own = checks.find((one) => one.id === check.id && one.result === "fail");
    return (own?.exchanges ?? []).map((exchange) => ({ exchange, id }));
  });
  const byExchange = grouped(proofs, ({ exchange }) => exchange);
  return ({ exchanges }) => {
    const about = [...new Set(exchanges.flatMap((exchange) => (byExchange.get(exchange) ?? []).map(({ id }) => id)))];
    const ids = about.slice(0, 2).map((id) => shortened(printable(id), 40));
    if (ids.length === 0) return "";
    const rest = about.length - ids.length;
    return `task${about.length === 1 ? "" : "s"} ${ids.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  };
}

/** @example [["scenarios", "3 of 15", ["happy", …]]] */
export function coverageParts({ scenarios, states, faults }: ScenarioCoverage) {
  return Object.entries({ scenarios, states, faults })
    .map(([name, { met, missed }]) => ({ name, met: met.length, all: met.length + missed.length, missed }))
    .filter(({ all }) => all > 0);
}
