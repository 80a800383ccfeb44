import type { ScenarioCoverage } from "../../scenario-coverage.js";
import type { ClientConduct } from "../../verify/journal/session-conduct.js";
import type { ConductCheck } from "../../verify/report.js";
import { code } from "../markdown.js";
import { listed, valueText } from "../words.js";
import {
  type ConductResults,
  clientText,
  conclusion,
  coverageParts,
  exchangesText,
  failedIn,
  tallyText,
  tasksIn,
} from "./words.js";

/** How clients behaved, for a pull request or a job's summary. What a client said of itself stands in code alone. */
export function renderConductMarkdown({ conduct, coverage }: ConductResults): string {
  const sign = { pass: "✅", fail: "❌", "not-exercised": "⚠️" }[conduct.result];
  const blocks = [
    `## ${sign} Conduct: ${conclusion(conduct)}`,
    ...conduct.clients.flatMap((client) => failedIn(client).map((check) => failure(client, check))),
    ...(conduct.clients.length === 0 ? [] : [clientTable(conduct.clients)]),
    ...(coverage ? [coverageBlock(coverage)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** More of one rule's findings say little more; the JSON report has them all. */
const MAX_FINDINGS = 10;

function failure(client: ClientConduct, check: ConductCheck): string {
  const tasksText = tasksIn(client, check);
  // Every line begins with a sign of ours, so that none can end the block.
  const shown = check.findings
    .slice(0, MAX_FINDINGS)
    .map(
      (finding) =>
        `@@ ${listed(tasksText(finding), exchangesText(finding))} @@\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`,
    );
  return `### \`${check.id}\` ${code(clientText(client))}\n\n${check.sentence}\n\n\`\`\`diff\n${shown.join("\n")}\n\`\`\`\n\nNext: ${check.next}`;
}

function clientTable(clients: readonly ClientConduct[]): string {
  const rows = clients.map(
    (client) => `| ${code(clientText(client)).replaceAll("|", "\\|")} | ${client.result} | ${tallyText(client)} |`,
  );
  return ["| client | result | rules |", "|---|---|---|", ...rows].join("\n");
}

function coverageBlock(coverage: ScenarioCoverage): string {
  const items = coverageParts(coverage).map(({ name, met, all, missed }) => {
    const never = missed.length === 0 ? "" : `; never: ${missed.map(code).join(", ")}`;
    return `- ${name}: ${met} of ${all}${never}`;
  });
  const summary = `<summary>Scenario coverage: ${coverage.percent} %</summary>`;
  return `<details>\n${summary}\n\n${items.join("\n")}\n\n</details>`;
}
