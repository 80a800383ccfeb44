import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { ApiError, answerOf, api, BASE, type Exchange } from "./api.js";
import { ExchangeCard } from "./exchange-card.js";
import { ConfirmButton, Status } from "./parts.js";
import { go, route } from "./route.js";
import { change, inSession, MAX_REQUESTS, requests, session } from "./state.js";
import { NoTasks } from "./task-list.js";
import { count, timeOfDay, visible } from "./words.js";

/** The filters of the control API, by its parameters; each offers what the session's requests have. */
const FILTERS: readonly {
  readonly name: "operation" | "method" | "status" | "state" | "scenario" | "version";
  readonly all: string;
  readonly of: (exchange: Exchange) => string | number | undefined;
}[] = [
  { name: "operation", all: "all operations", of: ({ operation }) => operation },
  { name: "method", all: "all methods", of: ({ request }) => request.method },
  { name: "status", all: "all statuses", of: ({ response }) => response?.status },
  { name: "state", all: "all states", of: ({ state }) => state },
  { name: "scenario", all: "all scenarios", of: ({ scenario }) => scenario?.name.split(";")[0] },
  { name: "version", all: "all versions", of: ({ version }) => version },
];

const chosen = signal<Readonly<Record<string, string>>>({});
const text = signal("");

/** So many requests are shown at first, and more each time a person asks. */
const PAGE = 100;

/** The requests that the mock finds, the newest first, and whether it has older ones. */
function useFound(limit: number) {
  const [found, setFound] = useState<{ exchanges: readonly Exchange[]; problem?: string }>();
  // The text is looked for in all that the journal has: the API has no such filter.
  const asked = Math.min(text.value === "" ? limit + 1 : MAX_REQUESTS, MAX_REQUESTS);
  const query = { ...chosen.value, limit: asked };
  const key = JSON.stringify([route.value.session, query]);
  const last = requests.value.at(-1)?.id;
  const [shownKey, setShownKey] = useState("");
  useEffect(() => {
    const load = async () => {
      const { params } = inSession();
      const call = api.GET("/sessions/{session}/journal", { params: { ...params, query: query as object } });
      const { exchanges } = await answerOf(call);
      setFound({ exchanges: exchanges.toReversed() });
    };
    const timer = setTimeout(
      () => {
        setShownKey(key);
        if (!session.value) return setFound({ exchanges: [] });
        load().catch((error) => {
          if (!(error instanceof ApiError)) throw error;
          setFound({ exchanges: [], problem: error.message });
        });
      },
      key === shownKey ? 300 : 0,
    );
    return () => clearTimeout(timer);
  }, [key, last, session.value?.name]);
  const wanted = text.value.toLowerCase();
  const shown = found?.exchanges.filter((one) => wanted === "" || wordsOf(one).toLowerCase().includes(wanted)) ?? [];
  return { isLoading: !found, problem: found?.problem, shown: shown.slice(0, limit), isMore: shown.length > limit };
}

function wordsOf({ task = "", request, state = "", effect = "", reason }: Exchange): string {
  return `${task} ${request.url} ${state} ${effect} ${reason}`;
}

/** All requests of the session, the newest first. */
export function RequestsPage() {
  const [open, setOpen] = useState<number>();
  const [limit, setLimit] = useState(PAGE);
  const { isLoading, problem, shown, isMore } = useFound(limit);
  const at = `${BASE}/sessions/${route.value.session}`;
  const isFiltered = text.value !== "" || Object.keys(chosen.value).length > 0;
  return (
    <section class="page wide" aria-label="Requests" aria-busy={isLoading}>
      <h2 class="hidden">Requests</h2>
      <div class="filters">
        <input
          type="search"
          placeholder="Filter by task, url or reason"
          aria-label="Filter requests"
          value={text}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        {FILTERS.map((filter) => (
          <Filter key={filter.name} filter={filter} />
        ))}
        <span class="actions">
          <a class="button" href={`${at}/report.html`}>
            Report
          </a>
          <a class="button" download="journal.har" href={`${at}/journal.har`}>
            HAR
          </a>
          <ConfirmButton
            label="Clear…"
            title="Clear the journal?"
            lost={`${count(requests.value.length, "request")} of the session ${route.value.session} will be gone, and with them what Conduct, the report and the HAR are made of. The tasks stay.`}
            action="Clear the journal"
            onConfirm={() => change(clear)}
          />
        </span>
      </div>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {!isLoading && !problem && shown.length === 0 && (isFiltered ? <NoneFound /> : <NoTasks />)}
      <ol class="requests">
        {shown.map((one) => (
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
                    Open the task
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
      {isMore && (
        <p class="actions">
          <button type="button" onClick={() => setLimit(limit + PAGE)}>
            Show older requests
          </button>
        </p>
      )}
    </section>
  );
}

async function clear(): Promise<void> {
  await answerOf(api.DELETE("/sessions/{session}/journal", inSession()));
  requests.value = [];
}

function Filter({ filter: { name, all, of } }: { filter: (typeof FILTERS)[number] }) {
  const value = chosen.value[name] ?? "";
  const seen = requests.value.flatMap((one) => of(one) ?? []).map(String);
  const values = [...new Set([...seen, ...(value === "" ? [] : [value])])].sort();
  if (values.length < 2 && value === "") return null;
  return (
    <select
      aria-label={`Filter by ${name}`}
      value={value}
      onChange={({ currentTarget }) => {
        const { [name]: _, ...others } = chosen.value;
        chosen.value = { ...others, ...(currentTarget.value !== "" && { [name]: currentTarget.value }) };
      }}
    >
      <option value="">{all}</option>
      {values.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
}

function NoneFound() {
  return (
    <p class="empty">
      No requests that the filters let through.{" "}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          text.value = "";
          chosen.value = {};
        }}
      >
        Show all
      </button>
    </p>
  );
}
