import type { Received, Send, Sent } from "./recorder.js";
import type { Sleep } from "./together.js";

export const IMPORT = "/files/v3/files/import-from-url/async";
export const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

/** What a client reads of an answer; a status of 0 says that none came. */
export interface Answer {
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly state?: string;
  readonly id?: string;
  readonly link?: string;
}

/** A client's ways to the API, with a token that can be exchanged. */
export interface Client {
  readonly now: () => number;
  readonly sleep: Sleep;
  readonly submit: (body?: object, headers?: Record<string, string>) => Promise<Answer>;
  /** What a request of its has that is authorised, for one that has more. */
  readonly bearer: () => Record<string, string>;
  /** @param task its id, or the link that leads to it */
  readonly poll: (task: string, headers?: Record<string, string>) => Promise<Answer>;
}

export function createClient(options: {
  readonly base: string;
  readonly send: Send;
  readonly now: () => number;
  readonly sleep: Sleep;
  /** Asked at each request. */
  readonly token: () => string;
}): Client {
  const { base, send, now, sleep, token } = options;
  const bearer = () => ({ Authorization: `Bearer ${token()}` });

  async function ask(request: Sent): Promise<Answer> {
    try {
      const answer = await send(request);
      return { status: answer.status, ...retryAfter(answer, now()), ...parsed(await answer.text()) };
    } catch {
      return { status: 0 };
    }
  }

  return {
    now,
    sleep,
    bearer,
    poll(task, headers = bearer()) {
      const { href: url } = new URL(URL.canParse(task) ? task : `${base}${IMPORT}/tasks/${task}/status`);
      return ask({ method: "GET", url, headers: new Headers(headers), body: "" });
    },
    submit(body = CAT, headers = bearer()) {
      const all = new Headers({ "Content-Type": "application/json", ...headers });
      return ask({ method: "POST", url: base + IMPORT, headers: all, body: JSON.stringify(body) });
    },
  };
}

function retryAfter({ headers }: Received, now: number): Pick<Answer, "retryAfterMs"> {
  const text = headers.get("retry-after");
  if (text === null) return {};
  const seconds = Number(text);
  return { retryAfterMs: Number.isNaN(seconds) ? Math.max(0, Date.parse(text) - now) : seconds * 1000 };
}

function parsed(text: string): Omit<Answer, "status"> {
  try {
    const { id, status, links } = JSON.parse(text) as { id?: string; status?: string; links?: { status?: string } };
    return { ...(id && { id }), ...(status && { state: status }), ...(links?.status && { link: links.status }) };
  } catch {
    return {};
  }
}
