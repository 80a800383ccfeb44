import { html } from "hono/html";
import type { RecordedExchange } from "../verify/recording/recording.js";
import type { CheckResult, Report } from "../verify/report.js";
import { pageText } from "./page/document.js";
import { failureList } from "./page/failures.js";
import { prose } from "./page/prose.js";
import { requestList } from "./page/requests.js";
import { timeline } from "./page/timeline.js";
import { CONCLUSIONS, seconds, subject, tally, valueText, verdictDetail, waitsText } from "./words.js";

/**
 * A report as one page that needs nothing but itself.
 *
 * @param exchanges redacted: their bodies stand in the page
 */
export function renderHtml(report: Report, exchanges: readonly RecordedExchange[]): string {
  const { tasks, questions, unjudged, leftBehind, mayBeLeft = [], conclusion } = report;
  const observed = questions.filter((question) => question.observed !== undefined);
  const body = html`${banner(report)}
<main>
${section("What failed", failureList(report, exchanges))}
${section(
  "Could not be judged",
  unjudged.map(
    ({ reason, message, next }) => html`<article class="failure unjudged">
<h3><code>${reason}</code></h3><p>${valueText(message)}</p><p class="next"><strong>Next:</strong> ${prose(next)}</p></article>`,
  ),
)}
${section("Files left behind", [
  ...leftBehind.map(
    ({ fileId, path, why }) =>
      html`<p><code>${valueText(path ?? "a file")}</code>, id <code>${valueText(fileId)}</code>: ${valueText(why)}</p>`,
  ),
  ...mayBeLeft.map(({ path, why }) => html`<p><code>${valueText(path)}</code> may be left: ${valueText(why)}</p>`),
])}
${section("Tasks", tasks.length === 0 ? [] : [tasks.map((task) => timeline(task, report)), LEGEND])}
${section("Checks", [checkTable(report)])}
${section("Open questions", [
  observed.length > 0 && questionTable(observed),
  html`<p class="aside">Nothing in this run bears on the other ${questions.length - observed.length}.</p>`,
])}
${section("Coverage of the contract", coverageList(report))}
${section("Requests", exchanges.length === 0 ? [] : [requestList(exchanges)])}
</main>`;
  return pageText({ title: `${subject(report)} ${CONCLUSIONS[conclusion]}`, body });
}

function banner(report: Report) {
  const { pass, fail, "not-exercised": skipped } = tally(report);
  const facts: readonly (readonly [string | number, string])[] = [
    [pass, "checks passed"],
    [fail, "failed"],
    [skipped, "not exercised"],
    [report.requests, "requests"],
    [seconds(report.durationMs), "duration"],
    ...(waitsText(report) === "" ? [] : [[waitsText(report), "asked to wait"] as const]),
  ];
  const detail = verdictDetail(report);
  return html`<header class="${report.conclusion}">
<p class="target">${subject(report)}</p>
<h1><span aria-hidden="true">${{ conforms: "✓", violates: "✕", unjudged: "?" }[report.conclusion]}</span> ${CONCLUSIONS[report.conclusion]}</h1>
<p>${detail.charAt(0).toUpperCase()}${detail.slice(1)}.</p>
<dl>${facts.map(([value, name]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="aside">Checked by hubspot-import-kit ${report.isStrict && "strictly "}at <time>${report.startedAt.slice(0, 19).replace("T", " ")} UTC</time></p>
</header>`;
}

const LEGEND = html`<ul class="legend"><li><span class="mark answer">200</span> an answer</li>
<li><span class="mark wait">↻ 429</span> asked to wait, or an outage</li>
<li><span class="mark refused">✕ 404</span> refused</li>
<li><span class="mark silent">✕ no answer</span> none came</li></ul>`;

function section(title: string, content: readonly unknown[]) {
  return content.length > 0 && html`<section><h2>${title}</h2>${content}</section>`;
}

const RESULTS: Readonly<Record<CheckResult["result"], string>> = {
  pass: "✓ passed",
  fail: "✕ failed",
  "not-exercised": "– not exercised",
};

function checkTable({ checks }: Report) {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>check</th><th>what has to hold</th><th>result</th><th>judged</th><th>rests on</th></tr></thead>
<tbody>${checks.map(
    ({ id, sentence, severity, result, judged, evidence }) => html`<tr class="${result} ${severity}">
<td><code>${id}</code></td><td>${sentence}</td><td class="result">${RESULTS[result]}</td><td>${judged}</td><td class="word">${evidence}</td></tr>`,
  )}</tbody></table></div>`;
}

function questionTable(questions: Report["questions"]) {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>question</th><th>what nobody has published</th><th>observed</th><th>assumed</th></tr></thead>
<tbody>${questions.map(
    ({ id, question, observed = "", assumed }) =>
      html`<tr><td>${id}</td><td>${prose(question)}</td><td>${valueText(observed)}</td><td>${prose(assumed)}</td></tr>`,
  )}</tbody></table></div>`;
}

function coverageList({ coverage }: Report) {
  return Object.entries(coverage).map(([name, { seen, never }]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return html`<details><summary>${words}: ${seen.length} of ${seen.length + never.length} seen
<meter max="${seen.length + never.length}" value="${seen.length}"></meter></summary>
<p>Seen: ${names(seen)}</p><p>Never: ${names(never)}</p></details>`;
  });
}

function names(list: readonly string[]) {
  return list.length === 0 ? "none" : list.map((name) => html`<code>${name}</code> `);
}
