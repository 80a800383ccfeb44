import { html } from "hono/html";
import { stepText } from "../exchange/run-step.js";
import { isDeep } from "../judge/read-exchange.js";
import { printable, printableLines, shortened } from "../text.js";
import { type Cause, excerptLines, MAX_CAME } from "./causes.js";
import { prose } from "./page.js";
import type { ReadyLine } from "./ready-lines.js";
import type { Failure } from "./results.js";
import { offsetOf, type Proof, type Shown, type ShownExchange } from "./shown.js";
import { count, lineText, pointerText, requestLine, valueText } from "./words.js";

/** Renders commands to copy, each below its purpose. */
export function commandList(lines: readonly ReadyLine[]) {
  return lines.map(({ label, command }) => html`<p class="ready">${label}:</p><pre class="command">${command}</pre>`);
}

const MAX_CAUSES = 20;

/** The exchanges that are targets of links, with the prefix of their ids in the page. */
export interface Linked {
  readonly anchor: string;
  readonly exchanges: ReadonlyMap<number, ShownExchange>;
}

const NOTHING_SHOWN: Linked = { anchor: "", exchanges: new Map() };

/** @param anchor different for each part of a page, such as `request-` */
export function linkedIn({ exchanges }: Pick<Shown, "exchanges">, anchor: string): Linked {
  return { anchor, exchanges: new Map(exchanges.map((exchange) => [exchange.number, exchange])) };
}

/** Renders a check that failed or drifted, like a diff, with its next step and commands. */
export function failureCard({ role, check, label, causes, commands }: Failure, linked: Linked = NOTHING_SHOWN) {
  const { id, sentence, result, next } = check;
  const rest = causes.length - MAX_CAUSES;
  // Two clients may fail in the same check, but an id must be unique.
  const heading =
    role === "client"
      ? html`<h3><code>${id}</code> ${label}</h3>`
      : html`<h3 id="check-${id}"><code>${id}</code> <span class="badge">${label}</span></h3>`;
  return html`<article class="failure ${result === "fail" ? "violation" : "drift"}">
${heading}
<p>${prose(sentence)}</p>
${causes.slice(0, MAX_CAUSES).map((cause) => causeBlock(cause, offsetOf(role), linked))}
${rest > 0 && html`<p>And ${count(rest, "more cause")}; the JSON report has them all.</p>`}
<p class="next"><strong>Next:</strong> ${prose(next)}</p>
${
  commands.length > 0 &&
  html`<details class="lines"><summary>Commands to replay, repeat or skip this</summary>
${commandList(commands)}</details>`
}
</article>`;
}

function causeBlock(cause: Cause, offset: number, linked: Linked) {
  const contract = excerptLines(cause.line);
  const more = cause.came.length - MAX_CAME;
  return html`<div class="finding">
<p class="where">${[pointerText(cause), lineText(cause), ...(linked.exchanges.size === 0 ? [cause.seenIn] : [])].filter(Boolean).map((text) => html`<code>${text}</code> `)}</p>
${contract.length > 0 && html`<pre class="contract">${contract.join("\n")}</pre>`}
<div class="diff"><p class="expected"><span>expected</span> ${valueText(cause.expected)}</p>
${cause.came.slice(0, MAX_CAME).map((came) => html`<p class="came"><span>got</span> ${valueText(came)}</p>`)}</div>
${more > 0 && html`<p class="seen">and ${more} more</p>`}
${
  linked.exchanges.size > 0 &&
  seenAt(
    cause.exchanges.map((one) => one + offset),
    linked,
  )
}
</div>`;
}

/** Shows the first requests with their method and path, all others by number. */
function seenAt(numbers: readonly number[], linked: Linked) {
  const others = numbers.slice(2);
  return html`<p class="seen">${numbers.slice(0, 2).map((number) => {
    const exchange = linked.exchanges.get(number);
    return html`${link(number, linked, "request ")} ${exchange && html`<code>${requestLine(exchange)}</code>`}<br>`;
  })}
${others.length > 0 && html`and in ${numberLinks(others, linked)}`}</p>`;
}

