import { batch, computed, effect, untracked } from "@preact/signals";
import { announce, throttled } from "./announce.js";
import { answerOf, api, BASE, type Exchange, type TaskSummary } from "./api.js";
import { route } from "./route.js";
import {
  attempt,
  connection,
  failure,
  isListed,
  listAsRead,
  loadAll,
  loadFirst,
  loadList,
  loadScenarios,
  loadSessions,
  loadTask,
  loadTasks,
  MAX_REQUESTS,
  ofTask,
  readSoon,
  requests,
  scenarios,
  session,
  tasks,
} from "./state.js";

/**
 * Loads the session that the address names, now and whenever the address changes, and the task that it names.
 *
 * @returns fulfilled when there is something to show
 */
export function start(): Promise<void> | undefined {
  let first: Promise<void> | undefined;
  const name = computed(() => route.value.session);
  const id = computed(() => route.value.task);
  effect(() => {
    name.value;
    batch(() => {
      isListed.value = false;
      tasks.value = [];
      requests.value = [];
    });
    const loading = untracked(loadFirst);
    first ??= loading;
  });
  // The first one is loaded with all else.
  let loaded = id.peek();
  effect(() => {
    if (id.value === loaded) return;
    loaded = id.value;
    void attempt(loadTask);
  });
  return first;
}

/** Loads what is not in the page's first frame, and follows the events of the session that the address names. */
export function follow(): void {
  if (scenarios.value.length === 0) void attempt(loadScenarios);
  const name = computed(() => route.value.session);
  effect(() => followSession(name.value));
}

const refreshAll = throttled(
  () =>
    attempt(async () => {
      await loadSessions();
      await loadList();
    }),
  500,
);
const refreshTask = throttled(
  () =>
    attempt(async () => {
      if (!session.value) await loadSessions();
      await loadTask();
    }),
  200,
);

/** Other tasks that requests were about, to be read again: the list may have been read between a request and its event. */
const stale = new Set<string>();
const readStale = throttled(
  () =>
    attempt(async () => {
      const ids = [...stale];
      stale.clear();
      if (!session.value) await loadSessions();
      const known = new Set(tasks.value.map(({ id }) => id));
      // For many at once, the counts from their events are enough.
      if (ids.length > 10) return ids.every((id) => known.has(id)) ? undefined : loadTasks();
      const read = await Promise.all(
        ids.map((id) => answerOf(api.GET("/sessions/{session}/tasks/{task}", ofTask(id)))),
      );
      listAsRead(read);
    }),
  500,
);

/** A task as a poll left it: a list of ten thousand is not read again for each. */
function polledOnce(one: TaskSummary, { operation, state }: Exchange): TaskSummary {
  const polls = one.polls + (operation === "checkImportStatus" ? 1 : 0);
  const shown = one.timeline?.findIndex((stage) => stage.state === state) ?? -1;
  const timeline = one.timeline?.map((stage, index) => (index <= shown ? { ...stage, isReached: true } : stage));
  return { ...one, polls, ...(timeline && { timeline }) };
}

const arrived: Exchange[] = [];

/** Shows what has arrived: of many requests at once, a list of ten thousand tasks is made anew once. */
const showArrived = throttled(() => {
  const known = new Set(requests.value.map(({ id }) => id));
  const fresh = arrived.splice(0).filter((one) => one.session === route.value.session && !known.has(one.id));
  const last = fresh.at(-1);
  if (!last) return;
  announce(`${last.task ?? last.request.method}: ${last.state ?? last.response?.status ?? "no response"}`);
  const byTask = new Map<string, Exchange[]>();
  for (const one of fresh) {
    if (one.taskId !== undefined) byTask.set(one.taskId, [...(byTask.get(one.taskId) ?? []), one]);
  }
  batch(() => {
    requests.value = [...requests.value, ...fresh].slice(-MAX_REQUESTS);
    tasks.value = tasks.value.map((one) => {
      const own = byTask.get(one.id);
      return own ? own.reduce(polledOnce, one) : one;
    });
  });
  readSoon(() => {
    for (const id of byTask.keys()) {
      if (id === route.value.task) refreshTask();
      else stale.add(id);
    }
    if (stale.size > 0) readStale();
  });
}, 100);

/** The browser connects again by itself, and the mock sends what was missed. */
function followSession(name: string): () => void {
  let source: EventSource;
  let retry: number | undefined;
  function connect(): void {
    source = new EventSource(`${BASE}/events?session=${encodeURIComponent(name)}`);
    source.onopen = () => {
      connection.value = "live";
      // What changed before, no event says.
      void loadAll();
    };
    source.onerror = () => {
      connection.value = "lost";
      if (source.readyState !== EventSource.CLOSED) {
        failure.value = undefined;
        return;
      }
      // Where a proxy responds in place of the mock, or the mock asks for its token or rejects the session's name, the browser
      // does not connect again. Another request says why.
      void attempt(async () => {
        await loadSessions();
        if (!session.value) await loadTasks();
      });
      retry = window.setTimeout(connect, 2000);
    };
    source.addEventListener("exchange", ({ data }) => {
      arrived.push(JSON.parse(data));
      showArrived();
    });
    source.addEventListener("lost", () => void loadAll());
    source.addEventListener("change", () => {
      readSoon(() => {
        refreshAll();
        refreshTask();
      });
    });
  }
  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
