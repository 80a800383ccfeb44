import { html } from "hono/html";
import type { Finding } from "../../finding.js";
import type { RecordedExchange } from "../../verify/recording/recording.js";
import type { CheckResult, Report } from "../../verify/report.js";
import { count, failedChecks, isBreaking, lineText, pointerText, requestLine, valueText } from "../words.js";
import { prose } from "./prose.js";

/** What failed, each check like a diff with its next step: violations, then drift. */
export function failureList(report: Report, exchanges: readonly RecordedExchange[]) {
  return failedChecks(report).map((check) => failure(check, { report, exchanges }));
}

const MAX_FINDINGS = 20;

interface Setting {
  readonly report: Report;
  readonly exchanges: readonly RecordedExchange[];
}

function failure(check: CheckResult, { report, exchanges }: Setting) {
  const { id, severity, sentence, findings, next } = check;
  const rest = findings.length - MAX_FINDINGS;
  return html`<article class="failure ${isBreaking(check, report) ? "violation" : "drift"}">
<h3><code>${id}</code> <span class="badge">${severity}</span></h3>
<p>${prose(sentence)}</p>
${findings.slice(0, MAX_FINDINGS).map((finding) => findingBlock(finding, exchanges))}
${rest > 0 && html`<p>And ${count(rest, "more finding")}; the JSON report has them all.</p>`}
<p class="next"><strong>Next:</strong> ${prose(next)}</p>
</article>`;
}

function findingBlock(finding: Finding, exchanges: readonly RecordedExchange[]) {
  return html`<div class="finding">
<p class="where">${[pointerText(finding), lineText(finding)].filter(Boolean).map((text) => html`<code>${text}</code> `)}</p>
<div class="diff"><p class="expected"><span>expected</span> ${valueText(finding.expected)}</p>
<p class="came"><span>came</span> ${valueText(finding.actual)}</p></div>
${seenAt(finding, exchanges)}
</div>`;
}

/** The first requests by what they were, all the others by number. */
function seenAt({ exchanges: indexes }: Finding, exchanges: readonly RecordedExchange[]) {
  const others = indexes.slice(2);
  const rest = others.length - MAX_LINKS;
  return html`<p class="seen">${indexes.slice(0, 2).map((index) => {
    const exchange = exchanges[index];
    return html`${link(index, `request ${index + 1}`)} ${exchange && html`<code>${requestLine(exchange)}</code>`}<br>`;
  })}
${others.length > 0 && "and in "}${others.slice(0, MAX_LINKS).map((index) => link(index, `${index + 1}`))}
${rest > 0 && `and ${rest} more`}</p>`;
}

const MAX_LINKS = 30;

function link(index: number, text: string) {
  return html`<a href="#request-${index + 1}">${text}</a> `;
}
