import { batch, computed, effect, signal } from "@preact/signals";
import { announce, throttled } from "./announce.js";
import {
  ApiError,
  answerOf,
  api,
  BASE,
  type Exchange,
  poll,
  type Schemas,
  type Task,
  type TaskSummary,
} from "./api.js";
import { route } from "./route.js";

/** How many requests the page keeps of the live list: as many as the API gives at once. */
const MAX_REQUESTS = 1000;

/** Whether the mock's events come: the page then shows what is. */
export const connection = signal<"connecting" | "live" | "lost">("connecting");
export const sessions = signal<readonly Schemas["Session"][]>([]);
export const tasks = signal<readonly TaskSummary[]>([]);
/** Whether the tasks of the session have been read. */
export const isListed = signal(false);
export const requests = signal<readonly Exchange[]>([]);
export const scenarios = signal<readonly Schemas["ScenarioSummary"][]>([]);
/** The task that is open. */
export const task = signal<Task | undefined>(undefined);
export const taskError = signal<string | undefined>(undefined);
/** What went wrong last, for the person who clicked. */
export const failure = signal<string | undefined>(undefined);

export const session = computed(() => sessions.value.find(({ name }) => name === route.value.session));

const clock = signal<{ readonly shown: Schemas["Clock"]; readonly seenAt: number } | undefined>(undefined);
/** Advances a few times a second, while the page is visible. */
const tick = signal(0);

/** What the session's clock shows now, in epoch milliseconds. */
export const now = computed(() => {
  tick.value;
  if (!clock.value) return Date.now();
  const { shown, seenAt } = clock.value;
  const passed = shown.isFrozen ? 0 : (performance.now() - seenAt) * shown.rate;
  return Date.parse(shown.now) + passed;
});
export const clockSetting = computed(() => clock.value?.shown);

setInterval(() => {
  if (!document.hidden) tick.value += 1;
}, 250);

export function setClock(shown: Schemas["Clock"]): void {
  clock.value = { shown, seenAt: performance.now() };
}

/** Does something, and says at the top of the page what went wrong. @returns undefined where it did */
export async function attempt<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    const result = await action();
    failure.value = undefined;
    return result;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    failure.value = error.message;
    return undefined;
  }
}

export const inSession = () => ({ params: { path: { session: route.value.session } } });
export const ofTask = (id: string) => ({ params: { path: { session: route.value.session, task: id } } });

async function loadSessions(): Promise<void> {
  const { sessions: all } = await answerOf(api.GET("/sessions"));
  sessions.value = all;
  const own = all.find(({ name }) => name === route.value.session);
  if (own) setClock(own.clock);
}

/** As many as are read at once before all are: a list of ten thousand takes seconds. */
const FIRST_TASKS = 200;

async function loadTasks(): Promise<void> {
  const name = route.value.session;
  const isLong = (session.value?.tasks ?? 0) > FIRST_TASKS;
  if (tasks.value.length === 0 && isLong) await loadNewest(name, FIRST_TASKS);
  await loadNewest(name);
}

async function loadNewest(name: string, limit?: number): Promise<void> {
  const query = { timeline: true, ...(limit !== undefined && { limit }) };
  const call = api.GET("/sessions/{session}/tasks", { params: { path: { session: name }, query } });
  const { tasks: all } = await answerOf(call);
  if (name === route.value.session) showList(all);
}

function showList(all: readonly TaskSummary[]): void {
  batch(() => {
    tasks.value = all;
    isListed.value = true;
  });
}

async function loadRequests(): Promise<void> {
  const name = route.value.session;
  const call = api.GET("/sessions/{session}/journal", {
    params: { path: { session: name }, query: { limit: MAX_REQUESTS } },
  });
  const { exchanges } = await answerOf(call);
  if (name === route.value.session) requests.value = exchanges;
}

