import { html } from "hono/html";
import type { RecordedExchange } from "../exchange/exchange.js";
import type { CheckResult, ConductCheck, Report } from "../judge/report.js";
import type { ClientConduct, Conduct } from "../judge/session-conduct.js";
import { pageText, prose } from "./page.js";
import { commandList, failureList, requestList, ruleList } from "./page-lists.js";
import { RED_PAGE, readyLines } from "./ready-lines.js";
import { timeline } from "./timeline.js";
import {
  appText,
  CONCLUSIONS,
  type ConductResults,
  clientText,
  conclusionOf,
  conductConclusion,
  conductTallyText,
  count,
  coverageParts,
  exchangesText,
  failedChecks,
  failedIn,
  listed,
  originRows,
  reachedNothing,
  type Surroundings,
  seconds,
  subject,
  tally,
  tasksIn,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

/**
 * A report as one page that needs nothing but itself.
 *
 * @param exchanges redacted: their bodies stand in the page
 */
export function renderHtml(report: Report, exchanges: readonly RecordedExchange[], surroundings: Surroundings): string {
  const { tasks, unjudged, leftBehind, mayBeLeft = [], conclusion } = report;
  const isEmpty = reachedNothing(report);
  const body = html`${banner(report, surroundings)}
<main>
${section("Tasks", tasks.length === 0 ? [] : [tasks.map((task) => timeline(task, report)), LEGEND])}
${section("What the app did wrong", ruleList(report, { exchanges, surroundings }))}
${section("What failed", failureList(report, "fail", { exchanges, surroundings }))}
${section("What drifted", failureList(report, "drift", { exchanges, surroundings }))}
${section("What now", nowBlocks(report, exchanges, surroundings))}
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
${section("Rules for the app", report.conduct ? [checkTable(report.conduct)] : [])}
${section("Checks", isEmpty ? [] : [checkTable(report)])}
${section("Open questions", isEmpty ? [] : [questionList(report)])}
${section("Coverage of the contract", isEmpty ? [] : coverageList(report))}
${section("Requests", exchanges.length === 0 ? [] : [requestList(report, exchanges)])}
</main>`;
  const server = `${subject(report)} ${CONCLUSIONS[conclusion]}`;
  return pageText({ title: report.conduct ? `What the app did; ${server}` : server, body });
}

/** What a red page's reader does next; nothing where nothing failed. */
function nowBlocks(report: Report, exchanges: readonly RecordedExchange[], surroundings: Surroundings) {
  const failed = failedChecks(report);
  return [
    failed.length > 0 && commandList(readyLines(failed, report, { exchanges, surroundings })),
    report.conclusion !== "conforms" &&
      html`<p>What each kind of failure means, and what to do: <code>${RED_PAGE}</code></p>`,
  ].filter(Boolean);
}

function banner(report: Report, surroundings: Surroundings) {
  const { pass, fail, drift, "not-exercised": skipped } = tally(report);
  const facts: readonly (readonly [string | number, string])[] = [
    ...(reachedNothing(report)
      ? []
      : ([
          [pass, "checks passed"],
          [fail, "failed"],
          [drift, "drifted"],
          [skipped, "not exercised"],
        ] as const)),
    [report.requests, "requests"],
    [seconds(report.durationMs), "duration"],
    ...(waitsText(report) === "" ? [] : [[waitsText(report), "asked to wait"] as const]),
  ];
  const detail = verdictDetail(report);
  const conclusion = CONCLUSIONS[report.conclusion];
  const result = conclusionOf(report);
  return html`<header class="${result}">
<p class="target">${subject(report)}</p>
<h1><span aria-hidden="true">${{ conforms: "✓", violates: "✕", unjudged: "?" }[result]}</span> ${report.conduct ? "What the app did" : conclusion}</h1>
${report.conduct ? html`<p>${appText(report)} The server ${conclusion}: ${detail}.</p>` : html`<p>${detail.charAt(0).toUpperCase()}${detail.slice(1)}.${failedLinks(report)}</p>`}
<dl>${facts.map(([value, name]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="aside">Checked ${report.isStrict && "strictly "}at <time>${report.startedAt.slice(0, 19).replace("T", " ")} UTC</time>${originRows(surroundings).map(originText)}</p>
</header>`;
}

/** The failed checks, each a link to its card: the pictures stand between. */
function failedLinks(report: Report) {
  const links = failedChecks(report).map(({ id }) => html` <a href="#check-${id}">${id}</a>`);
  return links.length > 0 && html` Failed:${links}`;
}

/** The run's address is the one link that leaves the page: a CI's, not a server's. */
function originText([name, value]: readonly [string, string]) {
  const isAddress = name === "run" && /^https?:/.test(value);
  return html`, ${name} ${isAddress ? html`<a href="${value}">${value}</a>` : html`<code>${value}</code>`}`;
}

const LEGEND = html`<ul class="legend"><li><span class="mark answer">200</span> a response</li>
<li><span class="mark wait">↻ 429</span> asked to wait, or an outage</li>
<li><span class="mark rejected">✕ 404</span> rejected</li>
<li><span class="mark silent">✕ no answer</span> none came</li></ul>`;

function section(title: string, content: readonly unknown[]) {
  return content.length > 0 && html`<section><h2>${title}</h2>${content}</section>`;
}

const RESULTS: Readonly<Record<CheckResult["result"], string>> = {
  pass: "✓ passed",
  fail: "✕ failed",
  drift: "~ drifted",
  "not-exercised": "– not exercised",
};

function checkTable({ checks, skipped = [] }: Pick<Report, "checks" | "skipped">) {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>check</th><th>what has to hold</th><th>result</th><th>judged</th><th>rests on</th></tr></thead>
<tbody>${checks.map(
    ({ id, sentence, severity, result, judged, evidence }) => html`<tr class="${result} ${severity}">
<td><code>${id}</code></td><td>${sentence}</td><td class="result">${RESULTS[result]}</td><td>${judged}</td><td class="word">${evidence}</td></tr>`,
  )}${skipped.map(
    ({ id, sentence }) => html`<tr class="not-exercised">
<td><code>${id}</code></td><td>${sentence}</td><td class="result">– skipped</td><td></td><td></td></tr>`,
  )}</tbody></table></div>`;
}

function questionList({ questions }: Report) {
  const observed = questions.filter((question) => question.observed !== undefined);
  return html`<details><summary>Observed: ${observed.length} of ${questions.length}</summary>
${observed.length > 0 && questionTable(observed)}</details>`;
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

/** How clients behaved as one page: what failed first, each with the next step, then who was judged. */
export function renderConductHtml({ conduct, coverage }: ConductResults): string {
  const failures = conduct.clients.flatMap((client) => failedIn(client).map((check) => failure(client, check)));
  const body = html`${conductBanner(conduct)}
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
  return pageText({ title: `Conduct: ${conductConclusion(conduct)}`, body });
}

/** The classes and signs of the page's look. */
const LOOKS = { pass: ["conforms", "✓"], fail: ["violates", "✕"], "not-exercised": ["unjudged", "?"] } as const;

function conductBanner(conduct: Conduct) {
  const [look, sign] = LOOKS[conduct.result];
  return html`<header class="${look}">
<p class="target">The clients' conduct</p>
<h1><span aria-hidden="true">${sign}</span> ${conductConclusion(conduct)}</h1>
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
      html`<tr class="${client.result}"><td>${clientText(client)}</td><td class="result">${client.result}</td><td>${conductTallyText(client)}</td></tr>`,
  )}</tbody></table></div>`;
}
