import { useMemo } from "preact/hooks";
import type { Exchange } from "./api.js";
import { Body, Status } from "./parts.js";
import { clientOf } from "./state.js";
import { indented, lineOf, timeOfDay, visible } from "./words.js";

/** One request with its response, and the reason for it. */
export function ExchangeCard({ exchange, isOpen = false }: { exchange: Exchange; isOpen?: boolean }) {
  const { request, response, violations, reason } = exchange;
  const [sent, received] = useMemo(
    () => [
      `${request.method} ${request.url}\n${lines(request.headers)}\n\n${indented(request.body ?? "")}`,
      response && `${response.status}\n${lines(response.headers)}\n\n${indented(response.body)}`,
    ],
    [exchange],
  );
  return (
    <article class="exchange" aria-label={`Request ${exchange.id}`}>
      <h3>
        {request.method} <Status status={response?.status} /> {exchange.state}
      </h3>
      <p class="aside">
        Request {exchange.id} · {visible(reason)} · <time dateTime={exchange.at}>{timeOfDay(exchange.at, true)}</time> ·{" "}
        {visible(clientOf(exchange))}
      </p>
      {violations.length > 0 && <Violated exchange={exchange} />}
      <Body title="Request" text={sent} />
      {received !== undefined && <Body title="Response" text={received} isOpen={isOpen} />}
    </article>
  );
}

/** How the request breaks the contract, and the line of its body where each fault is. */
function Violated({ exchange: { request, violations } }: { exchange: Exchange }) {
  const lines = useMemo(() => markedLines(request.body ?? "", violations), [request.body, violations]);
  return (
    <div class="violated">
      {violations.map(({ pointer, message }) => (
        <p key={`${pointer} ${message}`} class="violation">
          <code>{visible(pointer)}</code> {visible(message)}
        </p>
      ))}
      {request.body && (
        <pre tabIndex={0} aria-label="Body with its faults">
          {lines.map(({ line, text, mark }) => (
            <span key={line} class={mark === undefined ? "" : "marked"} title={mark}>
              {text}
              {"\n"}
            </span>
          ))}
        </pre>
      )}
    </div>
  );
}

/** So many lines and characters of a long body are shown; each line with a fault is. */
const LINES = 200;
const CHARACTERS = 2000;

function markedLines(body: string, violations: Exchange["violations"]) {
  const text = indented(body);
  const marks = new Map(
    violations.map(({ pointer, message }) => [lineOf(pointer.replace(/^\/body/, ""), text), message]),
  );
  return text.split("\n").flatMap((whole, line) => {
    const mark = marks.get(line);
    if (line > LINES && mark === undefined) return [];
    const isCut = whole.length > CHARACTERS || line === LINES;
    return [{ line, mark, text: `${visible(whole.slice(0, CHARACTERS))}${isCut ? " …" : ""}` }];
  });
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