/** Loads the open task; one that this mock has not seen is polled once, for its id says what it is. */
async function loadTask(): Promise<void> {
  const id = route.value.task;
  if (id === undefined) {
    task.value = undefined;
    taskError.value = undefined;
    return;
  }
  try {
    const found = await readTask(id);
    if (id !== route.value.task) return;
    batch(() => {
      task.value = found;
      taskError.value = undefined;
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (id === route.value.task) taskError.value = error.message;
  }
}

async function readTask(id: string): Promise<Task> {
  try {
    return await answerOf(api.GET("/sessions/{session}/tasks/{task}", ofTask(id)));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404 || polled.has(id)) throw error;
    polled.add(id);
    await poll(id);
    await loadSessions();
    return await answerOf(api.GET("/sessions/{session}/tasks/{task}", ofTask(id)));
  }
}

const polled = new Set<string>();

/** Loads everything that the page shows. */
export async function loadAll(): Promise<void> {
  await attempt(async () => {
    await loadSessions();
    // A link may name a session that nobody has used yet: a poll makes it, looking does not.
    if (session.value) await Promise.all([loadTask(), loadList()]);
    else {
      if (route.value.task !== undefined) await loadTask();
      await loadList();
    }
  });
  if (session.value) void attempt(loadRequests);
}

/** Loads the list of tasks, which is empty where the session is gone. */
async function loadList(): Promise<void> {
  if (session.value) return loadTasks();
  batch(() => {
    showList([]);
    requests.value = [];
  });
}

const refreshAll = throttled(
  () =>
    attempt(async () => {
      await loadSessions();
      await loadList();
    }),
  500,
);
const refreshTask = throttled(() => attempt(loadTask), 200);

/** Tasks that requests were about, to be read again: the list may have been read between a request and its event. */
const stale = new Set<string>();
const readStale = throttled(
  () =>
    attempt(async () => {
      const ids = [...stale];
      stale.clear();
      if (!session.value) await loadSessions();
      const known = new Set(tasks.value.map(({ id }) => id));
      // Of many at once, the counts stay as the events tell them.
      if (ids.length > 10) return ids.every((id) => known.has(id)) ? undefined : loadTasks();
      const read = await Promise.all(
        ids.map((id) => answerOf(api.GET("/sessions/{session}/tasks/{task}", ofTask(id)))),
      );
      const found = new Map(read.map((one) => [one.id, one]));
      const listed = tasks.value.map((one) => found.get(one.id) ?? one);
      tasks.value = [...listed, ...read.filter(({ id }) => !known.has(id))];
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
  if (byTask.has(route.value.task ?? "")) refreshTask();
  for (const id of byTask.keys()) stale.add(id);
  if (stale.size > 0) readStale();
}, 100);

/** Who sent requests about a task last, by the task's id. */
export const clients = computed(
  () =>
    new Map(requests.value.flatMap((one) => (one.taskId === undefined ? [] : [[one.taskId, clientOf(one)] as const]))),
);

export function clientOf({ request: { headers } }: Exchange): string {
  return headers["x-mock-client"] ?? headers["user-agent"]?.split(" ")[0] ?? "unnamed";
}

/** Follows the mock; the browser connects again by itself, and the mock sends what was missed. */
function follow(name: string): () => void {
  let source: EventSource;
  let retry: number | undefined;
  function connect(): void {
    source = new EventSource(`${BASE}/events?session=${encodeURIComponent(name)}`);
    source.onopen = () => {
      const wasLost = connection.value === "lost";
      connection.value = "live";
      if (wasLost) void loadAll();
    };
    source.onerror = () => {
      connection.value = "lost";
      if (source.readyState !== EventSource.CLOSED) return;
      // Where a proxy responds in place of the mock, or the mock asks for its token, the browser does not connect again.
      void attempt(loadSessions);
      retry = window.setTimeout(connect, 2000);
    };
    source.addEventListener("exchange", ({ data }) => {
      arrived.push(JSON.parse(data));
      showArrived();
    });
    source.addEventListener("lost", () => void loadAll());
    source.addEventListener("change", () => {
      refreshAll();
      refreshTask();
    });
  }
  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

/**
 * Starts the page: follows the session that the address names, and loads the task that it names.
 *
 * @returns fulfilled when there is something to show
 */
export function start(): Promise<void> | undefined {
  let first: Promise<void> | undefined;
  const name = computed(() => route.value.session);
  const id = computed(() => route.value.task);
  effect(() => {
    const stop = follow(name.value);
    batch(() => {
      isListed.value = false;
      tasks.value = [];
      requests.value = [];
    });
    const loading = loadAll();
    first ??= loading;
    return stop;
  });
  // The first one is loaded with all else.
  let loaded = id.peek();
  effect(() => {
    if (id.value === loaded) return;
    loaded = id.value;
    void attempt(loadTask);
  });
  void attempt(async () => {
    scenarios.value = (await answerOf(api.GET("/scenarios"))).scenarios;
  });
  return first;
}

/** Changes something, and shows what became of it. */
export async function change(action: () => Promise<unknown>): Promise<void> {
  await attempt(async () => {
    // Who looks at a session does not make it; who changes something does.
    if (!session.value) await answerOf(api.PUT("/sessions/{session}", { ...inSession(), body: {} }));
    await action();
    await loadSessions();
    await Promise.all([loadTasks(), loadTask()]);
  });
}
