import { html } from "hono/html";
import type { ClientConduct, Conduct } from "../../verify/journal/session-conduct.js";
import type { ConductCheck } from "../../verify/report.js";
import { pageText } from "../page/document.js";
import { prose } from "../page/prose.js";
import { count, listed, valueText } from "../words.js";
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

/** How clients behaved as one page: what failed first, each with the next step, then who was judged. */
export function renderConductHtml({ conduct, coverage }: ConductResults): string {
  const failures = conduct.clients.flatMap((client) => failedIn(client).map((check) => failure(client, check)));
  const body = html`${banner(conduct)}
<main>
${failures.length > 0 && html`<section><h2>What failed</h2>${failures}</section>`}
<section><h2>Clients</h2>${conduct.clients.length === 0 ? html`<p>None came.</p>` : clientTable(conduct)}</section>
${
  coverage &&
  html`<section><h2>Scenario coverage: ${coverage.percent} %</h2>${coverageParts(coverage).map(
    ({ name, met, all, missed }) =>
      html`<details><summary>${name}: ${met} of ${all}</summary><p>Never: ${missed.length === 0 ? "none" : missed.map((one) => html`<code>${one}</code> `)}</p></details>`,
  )}</section>`
}
</main>`;
  return pageText({ title: `Conduct: ${conclusion(conduct)}`, body });
}

/** The classes and signs of the page's look. */
const LOOKS = { pass: ["conforms", "✓"], fail: ["violates", "✕"], "not-exercised": ["unjudged", "?"] } as const;

function banner(conduct: Conduct) {
  const [look, sign] = LOOKS[conduct.result];
  return html`<header class="${look}">
<p class="target">The clients' conduct</p>
<h1><span aria-hidden="true">${sign}</span> ${conclusion(conduct)}</h1>
</header>`;
}

/** More of one rule's findings say little more; the JSON report has them all. */
const MAX_FINDINGS = 10;

function failure(client: ClientConduct, check: ConductCheck) {
  const tasksText = tasksIn(client, check);
  const rest = check.findings.length - MAX_FINDINGS;
  return html`<article class="failure">
<h3><code>${check.id}</code> ${clientText(client)}</h3>
<p>${prose(check.sentence)}</p>
${check.findings.slice(0, MAX_FINDINGS).map(
  (
    finding,
  ) => html`<div class="finding"><p class="where"><code>${listed(tasksText(finding), exchangesText(finding))}</code></p>
<div class="diff"><p class="expected"><span>expected</span> ${valueText(finding.expected)}</p>
<p class="came"><span>came</span> ${valueText(finding.actual)}</p></div></div>`,
)}
${rest > 0 && html`<p>And ${count(rest, "more finding")}; the JSON report has them all.</p>`}
<p class="next"><strong>Next:</strong> ${prose(check.next)}</p>
</article>`;
}

function clientTable({ clients }: Conduct) {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>client</th><th>result</th><th>rules</th></tr></thead>
<tbody>${clients.map(
    (client) =>
      html`<tr class="${client.result}"><td>${clientText(client)}</td><td class="result">${client.result}</td><td>${tallyText(client)}</td></tr>`,
  )}</tbody></table></div>`;
}
