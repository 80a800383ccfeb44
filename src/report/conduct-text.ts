import picocolors from "picocolors";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { ConductCheck } from "../judge/report.js";
import type { ClientConduct, Conduct } from "../judge/session-conduct.js";
import { wrapped } from "../text.js";
import {
  type ConductResults,
  clientText,
  conductConclusion,
  conductTallyText,
  coverageParts,
  exchangesText,
  failedIn,
  listed,
  tasksIn,
  valueText,
} from "./words.js";

/**
 * How clients behaved, for a terminal: what failed first, each with the next step, then who was judged, and what it comes
 * to in the last line. No line has more than 120 characters.
 *
 * @param reports what else tells it, such as files that were written
 * @example process.stdout.write(renderConductText({ conduct }, { colors: false }));
 */
export function renderConductText(
  { conduct, coverage }: ConductResults,
  { colors, reports = [] }: { readonly colors: boolean; readonly reports?: readonly string[] | undefined },
): string {
  const paint = picocolors.createColors(colors);
  const color = { pass: paint.green, fail: paint.red, "not-exercised": paint.yellow }[conduct.result];
  const sections = [
    ...conduct.clients.flatMap((client) => failedIn(client).map((check) => failure(client, check, paint))),
    [paint.bold("Clients"), ...clientLines(conduct)],
    coverage ? [paint.bold("Scenario coverage"), ...coverageLines(coverage)] : [],
    reports.length > 0 ? [paint.bold("Reports"), ...reports.flatMap((report) => wrapped(report, "  "))] : [],
    wrapped(conductConclusion(conduct), "").map(paint.bold).map(color),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** More of one rule's findings say little more; the JSON report has them all. */
const MAX_FINDINGS = 3;

type Paint = ReturnType<typeof picocolors.createColors>;

function failure(client: ClientConduct, check: ConductCheck, paint: Paint): readonly string[] {
  const rest = check.findings.length - MAX_FINDINGS;
  const tasksText = tasksIn(client, check);
  return [
    paint.red(`✗ ${paint.bold(check.id)} ${clientText(client)}`),
    ...wrapped(check.sentence, "  "),
    ...check.findings
      .slice(0, MAX_FINDINGS)
      .flatMap((finding) => [
        ...wrapped(listed(tasksText(finding), exchangesText(finding)), "  ").map(paint.cyan),
        ...wrapped(valueText(finding.expected), "    - ").map(paint.green),
        ...wrapped(valueText(finding.actual), "    + ").map(paint.red),
      ]),
    ...(rest > 0 ? [`  and ${rest} more of this rule`] : []),
    ...wrapped(check.next, "  Next: "),
  ];
}

/** Clients that met the same need a line each only where something failed. */
const MAX_CLIENTS = 20;

function clientLines({ clients }: Conduct): readonly string[] {
  if (clients.length === 0) return ["  none came"];
  const shown = clients.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_CLIENTS);
  const rest = clients.length - shown.length;
  return [
    ...shown.flatMap((client) => wrapped(`${clientText(client)}: ${conductTallyText(client)}${memory(client)}`, "  ")),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

function rank({ result }: ClientConduct): number {
  return ["fail", "pass", "not-exercised"].indexOf(result);
}

function memory({ forgotten }: ClientConduct): string {
  return forgotten > 0 ? `; ${forgotten} older exchanges are forgotten` : "";
}

/** Of a hundred scenarios that were never met, a few names do; the JSON report has them all. */
const MAX_MISSED = 5;

function coverageLines(coverage: ScenarioCoverage): readonly string[] {
  return [
    `  ${coverage.percent} % in all`,
    ...coverageParts(coverage).flatMap(({ name, met, all, missed }) => {
      const rest = missed.length - MAX_MISSED;
      const names = missed.slice(0, MAX_MISSED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
      const never = missed.length === 0 ? "" : `; never: ${names}`;
      return wrapped(`${met} of ${all}${never}`, `  ${name.padEnd(10)}`);
    }),
  ];
}
