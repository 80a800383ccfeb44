import { requireSessionName } from "../src/session/worlds.js";
import { deniedPermission, UserError } from "../src/user-error.js";
import { CONTROL_PATH, type Schemas } from "./control/operations.js";

/** One session of a mock: tasks, clock, settings and journal that no other session sees. */
export interface SessionClient {
  readonly name: string;
  /** The bearer token that chooses the session, with any SDK. */
  readonly token: string;
  /** The address that chooses the session, for what cannot set a token. */
  readonly baseUrl: string;
  /** Every task that was started or polled. */
  readonly tasks: () => Promise<readonly Schemas["TaskSummary"][]>;
  /** A task with its timeline and exchanges. @throws ControlError `unknown-task` */
  readonly task: (id: string) => Promise<Schemas["Task"]>;
  /** Completes a task with a file. @throws ControlError `unknown-task`, `task-ended` */
  readonly complete: (id: string) => Promise<Schemas["Task"]>;
  /** Cancels a task, with an error of your own where you give one. @throws ControlError as `complete` does */
  readonly cancel: (id: string, error?: NonNullable<Schemas["ForcedState"]["error"]>) => Promise<Schemas["Task"]>;
  /** Puts a task into a state, where it stays. @throws ControlError as `complete` does; `task-started` */
  readonly force: (id: string, state: Schemas["State"]) => Promise<Schemas["Task"]>;
  /**
   * Decides what the task's next poll is answered, in place of the task's own answer.
   *
   * @throws ControlError `unknown-task`, `invalid-request`
   * @example await mock.inject(id, { error: "rate-limited", retryAfter: "5s", times: 2 });
   */
  readonly inject: (id: string, answer: Schemas["InjectedAnswer"]) => Promise<void>;
  /** Moves one task, or all, on by one step, under pace `manual`. @returns how many were moved */
  readonly next: (id?: string) => Promise<number>;
  /** Forgets a task. Its id begins it anew. @throws ControlError `unknown-task` */
  readonly remove: (id: string) => Promise<void>;
  /** Makes a scenario the default of imports from now on. @throws ControlError `unknown-scenario` */
  readonly use: (scenario: string) => Promise<void>;
  readonly settings: () => Promise<Schemas["Settings"]>;
  /** Changes some settings; the session is made if it is new. @throws ControlError, and nothing is changed */
  readonly configure: (changes: Schemas["SettingsChange"]) => Promise<void>;
  readonly clock: ClockClient;
  /** The exchanges that the journal remembers, the oldest first. */
  readonly journal: (filter?: JournalFilter) => Promise<readonly Schemas["Exchange"][]>;
  /** The journal as HAR, for `verify --recording` and `mock --replay`. */
  readonly har: () => Promise<object>;
  /** One request as a shell's command. @throws ControlError `unknown-exchange` */
  readonly curl: (exchange: number) => Promise<string>;
  /** Requires that calls came as often as expected; without a number, at least once. @throws VerificationError */
  readonly verify: (expectation: Schemas["Expectation"]) => Promise<Schemas["Verified"]>;
  /** How the session's clients behaved. */
  readonly conduct: () => Promise<Schemas["Conduct"]>;
  /** Which scenarios, states and faults were met. */
  readonly coverage: () => Promise<Schemas["Coverage"]>;
  readonly snapshot: () => Promise<Schemas["Snapshot"]>;
  /** Makes the session what a snapshot says. @throws ControlError, and nothing is changed */
  readonly restore: (snapshot: Schemas["Snapshot"]) => Promise<void>;
  /** Forgets everything and begins anew. */
  readonly reset: () => Promise<void>;
}

/** Which exchanges of a journal are meant; of what is left out, any will do. */
export type JournalFilter = Omit<Schemas["Expectation"], "atLeast" | "atMost" | "exactly"> & {
  /** Exchanges of a greater number than this. */
  readonly since?: number;
  /** So many of the last ones. */
  readonly limit?: number;
};

/** A session's time. Each call gives what the clock shows then. */
export interface ClockClient {
  readonly read: () => Promise<Schemas["Clock"]>;
  readonly freeze: () => Promise<Schemas["Clock"]>;
  readonly resume: () => Promise<Schemas["Clock"]>;
  /** @param by such as `90s` or `1d`; `-1h` turns it back */
  readonly advance: (by: string) => Promise<Schemas["Clock"]>;
  readonly set: (to: Date | string) => Promise<Schemas["Clock"]>;
  /** @param factor how many times faster it runs than the mock's own */
  readonly rate: (factor: number) => Promise<Schemas["Clock"]>;
  /** Advances to the task's next change. @throws ControlError `no-change` */
  readonly toNextChange: (taskId: string) => Promise<Schemas["Clock"]>;
}

