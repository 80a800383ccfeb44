import { createClock } from "./clock.js";

/** So many turns of the event loop without a request are silence: a body's last byte takes a few to reach its reader. */
const SILENCE_TURNS = 30;

/**
 * Time that several journeys share: it moves to the earliest of their alarms, and only once no request is under way. Its
 * `fetch` gives real answers with all that is broken about them.
 *
 * @param send answers the requests
 */
export function createVirtualTime(send: typeof fetch = fetch) {
  const { now, advance } = createClock();
  const alarms = new Set<{ readonly until: number; readonly ring: () => void }>();
  let underWay = 0;
  let silence = 0;
  let isListening = false;

  async function listen(): Promise<void> {
    silence = 0;
    if (isListening) return;
    isListening = true;
    for (; silence < SILENCE_TURNS && underWay === 0; silence += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    isListening = false;
    if (underWay > 0) return;
    const [first] = [...alarms].sort((a, b) => a.until - b.until);
    if (!first) return;
    alarms.delete(first);
    advance(Math.max(0, first.until - now()));
    first.ring();
    if (alarms.size > 0) void listen();
  }

  return {
    now,
    advance,
    sleep: (milliseconds: number) =>
      new Promise<void>((ring) => {
        alarms.add({ until: now() + milliseconds, ring });
        void listen();
      }),
    fetch: async (...request: Parameters<typeof fetch>): Promise<Response> => {
      underWay += 1;
      const end = () => {
        underWay -= 1;
        void listen();
      };
      const [input, init] = request;
      const patient = init?.signal ? { ...init, signal: patientWith(init.signal) } : init;
      const answer = await send(input, patient).catch((error: unknown) => {
        end();
        throw error;
      });
      if (answer.body === null) end();
      else Object.defineProperty(answer, "body", { value: watched(answer.body, end) });
      return answer;
    },
  };
}

/** A body that tells when it was read to its end, or broke off. A clone that is read beside it takes as long as the request. */
function watched(body: ReadableStream<Uint8Array>, onEnd: () => void): Pick<ReadableStream<Uint8Array>, "getReader"> {
  const reader = body.getReader();
  const read = async () => {
    try {
      const part = await reader.read();
      if (part.done) onEnd();
      return part;
    } catch (error) {
      onEnd();
      throw error;
    }
  };
  const cancel = () => reader.cancel().finally(onEnd);
  return { getReader: () => ({ read, cancel }) as never };
}

/** So many turns of the event loop after a timeout a server of this process has answered, or never will. */
const LAST_TURNS = 100;

/** A request's timeout is of real time, which a busy machine may take between a server of this process and its client. */
function patientWith(signal: AbortSignal): AbortSignal {
  const patient = new AbortController();
  const abort = async () => {
    const isTimeout = (signal.reason as { readonly name?: string } | undefined)?.name === "TimeoutError";
    for (let turn = 0; isTimeout && turn < LAST_TURNS; turn += 1) await new Promise((next) => setImmediate(next));
    patient.abort(signal.reason);
  };
  if (signal.aborted) patient.abort(signal.reason);
  else signal.addEventListener("abort", abort, { once: true });
  return patient.signal;
}
