import { html } from "hono/html";
import { shortened } from "../../shortened.js";
import { isDeep } from "../../verify/read-exchange.js";
import type { RecordedExchange } from "../../verify/recording/recording.js";
import { printable, printableLines } from "../printable.js";
import { requestLine } from "../words.js";

/**
 * Every request, closed; a link to `#request-4` opens the fourth, since browsers open a `details` around their target.
 */
export function requestList(exchanges: readonly RecordedExchange[]) {
  const start = exchanges[0]?.startedAt ?? 0;
  return html`<ol class="requests">${exchanges.map((exchange, index) => item(exchange, index + 1, start))}</ol>`;
}

/** A body longer than this is for a file, not for a page. */
const MAX_CHARACTERS = 20_000;

function item(exchange: RecordedExchange, number: number, start: number) {
  const { request, response, failure, startedAt, durationMs, purpose } = exchange;
  return html`<li><details>
<summary><span class="number">${number}</span> <code class="${outcomeClass(exchange)}">${requestLine(exchange)}</code>
<span class="aside">${purpose && html`${purpose} · `}at ${(startedAt - start) / 1000} s${durationMs >= 0 && ` · took ${durationMs} ms`}</span></summary>
<div id="request-${number}" class="messages">
<h4>Request</h4>${message(`${request.method} ${request.url}`, request.headers, request.body)}
<h4>Answer</h4>${response ? message(`${response.status}`, response.headers, response.body) : html`<p>None: ${printable(failure?.message ?? "no reason recorded")}</p>`}
${response?.flaw && html`<p>The body is ${FLAWS[response.flaw]}.</p>`}
</div></details></li>`;
}

const FLAWS = { incomplete: "incomplete", "not-utf-8": "not UTF-8", "not-recorded": "not in the recording" } as const;

function outcomeClass({ response }: RecordedExchange): string {
  return response && response.status < 400 ? "fine" : "trouble";
}

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
