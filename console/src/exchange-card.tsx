import type { Exchange } from "./api.js";
import { Body, Status } from "./parts.js";
import { clientOf } from "./state.js";
import { indented, lineOf, timeOfDay, visible } from "./words.js";

/** One request with its response, and the reason for it. */
export function ExchangeCard({ exchange, isOpen = false }: { exchange: Exchange; isOpen?: boolean }) {
  const { request, response, violations, reason } = exchange;
  return (
    <article class="exchange" aria-label={`Request ${exchange.id}`}>
      <h3>
        {request.method} <Status status={response?.status} /> {exchange.state}
      </h3>
      <p class="aside">
        {reason} · <time dateTime={exchange.at}>{timeOfDay(exchange.at, true)}</time> · {clientOf(exchange)}
      </p>
      {violations.length > 0 && <Violated exchange={exchange} />}
      <Body
        title="Request"
        text={`${request.method} ${request.url}\n${lines(request.headers)}\n\n${indented(request.body ?? "")}`}
      />
      {response && (
        <Body
          title="Response"
          text={`${response.status}\n${lines(response.headers)}\n\n${indented(response.body)}`}
          isOpen={isOpen}
        />
      )}
    </article>
  );
}

/** How the request breaks the contract, and the line of its body where each fault is. */
function Violated({ exchange: { request, violations } }: { exchange: Exchange }) {
  const text = indented(request.body ?? "");
  const marks = new Map(
    violations.map(({ pointer, message }) => [lineOf(pointer.replace(/^\/body/, ""), text), message]),
  );
  return (
    <div class="violated">
      {violations.map(({ pointer, message }) => (
        <p key={`${pointer} ${message}`} class="violation">
          <code>{pointer}</code> {message}
        </p>
      ))}
      {text !== "" && (
        <pre tabIndex={0}>
          {visible(text)
            .split("\n")
            .map((line, index) => (
              <span key={index} class={marks.has(index) ? "marked" : ""} title={marks.get(index)}>
                {line}
                {"\n"}
              </span>
            ))}
        </pre>
      )}
    </div>
  );
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
