import { batch, computed, signal } from "@preact/signals";
import { ApiError, answerOf, api, type Exchange, poll, type Schemas, type Task, type TaskSummary } from "./api.js";
import { route } from "./route.js";

/** How many requests the page keeps of the live list: as many as the API gives at once. */
export const MAX_REQUESTS = 1000;

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

/** Whether the failure is of what a person did: what the page reads by itself meanwhile must not take it away. */
let isOfPerson = false;

/** Does something, and says at the top of the page what went wrong. @returns undefined where it did */
export async function attempt<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    const result = await action();
    if (!isOfPerson) failure.value = undefined;
    return result;
  } catch (error) {
    showFailure(error);
    return undefined;
  }
}

function showFailure(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  failure.value = error.message;
}

export const inSession = () => ({ params: { path: { session: route.value.session } } });
export const ofTask = (id: string) => ({ params: { path: { session: route.value.session, task: id } } });

export async function loadSessions(): Promise<void> {
  const { sessions: all } = await answerOf(api.GET("/sessions"));
  sessions.value = all;
  const own = all.find(({ name }) => name === route.value.session);
  if (own) setClock(own.clock);
}

/** As many as are read first: a list of ten thousand takes seconds. */
const FIRST_TASKS = 200;

export async function loadTasks(): Promise<void> {
  const name = route.value.session;
  const all = await readTasks(name);
  if (name === route.value.session) showList(all);
}

async function loadNewest(): Promise<void> {
  const name = route.value.session;
  const newest = await readTasks(name, FIRST_TASKS);
  // All of them may have come first.
  if (name === route.value.session && !isListed.value) showList(newest);
}

async function readTasks(name: string, limit?: number): Promise<readonly TaskSummary[]> {
  const query = { timeline: true, ...(limit !== undefined && { limit }) };
  const call = api.GET("/sessions/{session}/tasks", { params: { path: { session: name }, query } });
  return (await answerOf(call)).tasks;
}

function showList(all: readonly TaskSummary[]): void {
  batch(() => {
    tasks.value = all;
    isListed.value = true;
  });
}

/** Shows tasks in the list as they were read one by one. */
export function listAsRead(read: readonly TaskSummary[]): void {
  const found = new Map(read.map((one) => [one.id, one]));
  const known = new Set(tasks.value.map(({ id }) => id));
  tasks.value = [...tasks.value.map((one) => found.get(one.id) ?? one), ...read.filter(({ id }) => !known.has(id))];
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
export async function loadTask(): Promise<void> {
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
      if (isListed.value) listAsRead([found]);
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

/** Loads what the page shows first. */
export async function loadFirst(): Promise<void> {
  const loadShown = () => Promise.all([loadTask(), loadNewest(), loadForPage()]);
  await attempt(() => {
    // This session always exists: it is asked for together with its tasks, by index.html before this script has come.
    if (route.value.session === "default") return Promise.all([loadSessions(), loadShown()]);
    return loadSession(loadShown);
  });
}

/** Loads what would move the page if it came after the first frame. */
function loadForPage(): Promise<void> | undefined {
  const { page, task } = route.value;
  if (page === "requests") return loadRequests();
  return task === undefined ? undefined : loadScenarios();
}

export async function loadScenarios(): Promise<void> {
  scenarios.value = (await answerOf(api.GET("/scenarios"))).scenarios;
}

/** Loads everything that the page shows. */
export async function loadAll(): Promise<void> {
  readAllAt = performance.now();
  await attempt(() => loadSession(() => Promise.all([loadTask(), loadTasks()])));
  if (session.value) void attempt(loadRequests);
}

async function loadSession(loadShown: () => Promise<unknown>): Promise<unknown> {
  await loadSessions();
  // A link may name a session that nobody has used yet: a poll makes it, looking does not.
  if (session.value) return loadShown();
  if (route.value.task !== undefined) await loadTask();
  return loadList();
}

/** Loads the list of tasks, which is empty where the session is gone. */
export async function loadList(): Promise<void> {
  if (session.value) return loadTasks();
  batch(() => {
    showList([]);
    requests.value = [];
  });
}

/** Who sent requests about a task last, by the task's id. */
export const clients = computed(
  () =>
    new Map(requests.value.flatMap((one) => (one.taskId === undefined ? [] : [[one.taskId, clientOf(one)] as const]))),
);

export function clientOf({ request: { headers } }: Exchange): string {
  return headers["x-mock-client"] ?? headers["user-agent"]?.split(" ")[0] ?? "unnamed";
}

/** Changes something, and shows what became of it. */
export async function change(action: () => Promise<unknown>, load = loadChanged): Promise<void> {
  isOfPerson = false;
  const startedAt = performance.now();
  try {
    // Who looks at a session does not make it; who changes something does.
    if (!session.value) await answerOf(api.PUT("/sessions/{session}", { ...inSession(), body: {} }));
    await action();
    await eventSince(startedAt);
    await load();
    failure.value = undefined;
  } catch (error) {
    isOfPerson = true;
    showFailure(error);
  }
}

async function loadChanged(): Promise<void> {
  readAllAt = performance.now();
  await loadSessions();
  await Promise.all([loadTasks(), loadTask()]);
}

/** When the sessions, the list and the open task were last begun to be read, and when the last event came: on the page's clock. */
let readAllAt = 0;
let eventAt = 0;
let hearEvent = () => {};

/** By how much the event of a change of the page's own and the response to it may miss each other. */
const APART_MS = 50;

/** Waits for the event of a change of the page's own: what comes before all is read needs no reading. */
function eventSince(startedAt: number): Promise<void> | undefined {
  if (connection.value !== "live" || eventAt >= startedAt) return undefined;
  return new Promise((resolve) => {
    hearEvent = resolve;
    setTimeout(resolve, APART_MS);
  });
}

/** Reads something again that an event says is stale, unless all is read meanwhile, as after a change of the page's own. */
export function readSoon(read: () => void): void {
  const staleAt = performance.now();
  eventAt = staleAt;
  hearEvent();
  setTimeout(() => {
    if (readAllAt < staleAt) read();
  }, APART_MS);
}
