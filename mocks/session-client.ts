import { requireSessionName } from "../src/session/names.js";
import type { ClockVerbs, SessionVerbs } from "../src/session/session-control.js";
import { deniedPermission, UserError } from "../src/user-error.js";
import { CONTROL_PATH, type Schemas } from "./control/operations.js";

/**
 * A session's verbs as a client has them. @typeParam Shown what a verb resolves to, if it is not what it returns in
 * code
 */
type Promised<Verbs, Shown = object> = {
  readonly [Verb in keyof Verbs]: Verbs[Verb] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Verb extends keyof Shown ? Shown[Verb] : Result>
    : never;
};

type Shape<Name extends keyof Schemas> = Schemas[Name];

// Interfaces, because an editor shows their names where it would spell out an alias.
/** A task as the control API shows it. */
interface Task extends Shape<"Task"> {}
interface Clock extends Shape<"Clock"> {}
interface Snapshot extends Shape<"Snapshot"> {}

/** The verbs that resolve to what the control API shows afterwards. */
interface Shown {
  readonly complete: Task;
  readonly cancel: Task;
  readonly force: Task;
  readonly snapshot: Snapshot;
}

/** One session of a mock, with tasks, a clock, settings and a journal that are separate from other sessions. */
export interface SessionClient extends Promised<SessionVerbs, Shown> {
  readonly name: string;
  /** The bearer token that chooses the session, with any SDK. */
  readonly token: string;
  /** The address that chooses the session, for a client that cannot set a token. */
  readonly baseUrl: string;
  /** Every task that was started or polled. */
  readonly tasks: () => Promise<readonly Schemas["TaskSummary"][]>;
  /** A task with its timeline and exchanges. @throws ControlError `unknown-task` */
  readonly task: (id: string) => Promise<Task>;
  /**
   * Replaces the response to the task's next poll.
   *
   * @throws ControlError `unknown-task`, `invalid-request`
   * @example await mock.inject(id, { error: "rate-limited", retryAfter: "5s", times: 2 });
   */
  readonly inject: (id: string, answer: Schemas["InjectedAnswer"]) => Promise<void>;
  readonly clock: ClockClient;
  /** The exchanges that the journal keeps, the oldest first. */
  readonly journal: (filter?: JournalFilter) => Promise<readonly Schemas["Exchange"][]>;
  /** The journal as HAR, for `verify --recording` and `mock --replay`. */
  readonly har: () => Promise<object>;
  /** One request as a shell command. @throws ControlError `unknown-exchange` */
  readonly curl: (exchange: number) => Promise<string>;
  /** Requires that exchanges came as often as expected; without a number, at least once. @throws VerificationError */
  readonly verify: Promised<SessionVerbs>["verify"];
  /** How the session's clients behaved. */
  readonly conduct: () => Promise<Schemas["Conduct"]>;
  /** Restores the session from a snapshot. @throws ControlError, and nothing is changed */
  readonly restore: (snapshot: Snapshot) => Promise<void>;
}

/** Selects exchanges of a journal; a property that is absent selects any. */
export type JournalFilter = Omit<Schemas["Expectation"], "atLeast" | "atMost" | "exactly"> & {
  /** Exchanges of a greater number than this. */
  readonly since?: number;
  /** At most this many, the newest. */
  readonly limit?: number;
};

/** A session's time. Each verb resolves to what the clock shows then. */
export interface ClockClient extends Promised<ClockVerbs, Record<keyof ClockVerbs, Clock>> {
  readonly read: () => Promise<Clock>;
  /** @param by such as `90s` or `1d`; `-1h` turns it back */
  readonly advance: (by: string) => Promise<Clock>;
  readonly set: (to: Date | string) => Promise<Clock>;
}

export function createSessionClient(api: Api, origin: string, name: string): SessionClient {
  requireSessionName(name);
  const at = `/sessions/${encodeURIComponent(name)}`;
  const taskAt = (id: string) => `${at}/tasks/${segment(id)}`;
  // A test that reads a session before its app's first request gets an empty one.
  const call: Api["call"] = async (...request) => {
    try {
      return await api.call(...request);
    } catch (error) {
      if (!(error instanceof ControlError && error.code === "unknown-session")) throw error;
      await api.call("PUT", at, {});
      return api.call(...request);
    }
  };
  const force: SessionClient["force"] = (id, state) =>
    call("PUT", `${taskAt(id)}/state`, typeof state === "string" ? { state } : state);
  const turn = (how: string, body?: object) => call<Clock>("POST", `${at}/clock/${how}`, body);
  return {
    name,
    token: `pat-mock-${name}`,
    baseUrl: `${origin}/s/${name}`,
    tasks: async () => (await call<Schemas["TaskList"]>("GET", `${at}/tasks`)).tasks,
    task: (id) => call("GET", taskAt(id)),
    complete: (id) => force(id, "COMPLETE"),
    cancel: (id, error) => force(id, { state: "CANCELED", ...(error && { error }) }),
    force,
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

/** Encodes a segment of a path. @throws UserError for `.` and `..`, which every client resolves, encoded or not */
function segment(id: string): string {
  if (id !== "." && id !== "..") return encodeURIComponent(id);
  throw new UserError("unknown-task", `there is no task "${id}". Start one with an import, or poll it once.`);
}

type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";

/** The control API of one mock. */
export interface Api {
  /** @throws ControlError; UserError `unusable-address` if nothing listens there */
  readonly call: <Answer>(method: Method, path: string, body?: object) => Promise<Answer>;
  /** The same for a response that is text. */
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
    throw new Error(`${origin} responds ${answer.status} to ${CONTROL_PATH}${path}. ${hint}`);
  }

  return {
    // The document declares the response's type; tests compare the mock's responses with the document.
    async call<Answer>(method: Method, path: string, body?: object) {
      const text = await ask(method, path, body);
      return (text === "" ? undefined : JSON.parse(text)) as Answer;
    },
    read: (path) => ask("GET", path),
  };
}

/** `fetch` itself says "fetch failed"; the reason is in its cause. */
function unreachable(origin: string, error: Error): UserError {
  const denied = deniedPermission(error);
  if (denied !== undefined) return new UserError("denied-permission", `${denied}.`, { cause: error });
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const next = "Start one with hubspot-import-kit mock, or correct the url.";
  return new UserError("unusable-address", `no mock responds at ${origin} (${code ?? error.message}). ${next}`, {
    cause: error,
  });
}

/** The control API rejected a request, and nothing was changed. */
export class ControlError extends Error {
  override readonly name = "ControlError";

  constructor(
    /** What was rejected, and what to do. */
    readonly problem: Schemas["Problem"],
  ) {
    super(problem.detail);
  }

  /** The end of the problem's type, such as `unknown-task`. */
  get code(): string {
    return this.problem.type.replace(/^.*:/, "");
  }
}

/** Exchanges did not come as often as a test expected. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";

  constructor(readonly verified: Schemas["Verified"]) {
    super(verified.message);
  }
}
