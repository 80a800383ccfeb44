import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { answerOf, api, BASE, type Exchange } from "./api.js";
import { ExchangeCard } from "./exchange-card.js";
import { Status } from "./parts.js";
import { go, route } from "./route.js";
import { change, inSession, requests } from "./state.js";
import { timeOfDay, visible } from "./words.js";

const operation = signal("");
const status = signal("");
const text = signal("");

function isShown(one: Exchange): boolean {
  if (operation.value !== "" && (one.operation ?? "none") !== operation.value) return false;
  if (status.value !== "" && !String(one.response?.status ?? "none").startsWith(status.value)) return false;
  return `${one.task ?? ""} ${one.request.url} ${one.state ?? ""} ${one.effect ?? ""} ${one.reason}`
    .toLowerCase()
    .includes(text.value.toLowerCase());
}

/** All requests of the session, the newest first. */
export function RequestsPage() {
  const [open, setOpen] = useState<number>();
  const shown = requests.value.filter(isShown).reverse();
  const at = `${BASE}/sessions/${route.value.session}`;
  return (
    <section class="page" aria-label="Requests">
      <h2 class="hidden">Requests</h2>
      <div class="filters">
        <input
          type="search"
          placeholder="Filter by task, url or reason"
          aria-label="Filter requests"
          value={text}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <select
          aria-label="Operation"
          value={operation}
          onChange={({ currentTarget }) => (operation.value = currentTarget.value)}
        >
          <option value="">all operations</option>
          {["importFromUrl", "checkImportStatus", "deleteFile", "none"].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <select
          aria-label="Status"
          value={status}
          onChange={({ currentTarget }) => (status.value = currentTarget.value)}
        >
          <option value="">all statuses</option>
          {["2", "4", "429", "5", "none"].map((one) => (
            <option key={one} value={one}>
              {one.length === 1 ? `${one}xx` : one}
            </option>
          ))}
        </select>
        <a class="button" href={`${at}/report.html`}>
          report
        </a>
        <a class="button" download="journal.har" href={`${at}/journal.har`}>
          HAR
        </a>
        <button
          type="button"
          onClick={() =>
            change(async () => {
              await answerOf(api.DELETE("/sessions/{session}/journal", inSession()));
              requests.value = [];
            })
          }
        >
          clear
        </button>
      </div>
      {shown.length === 0 && (
        <p class="empty">No requests{requests.value.length > 0 ? " that the filters let through" : " yet"}.</p>
      )}
      <ol class="requests">
        {shown.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class="line"
              aria-expanded={one.id === open}
              onClick={() => setOpen(one.id === open ? undefined : one.id)}
            >
              <span class="aside">{timeOfDay(one.at, true)}</span> <span>{one.request.method}</span>
              <Status status={one.response?.status} />
              <span>{one.state ?? ""}</span>
              <span>
                {one.task ?? visible(new URL(one.request.url).pathname)} <span class="effect">{one.effect ?? ""}</span>
              </span>
            </button>
            {one.id === open && (
              <>
                <ExchangeCard exchange={one} isOpen />
                {one.taskId !== undefined && (
                  <button type="button" onClick={() => go({ page: "tasks", task: one.taskId as string, at: "" })}>
                    open the task
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
      {shown.length > SHOWN && <p class="aside">{shown.length - SHOWN} older requests: filter, or export the HAR.</p>}
    </section>
  );
}

/** Rows in the document. */
const SHOWN = 300;
