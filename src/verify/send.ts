import { concatUint8Arrays } from "uint8array-extras";
import type { RecordedExchange } from "../exchange/exchange.js";
import type { RunStep } from "../exchange/run-step.js";
import { deniedPermission, UserError } from "../user-error.js";

export interface Sending {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly requestTimeoutMs: number;
  /** Aborts a request in flight. */
  readonly signal: AbortSignal;
}

export interface Outgoing {
  readonly step: RunStep;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends a request once and records the response, up to the last byte received. Follows no redirect, since the token is
 * only for the requested address.
 *
 * @throws UserError `denied-permission` if the runtime denies it; network errors are part of the record
 */
export async function send(
  outgoing: Outgoing,
  { fetch, now, requestTimeoutMs, signal }: Sending,
): Promise<RecordedExchange> {
  const { step, method, url, headers, body } = outgoing;
  const startedAt = now();
  const request = { method, url, headers: lowerCased(headers), ...(body !== undefined && { body }) };
  const record = (rest: Pick<RecordedExchange, "response" | "failure">) => ({
    startedAt,
    durationMs: Math.max(0, now() - startedAt),
    step,
    request,
    ...rest,
  });
  // Not AbortSignal.timeout and any: Node may garbage-collect those while a caller waits for them.
  const ended = new AbortController();
  const breakOff = () => ended.abort(signal.reason);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    ended.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  }, requestTimeoutMs);
  if (signal.aborted) breakOff();
  else signal.addEventListener("abort", breakOff, { once: true });
  let answer: Response;
  let read: Awaited<ReturnType<typeof readAll>>;
  try {
    const init = { method, headers, redirect: "manual", signal: ended.signal } as const;
    answer = await fetch(url, body === undefined ? init : { ...init, body });
    read = await readAll(answer, ended.signal);
  } catch (error) {
    const denied = deniedPermission(error);
    if (denied !== undefined) throw new UserError("denied-permission", `${denied}.`);
    return record({ failure: failureOf(error, isLate, requestTimeoutMs) });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", breakOff);
  }
  const { bytes, cut } = read;
  // Cut by this kit, not by the server: the rest of the response is unknown.
  if (cut && signal.aborted) return record({ failure: { kind: "timeout", message: "interrupted" } });
  const text = decode(bytes);
  const flaw = cut ?? (text.isUtf8 ? undefined : "not-utf-8");
  return record({
    response: {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: text.text,
      ...(flaw && { flaw }),
    },
  });
}

/** No response of this API is nearly as long; one without an end would fill the memory. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** What Node's zlib says of bytes that are not gzip or deflate, Brotli, or Zstandard. */
const DECODING_ERROR = /^(Z_DATA_ERROR|ERR__ERROR_|ZSTD_error_)/;

/** How long after its end the platform reports it, if at all. */
const GRACE_MS = 1000;

/**
 * Reads a body to its end.
 *
 * @param ended aborts when the response is no longer needed. Node's `fetch` may miss that after the headers have
 * arrived: its own signal is garbage-collected then, and a body without an end would block forever
 */
async function readAll(
  answer: Response,
  ended: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly cut?: "incomplete" | "undecodable" }> {
  const chunks: Uint8Array[] = [];
  let cut: "incomplete" | "undecodable" | undefined;
  let stopWaiting = () => {};
  const missed = new Promise<undefined>((resolve) => {
    ended.addEventListener("abort", () => {
      const timer = setTimeout(() => resolve(undefined), GRACE_MS);
      stopWaiting = () => clearTimeout(timer);
    });
  });
  try {
    const reader = answer.body?.getReader();
    const next = () => reader && Promise.race([reader.read(), missed]);
    let length = 0;
    let part = await next();
    for (; part && !part.done; part = await next()) {
      chunks.push(part.value);
      length += part.value.length;
      if (length > MAX_BODY_BYTES) break;
    }
    if (reader && part?.done !== true) {
      cut = "incomplete";
      void reader.cancel().catch(() => {});
    }
  } catch (error) {
    // Whatever else ended it, the body was incomplete.
    cut = codesOf(error).some((code) => DECODING_ERROR.test(code)) ? "undecodable" : "incomplete";
  } finally {
    stopWaiting();
  }
  return { bytes: concatUint8Arrays(chunks), ...(cut && { cut }) };
}

function decode(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isUtf8: false };
  }
}

function failureOf(error: unknown, isLate: boolean, afterMs: number): NonNullable<RecordedExchange["failure"]> {
  if (isLate) return { kind: "timeout", message: `no complete response within ${afterMs / 1000} s` };
  const causes = causesOf(error);
  const [code] = codesOf(error);
  const message =
    causes
      .map((cause) => cause.message)
      .filter(Boolean)
      .at(-1) ?? String(error);
  // Headers without an end are not a response either, like bytes of another protocol.
  if (code !== undefined && /^HPE_|^UND_ERR_HEADERS_OVERFLOW$/.test(code)) {
    return { kind: "not-http", message: `not HTTP: ${message}` };
  }
  // Ports of other protocols, such as 5060 or 6000, are not even tried.
  if (message === "bad port") return { kind: "unreachable", message: "fetch blocks the port of this address" };
  // `fetch` gives a 407 to nobody, and no reason with its error.
  if (code === undefined && causes.at(-1)?.message === "") {
    return {
      kind: "unreachable",
      message: `${message} without a reason, as after a 407 (Proxy Authentication Required)`,
    };
  }
  const isDropped = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(String(code));
  return {
    kind: isDropped ? "dropped" : "unreachable",
    message: code === undefined ? message : `${message} (${code})`,
  };
}

/**
 * `fetch` says "fetch failed", and the reason is a cause or two below; if several addresses were tried, the first one's
 * reason counts.
 */
function causesOf(error: unknown): readonly Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return [error, ...causesOf(inner)];
}

function codesOf(error: unknown): readonly string[] {
  const codes = causesOf(error).map((cause) => (cause as { readonly code?: unknown }).code);
  return codes.filter((code) => typeof code === "string");
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
