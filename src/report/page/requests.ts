import { html } from "hono/html";
import { grouped } from "../../grouped.js";
import { shortened } from "../../shortened.js";
import { isDeep } from "../../verify/read-exchange.js";
import type { RecordedExchange } from "../../verify/recording/recording.js";
import type { CheckResult, Report } from "../../verify/report.js";
import { printable, printableLines } from "../printable.js";
import { brokenRules, checksWithFindings, requestLine } from "../words.js";

/**
 * Every request, closed; a link to `#request-4` opens the fourth, since browsers open a `details` around their target.
 * One that proves a failure says which check's: its status alone says nothing, for a 401 may be what was asked for.
 */
export function requestList(report: Report, exchanges: readonly RecordedExchange[]) {
  const start = exchanges[0]?.startedAt ?? 0;
  const proofs = [...brokenRules(report), ...checksWithFindings(report)].flatMap((check) => {
    const indexes = new Set(check.findings.flatMap((finding) => finding.exchanges));
    return [...indexes].map((index) => ({ index, check }));
  });
  const byIndex = grouped(proofs, ({ index }) => index);
  return html`<ol class="requests">${exchanges.map((exchange, index) => {
    const proven = (byIndex.get(index) ?? []).map(({ check }) => check);
    return item(exchange, { number: index + 1, start, proven });
  })}</ol>`;
}

/** A body longer than this is for a file, not for a page. */
const MAX_CHARACTERS = 20_000;

interface Row {
  readonly number: number;
  readonly start: number;
  /** The checks whose findings it proves. */
  readonly proven: readonly CheckResult[];
}

function item(exchange: RecordedExchange, { number, start, proven }: Row) {
  const { request, response, failure, startedAt, durationMs, purpose } = exchange;
  return html`<li><details>
<summary><span class="number">${number}</span> <code class="${proven.some(({ result }) => result === "fail") ? "guilty" : proven.length > 0 ? "drifted" : "fine"}">${requestLine(exchange)}</code>
${proven.map(({ id, result }) => html`<span class="check ${result}">${result === "fail" ? "✕" : "~"} ${id}</span> `)}
<span class="aside">${purpose && html`${purpose} · `}at ${(startedAt - start) / 1000} s${durationMs >= 0 && ` · took ${durationMs} ms`}</span></summary>
<div id="request-${number}" class="messages">
<h4>Request</h4>${message(`${request.method} ${request.url}`, request.headers, request.body)}
<h4>Answer</h4>${response ? message(`${response.status}`, response.headers, response.body) : html`<p>None: ${printable(failure?.message ?? "no reason recorded")}</p>`}
${response?.flaw && html`<p>The body is ${FLAWS[response.flaw]}.</p>`}
</div></details></li>`;
}

const FLAWS = { incomplete: "incomplete", "not-utf-8": "not UTF-8", "not-recorded": "not in the recording" } as const;

function message(first: string, headers: Readonly<Record<string, string>>, body: string | undefined) {
  const lines = Object.entries(headers).map(([name, value]) => printable(`${name}: ${value}`));
  return html`<pre>${[printable(first), ...lines].join("\n")}${body ? `\n\n${bodyText(body)}` : ""}</pre>`;
}

function bodyText(body: string): string {
  const text = printableLines(indented(body));
  const rest = text.length - MAX_CHARACTERS;
  return rest > 0 ? `${shortened(text, MAX_CHARACTERS)}\n(${rest} characters left out)` : text;
}

/** JSON by lines. As it came where that would show something else: a long number rounded, a doubled key only once. */
function indented(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    // Indented, each level would stand in all the lines of those below it.
    if (isDeep(json)) return body;
    const isSame = JSON.stringify(json).replace(/\s/g, "") === body.replace(/\s/g, "");
    return isSame ? JSON.stringify(json, null, 2) : body;
  } catch {
    // Not JSON is an answer, too: it is shown as it is.
    return body;
  }
}