/** Renders numbers of requests, each a link to its request. */
export function numberLinks(numbers: readonly number[], linked: Linked) {
  const rest = numbers.length - MAX_LINKS;
  return html`${numbers.slice(0, MAX_LINKS).map((number) => link(number, linked))}${rest > 0 && `and ${rest} more`}`;
}

const MAX_LINKS = 30;

/** An exchange that was evicted from its journal is not shown, so it gets no link. */
function link(number: number, { anchor, exchanges }: Linked, before = "") {
  return exchanges.has(number)
    ? html`<a href="#${anchor}${number}">${before}${number}</a> `
    : html`${before}${number} `;
}

/**
 * Renders every request, closed; a link to `#request-4` opens the fourth, since browsers open a `details` around their
 * target. A request that proves a failure names the check, since its status alone shows nothing: a 401 may be what was
 * requested.
 */
export function requestList({ exchanges }: Shown, proofs: ReadonlyMap<number, readonly Proof[]>, anchor: string) {
  const start = exchanges[0]?.startedAt ?? 0;
  return html`<ol class="requests">${exchanges.map((exchange) =>
    item(exchange, { anchor, start, proven: proofs.get(exchange.number) ?? [] }),
  )}</ol>`;
}

/** A longer body is too large for a page. */
const MAX_CHARACTERS = 20_000;

interface Row {
  readonly anchor: string;
  readonly start: number;
  /** The checks whose findings it proves. */
  readonly proven: readonly Proof[];
}

function item(exchange: ShownExchange, { anchor, start, proven }: Row) {
  const { number, task, curl, request, response, failure, startedAt, durationMs, step } = exchange;
  const checks = proven.map(({ check }) => check);
  return html`<li><details>
<summary><span class="number">${number}</span> <code class="${checks.some(({ result }) => result === "fail") ? "guilty" : checks.length > 0 ? "drifted" : "fine"}">${requestLine(exchange)}</code>
${checks.map(({ id, result }) => html`<span class="check ${result}">${result === "fail" ? "✕" : "~"} ${id}</span> `)}
<span class="aside">${task !== undefined && html`<code>${shortened(printable(task), 60)}</code> · `}${step && html`${stepText(step)} · `}at ${(startedAt - start) / 1000} s${durationMs >= 0 && ` · took ${durationMs} ms`}</span></summary>
<div id="${anchor}${number}" class="messages">
<h4>Request</h4>${message(`${request.method} ${request.url}`, request.headers, request.body)}
${curl !== undefined && html`<h4>As a curl command</h4>${curl.length > MAX_CHARACTERS ? html`<p>It is too long to be shown.</p>` : html`<pre class="command">${printable(curl)}</pre>`}`}
<h4>Response</h4>${response ? message(`${response.status}`, response.headers, response.body) : html`<p>None: ${printable(failure?.message ?? "no reason recorded")}</p>`}
${response?.flaw && html`<p>The body is ${FLAWS[response.flaw]}.</p>`}
</div></details></li>`;
}

const FLAWS = {
  incomplete: "incomplete",
  undecodable: "not in the coding that Content-Encoding names",
  "not-utf-8": "not UTF-8",
  "not-recorded": "not in the recording",
} as const;

function message(first: string, headers: Readonly<Record<string, string>>, body: string | undefined) {
  const lines = Object.entries(headers).map(([name, value]) => printable(`${name}: ${value}`));
  return html`<pre>${[printable(first), ...lines].join("\n")}${body ? `\n\n${bodyText(body)}` : ""}</pre>`;
}

function bodyText(body: string): string {
  const text = printableLines(indented(body));
  const rest = text.length - MAX_CHARACTERS;
  return rest > 0 ? `${shortened(text, MAX_CHARACTERS)}\n(${rest} characters omitted)` : text;
}

/**
 * Renders JSON over several lines. Unchanged if parsing would alter it: a long number would be rounded, a repeated key
 * removed.
 */
function indented(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    // In JSON with many levels, indentation would make the text too long.
    if (isDeep(json)) return body;
    const isSame = JSON.stringify(json).replace(/\s/g, "") === body.replace(/\s/g, "");
    return isSame ? JSON.stringify(json, null, 2) : body;
  } catch {
    // A response that is not JSON is shown unchanged.
    return body;
  }
}
