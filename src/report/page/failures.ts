import { html } from "hono/html";
import type { RecordedExchange } from "../../verify/recording/recording.js";
import type { CheckResult, Report } from "../../verify/report.js";
import { type Cause, causesOf, MAX_CAME } from "../causes.js";
import { excerptLines } from "../excerpt.js";
import { type Material, type ReadyLine, readyLines } from "../ready-lines.js";
import { brokenRules, checksWithFindings, count, lineText, pointerText, requestLine, valueText } from "../words.js";
import { prose } from "./prose.js";

/** The checks that failed, or drifted, each like a diff with its next step and commands. */
export function failureList(report: Report, wanted: "fail" | "drift", setting: Material) {
  const checks = checksWithFindings(report).filter(({ result }) => result === wanted);
  return checks.map((check) =>
    failure(check, {
      kind: check.severity,
      lines: readyLines([check], report, setting),
      ...setting,
    }),
  );
}

/** The rules that an app broke, in the same way. None of them can be left out. */
export function ruleList(report: Report, setting: Material) {
  return brokenRules(report).map((check) => failure(check, { kind: "conduct", lines: [], ...setting }));
}

/** Commands that can be copied, each below what it is for. */
export function commandList(lines: readonly ReadyLine[]) {
  return lines.map(({ label, command }) => html`<p class="ready">${label}:</p><pre class="command">${command}</pre>`);
}

const MAX_CAUSES = 20;

interface Card extends Material {
  readonly kind: CheckResult["severity"] | "conduct";
  readonly lines: readonly ReadyLine[];
}

function failure(check: CheckResult, { exchanges, kind, lines }: Card) {
  const { id, sentence, result, next } = check;
  const causes = causesOf(check);
  const rest = causes.length - MAX_CAUSES;
  return html`<article class="failure ${result === "fail" ? "violation" : "drift"}">
<h3 id="check-${id}"><code>${id}</code> <span class="badge">${kind}</span></h3>
<p>${prose(sentence)}</p>
${causes.slice(0, MAX_CAUSES).map((cause) => causeBlock(cause, exchanges))}
${rest > 0 && html`<p>And ${count(rest, "more cause")}; the JSON report has them all.</p>`}
<p class="next"><strong>Next:</strong> ${prose(next)}</p>
${
  lines.length > 0 &&
  html`<details class="lines"><summary>Commands to replay it, to ask again, to leave it out</summary>
${commandList(lines)}</details>`
}
</article>`;
}

function causeBlock(cause: Cause, exchanges: readonly RecordedExchange[]) {
  const contract = excerptLines(cause.line);
  const more = cause.came.length - MAX_CAME;
  return html`<div class="finding">
<p class="where">${[pointerText(cause), lineText(cause)].filter(Boolean).map((text) => html`<code>${text}</code> `)}</p>
${contract.length > 0 && html`<pre class="contract">${contract.join("\n")}</pre>`}
<div class="diff"><p class="expected"><span>expected</span> ${valueText(cause.expected)}</p>
${cause.came.slice(0, MAX_CAME).map((came) => html`<p class="came"><span>came</span> ${valueText(came)}</p>`)}</div>
${more > 0 && html`<p class="seen">and ${more} more</p>`}
${seenAt(cause, exchanges)}
</div>`;
}

/** The first requests by what they were, all the others by number. */
function seenAt({ exchanges: indexes }: Cause, exchanges: readonly RecordedExchange[]) {
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
