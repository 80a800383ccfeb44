import { afterAll, beforeAll } from "vitest";
import {
  connectMock,
  type MockClient,
  type SessionClient,
  type StartedMock,
  type StartOptions,
  startMock,
} from "../../mocks/client.js";
import { createClock } from "../clock.js";
import { CAT, IMPORT } from "../doors.js";
import { operationOf, problemsOf } from "./answers.js";

/** A session of a test's own on the file's mock. */
export interface Own extends SessionClient {
  /** Starts an import in the session and gives the task's id. */
  readonly start: (headers?: Readonly<Record<string, string>>) => Promise<string>;
  readonly poll: (id: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal) => Promise<Response>;
  /** The state that a poll shows. */
  readonly look: (id: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
}

/**
 * One mock for all tests of a file: a session each is what keeps them apart. Its answers are held against the control
 * API's document.
 */
export function fileMock(options: StartOptions = {}) {
  const clock = createClock();
  const seen = new Set<string>();
  let started: StartedMock;
  let client: MockClient;
  let sessions = 0;
  beforeAll(async () => {
    started = await startMock({ now: clock.now, ...options, port: 0 });
    client = connectMock({ url: started.url, fetch: checkedFetch(seen) });
  });
  afterAll(() => started.close());
  return {
    /** The mock's own clock, which every session's follows. */
    clock,
    /** Ids of the control API's operations that were answered well. */
    seen,
    get url() {
      return started.url;
    },
    get client() {
      return client;
    },
    /** The control API without the client library. */
    control: (path: string, init: RequestInit = {}) =>
      checkedFetch(seen)(`${started.url}/__mock${path}`, {
        ...init,
        headers: { ...(init.body != null && { "Content-Type": "application/json" }), ...init.headers },
      }),
    own: (): Own => {
      sessions += 1;
      return ownSession(client.session(`own-${sessions}`), started.url);
    },
  };
}

export function ownSession(session: SessionClient, url: string): Own {
  const headers = { Authorization: `Bearer ${session.token}`, "Content-Type": "application/json" };
  const poll: Own["poll"] = (id, more = {}, signal) =>
    fetch(`${url}${IMPORT}/tasks/${encodeURIComponent(id)}/status`, {
      headers: { ...headers, ...more },
      signal: signal ?? null,
    });
  return {
    ...session,
    poll,
    look: async (id, more) => ((await (await poll(id, more)).json()) as { status: string }).status,
    start: async (more = {}) => {
      const init = { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(CAT) };
      return ((await (await fetch(url + IMPORT, init)).json()) as { id: string }).id;
    },
  };
}

function checkedFetch(seen: Set<string>): typeof fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const method = init?.method ?? "GET";
    // A stream has no end to wait for.
    if (answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer;
    const body = await answer.text();
    const problems = method === "HEAD" ? [] : problemsOf(method, String(input), answer, body);
    if (problems.length > 0) throw new Error(`${method} ${input}: ${problems.join("; ")}`);
    if (answer.ok) seen.add(operationOf(method, new URL(String(input)).pathname)?.id ?? "");
    // A clone, which could be read again, would take longer than the request.
    return Object.assign(answer, { text: async () => body, json: async () => JSON.parse(body) });
  };
}