export function createSessionClient(api: Api, origin: string, name: string): SessionClient {
  requireSessionName(name);
  const at = `/sessions/${encodeURIComponent(name)}`;
  const taskAt = (id: string) => `${at}/tasks/${segment(id)}`;
  // A test that looks before its client's first call sees an empty session.
  const call: Api["call"] = async (...request) => {
    try {
      return await api.call(...request);
    } catch (error) {
      if (!(error instanceof ControlError && error.code === "unknown-session")) throw error;
      await api.call("PUT", at, {});
      return api.call(...request);
    }
  };
  const force = (id: string, body: Schemas["ForcedState"]) => call<Schemas["Task"]>("PUT", `${taskAt(id)}/state`, body);
  const turn = (how: string, body?: object) => call<Schemas["Clock"]>("POST", `${at}/clock/${how}`, body);
  return {
    name,
    token: `pat-mock-${name}`,
    baseUrl: `${origin}/s/${name}`,
    tasks: async () => (await call<Schemas["TaskList"]>("GET", `${at}/tasks`)).tasks,
    task: (id) => call("GET", taskAt(id)),
    complete: (id) => force(id, { state: "COMPLETE" }),
    cancel: (id, error) => force(id, { state: "CANCELED", ...(error && { error }) }),
    force: (id, state) => force(id, { state }),
    inject: (id, answer) => call("POST", `${taskAt(id)}/answers`, answer),
    next: async (id) => (await call<Schemas["Moved"]>("POST", `${id === undefined ? at : taskAt(id)}/next`)).moved,
    remove: (id) => call("DELETE", taskAt(id)),
    use: async (scenario) => void (await call("PUT", at, { scenario })),
    settings: async () => (await call<Schemas["Session"]>("GET", at)).settings,
    configure: async (changes) => void (await call("PUT", at, changes)),
    clock: {
      read: () => call("GET", `${at}/clock`),
      freeze: () => turn("freeze"),
      resume: () => turn("resume"),
      advance: (by) => turn("advance", { by }),
      set: (to) => turn("set", { to: typeof to === "string" ? to : to.toISOString() }),
      rate: (factor) => turn("rate", { factor }),
      toNextChange: (taskId) => turn("to-next-change", { taskId }),
    },
    async journal(filter = {}) {
      const given = Object.entries(filter).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
      return (await call<Schemas["Journal"]>("GET", `${at}/journal?${query}`)).exchanges;
    },
    har: () => call("GET", `${at}/journal.har`),
    curl: async (exchange) => (await api.read(`${at}/journal/${exchange}/curl`)).trimEnd(),
    async verify(expectation) {
      const verified = await call<Schemas["Verified"]>("POST", `${at}/verifications`, expectation);
      if (verified.passed) return verified;
      throw new VerificationError(verified);
    },
    conduct: () => call("GET", `${at}/conduct`),
    coverage: () => call("GET", `${at}/coverage`),
    snapshot: () => call("GET", `${at}/snapshot`),
    restore: (snapshot) => call("PUT", `${at}/snapshot`, snapshot),
    reset: () => call("POST", `${at}/reset`),
  };
}

/** A path's segment. @throws UserError for what every client takes for a way back, encoded or not */
function segment(id: string): string {
  if (id !== "." && id !== "..") return encodeURIComponent(id);
  throw new UserError("unknown-task", `there is no task "${id}". Start one with an import, or poll it once.`);
}

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** The control API of one mock. */
export interface Api {
  /** @throws ControlError; UserError `unusable-address` where nothing listens */
  readonly call: <Answer>(method: Method, path: string, body?: object) => Promise<Answer>;
  /** The same for an answer that is text. */
  readonly read: (path: string) => Promise<string>;
}

export function createApi(
  origin: string,
  { token, fetch: send }: { readonly token?: string; readonly fetch?: typeof fetch },
): Api {
  async function ask(method: Method, path: string, body?: object): Promise<string> {
    const headers = {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(body && { "Content-Type": "application/json" }),
    };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await (send ?? fetch)(`${origin}${CONTROL_PATH}${path}`, init).catch((error: Error) => {
      throw unreachable(origin, error);
    });
    const text = await answer.text();
    if (answer.ok) return text;
    const isProblem = answer.headers.get("content-type")?.startsWith("application/problem+json");
    if (isProblem) throw new ControlError(JSON.parse(text) as Schemas["Problem"]);
    const hint = "Is it a mock of hubspot-import-kit, and was it started without --no-control?";
    throw new Error(`${origin} answers ${answer.status} to ${CONTROL_PATH}${path}. ${hint}`);
  }

  return {
    // The document says what an answer is, and the mock's tests hold its answers against it.
    async call<Answer>(method: Method, path: string, body?: object) {
      const text = await ask(method, path, body);
      return (text === "" ? undefined : JSON.parse(text)) as Answer;
    },
    read: (path) => ask("GET", path),
  };
}

/** `fetch` itself says "fetch failed", and hides why in its cause. */
function unreachable(origin: string, error: Error): UserError {
  const denied = deniedPermission(error);
  if (denied !== undefined) return new UserError("denied-permission", `${denied}.`, { cause: error });
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const next = "Start one with hubspot-import-kit mock, or correct the url.";
  return new UserError("unusable-address", `no mock answers at ${origin} (${code ?? error.message}). ${next}`, {
    cause: error,
  });
}

/** The control API refused, and nothing was changed. */
export class ControlError extends Error {
  override readonly name = "ControlError";

  constructor(
    /** What was refused, and what to do. */
    readonly problem: Schemas["Problem"],
  ) {
    super(problem.detail);
  }

  /** The end of the problem's type, such as `unknown-task`. */
  get code(): string {
    return this.problem.type.replace(/^.*:/, "");
  }
}

/** Calls did not come as often as a test expected. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";

  constructor(readonly verified: Schemas["Verified"]) {
    super(verified.message);
  }
}
