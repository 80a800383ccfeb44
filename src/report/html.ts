import { html, raw } from "hono/html";
import type { CheckResult, Report } from "../judge/report.js";
import { secondsText } from "../time.js";
import { pageText, prose, RECORDING } from "./page.js";
import { commandList, failureCard, linkedIn, requestList } from "./page-lists.js";
import { RED_PAGE, readyLines } from "./ready-lines.js";
import { type Coverage, type Failure, failuresOf, type Results, type Server, type Subject } from "./results.js";
import { proofsIn, type Shown, shownOf } from "./shown.js";
import { type TimelineMaterial, timeline } from "./timeline.js";
import {
  appText,
  CONCLUSIONS,
  count,
  failedChecks,
  originRows,
  reachedNothing,
  tally,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

/** Renders a report as one self-contained page, including its exchanges' bodies. */
export function renderHtml(results: Results): string {
  const { server, subjects, coverage, title, shown } = results;
  const parts = (server ? [shownOf(server)] : shown).map((one, index, all): Part => {
    const failures = failuresOf(results).filter((failure) => server || failure.shown === one);
    const anchor = all.length === 1 ? "request-" : `part-${index + 1}-request-`;
    return { shown: one, proofs: proofsIn(failures), linked: linkedIn(one, anchor) };
  });
  const cards = (isShown: (failure: Failure) => boolean) =>
    failuresOf(results)
      .filter(isShown)
      .map((failure) => failureCard(failure, parts.find((part) => server || failure.shown === part.shown)?.linked));
  const body = html`${banner(results)}
<main>
${section("Tasks", taskLists(parts))}
${section(
  "What the app did wrong",
  cards(({ role }) => role !== "server"),
)}
${section(
  "What failed",
  cards(({ role, check }) => role === "server" && check.result === "fail"),
)}
${section(
  "What drifted",
  cards(({ check }) => check.result === "drift"),
)}
${server ? serverSections(server) : clientSections(subjects)}
${coverage && section(coverage.title, coverageList(coverage))}
${section("Requests", requestLists(parts, subjects))}
${raw(RECORDING)}
</main>`;
  return pageText({ title, body });
}

/** Shown exchanges, with what was found in them. */
interface Part extends TimelineMaterial {
  readonly shown: Shown;
}

function taskLists(parts: readonly Part[]) {
  const filled = parts.filter(({ shown }) => shown.tasks.length > 0);
  const isApp = filled.some(({ proofs }) => [...proofs.values()].flat().some(({ isOfServer }) => !isOfServer));
  const lists = filled.map((part) => [heading(part), part.shown.tasks.map((task) => timeline(task, part))]);
  return lists.length === 0 ? [] : [lists, legend({ isGuilty: isApp })];
}

function requestLists(parts: readonly Part[], subjects: readonly Subject[]) {
  const filled = parts.filter(({ shown }) => shown.exchanges.length > 0);
  const left = subjects.filter(({ role, shown }) => role === "client" && !shown).length;
  return [
    ...filled.map(({ shown, proofs, linked }) => [heading({ shown }), requestList(shown, proofs, linked.anchor)]),
    filled.length > 0 &&
      left > 0 &&
      html`<p>This page has no room for the requests of ${count(left, "more client")}.</p>`,
  ].filter(Boolean);
}

function heading({ shown }: Pick<Part, "shown">) {
  return shown.title !== "" && html`<h3 class="part">${shown.title}</h3>`;
}

function clientSections(subjects: readonly Subject[]) {
  return html`${section("Clients", [subjects.length === 0 ? html`<p>No client sent a request.</p>` : clientTable(subjects)])}
${section(
  "Rules for the app",
  subjects.map((subject) => [subjects.length > 1 && html`<h3 class="part">${subject.name}</h3>`, checkTable(subject)]),
)}`;
}

function serverSections(server: Server) {
  const { report } = server;
  const { unjudged, leftBehind, mayBeLeft = [] } = report;
  const isEmpty = reachedNothing(report);
  return html`${section("Next steps", nowBlocks(server))}
${section(
  "Could not be judged",
  unjudged.map(
    ({ reason, message, next }) => html`<article class="failure unjudged">
<h3><code>${reason}</code></h3><p>${valueText(message)}</p><p class="next"><strong>Next:</strong> ${prose(next)}</p></article>`,
  ),
)}
${section("Leftover files", [
  ...leftBehind.map(
    ({ fileId, path, why }) =>
      html`<p><code>${valueText(path ?? "a file")}</code>, id <code>${valueText(fileId)}</code>: ${valueText(why)}</p>`,
  ),
  ...mayBeLeft.map(({ path, why }) => html`<p><code>${valueText(path)}</code> may be left: ${valueText(why)}</p>`),
])}
${section("Rules for the app", report.conduct ? [checkTable(report.conduct)] : [])}
${section("Checks", isEmpty ? [] : [report.conduct && factList(serverTiles(report)), checkTable(report)])}
${section("Open questions", isEmpty ? [] : [questionList(report)])}`;
}

/** Renders what to do after a failure; nothing without one. */
function nowBlocks({ report, ...material }: Server) {
  const failed = failedChecks(report);
  return [
    failed.length > 0 && commandList(readyLines(failed, report, material)),
    report.conclusion !== "conforms" &&
      html`<p>What each kind of failure means, and what to do: <code>${RED_PAGE}</code></p>`,
  ].filter(Boolean);
}

function banner(results: Results) {
  const { conclusion, about, headline, server } = results;
  return html`<header class="${conclusion}">
<p class="target">${about}</p>
<h1><span aria-hidden="true">${{ conforms: "✓", violates: "✕", unjudged: "?" }[conclusion]}</span> ${headline}</h1>
${server ? serverFacts(server) : factList(clientTiles(results))}
</header>`;
}

/** Renders a number with what it counts. */
type Fact = readonly [value: string | number, name: string];

function factList(facts: readonly Fact[]) {
  return html`<dl class="facts">${facts.map(([value, name]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function serverFacts({ report, surroundings }: Server) {
  const { conduct } = report;
  const facts: readonly Fact[] = [
    ...(conduct ? ruleTiles([conduct]) : reachedNothing(report) ? [] : serverTiles(report)),
    ...(conduct ? [[report.tasks.length, "tasks"] as const] : []),
    [report.requests, "requests"],
    [secondsText(report.durationMs), "duration"],
    ...(waitsText(report) === "" ? [] : [[waitsText(report), "asked to wait"] as const]),
  ];
  const detail = verdictDetail(report);
  return html`${conduct ? html`<p>${appText(report)} The server ${CONCLUSIONS[report.conclusion]}: ${detail}.</p>` : html`<p>${detail.charAt(0).toUpperCase()}${detail.slice(1)}.${failedLinks(report)}</p>`}
${factList(facts)}
<p class="aside">Checked ${report.isStrict && "strictly "}at <time>${report.startedAt.slice(0, 19).replace("T", " ")} UTC</time>${originRows(report, surroundings).map(originText)}</p>`;
}

function serverTiles(report: Report): readonly Fact[] {
  const { pass, fail, drift, "not-exercised": skipped } = tally(report);
  return [
    [pass, "checks passed"],
    [fail, "failed"],
    [drift, "drifted"],
    [skipped, "not exercised"],
  ];
}

/** A rule counts once, even if several clients broke it. */
function ruleTiles(judged: readonly Pick<Subject, "checks">[]): readonly Fact[] {
  const idsOf = (wanted: CheckResult["result"]) =>
    new Set(judged.flatMap(({ checks }) => checks.filter(({ result }) => result === wanted).map(({ id }) => id)));
  const [broken, passed, rest] = [idsOf("fail"), idsOf("pass"), idsOf("not-exercised")];
  const kept = [...passed].filter((id) => !broken.has(id));
  const unseen = [...rest].filter((id) => !broken.has(id) && !passed.has(id));
  return [
    [broken.size, "rules broken"],
    [kept.length, "kept"],
    [unseen.length, "not exercised"],
  ];
}

function clientTiles({ subjects, shown }: Results): readonly Fact[] {
  const sum = (numberOf: (one: Shown) => number) => shown.reduce((total, one) => total + numberOf(one), 0);
  return [
    ...(subjects.length === 0 ? [] : ruleTiles(subjects)),
    ...(subjects.length > 1 ? [[subjects.length, "clients"] as const] : []),
    ...(shown.length === 0
      ? []
      : ([
          [sum(({ tasks }) => tasks.length), "tasks"],
          [sum(({ exchanges }) => exchanges.length), "requests"],
        ] as const)),
  ];
}

/** The failed checks as links to their cards, since the pictures come before those. */
function failedLinks(report: Report) {
  const links = failedChecks(report).map(({ id }) => html` <a href="#check-${id}">${id}</a>`);
  return links.length > 0 && html` Failed:${links}`;
}

/** The run's address, which comes from a CI and not from a server, is the only link to another page. */
function originText([name, value]: readonly [string, string]) {
  const isAddress = name === "run" && /^https?:/.test(value);
  return html`, ${name} ${isAddress ? html`<a href="${value}">${value}</a>` : html`<code>${value}</code>`}`;
}

function legend({ isGuilty }: { readonly isGuilty: boolean }) {
  return html`<ul class="legend">${isGuilty && html`<li><span class="mark guilty">! 200</span> the poll broke a rule</li>`}
<li><span class="mark answer">200</span> a response</li>
<li><span class="mark wait">↻ 429</span> asked to wait, or an outage</li>
<li><span class="mark rejected">✕ 404</span> rejected</li>
<li><span class="mark silent">✕ no response</span> none arrived</li></ul>`;
}

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
<thead><tr><th>check</th><th>requirement</th><th>result</th><th>judged</th><th>based on</th></tr></thead>
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
<thead><tr><th>question</th><th>unpublished behaviour</th><th>observed</th><th>assumed</th></tr></thead>
<tbody>${questions.map(
    ({ id, question, observed = "", assumed }) =>
      html`<tr><td>${id}</td><td>${prose(question)}</td><td>${valueText(observed)}</td><td>${prose(assumed)}</td></tr>`,
  )}</tbody></table></div>`;
}

function coverageList({ parts }: Coverage) {
  return parts.map(
    ({ name, share, seen, never }) => html`<details><summary>${name}: ${share}
<meter max="${seen.length + never.length}" value="${seen.length}"></meter></summary>
<p>Seen: ${names(seen)}</p><p>Never: ${names(never)}</p></details>`,
  );
}

function names(list: readonly string[]) {
  return list.length === 0 ? "none" : list.map((name) => html`<code>${name}</code> `);
}

function clientTable(clients: readonly Subject[]) {
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th>client</th><th>result</th><th>rules</th><th>versions of the API</th></tr></thead>
<tbody>${clients.map(
    ({ name, result, tally, versions }) =>
      html`<tr class="${result}"><td>${name}</td><td class="result">${result}</td><td>${tally}</td><td>${versions}</td></tr>`,
  )}</tbody></table></div>`;
}
