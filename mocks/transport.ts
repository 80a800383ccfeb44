import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Transport } from "../src/simulator/repeat.js";
import type { RequestHead } from "../src/simulator/request-head.js";
import { proxySign } from "./proxy/sign.js";

/** Those that never send a request again by themselves, whatever becomes of its connection. */
const NEVER = /\bnode(js)?\b|undici|axios|python-requests|httpx/i;

/**
 * Those that do even where a new connection is reset, and how often they send it in all: before an answer, and where half of
 * one comes. The others try one new connection, and only before an answer.
 */
const ATTEMPTS: readonly (readonly [userAgent: RegExp, attempts: number, attemptsAtBody: number])[] = [
  [/\bFirefox\//, 10, 1],
  [/urllib3|-python\b|\/python$/i, 4, 4],
  [/\bruby\b|Faraday/i, 2, 2],
];

/** Tells how requests were sent: over which connection, and by what. */
export interface TransportReader {
  /** Notes a request's connection. For each request once, whatever answers it: a browser's preflight uses a connection, too. */
  readonly note: (incoming: IncomingMessage) => void;
  /** @returns undefined where no request is sent but by the client itself. Hardly anybody asks: a function, to be called then */
  readonly read: (incoming: IncomingMessage, headers: RequestHead["headers"]) => () => Transport | undefined;
}

/** @see docs/scenarios.md#a-reset-that-nobody-sees, measured by test/transports/run.mjs */
export function createTransportReader(): TransportReader {
  const requests = new WeakMap<Socket, number>();
  return {
    note({ socket }) {
      requests.set(socket, (requests.get(socket) ?? 0) + 1);
    },
    read({ socket, httpVersion }, headers) {
      const isReused = (requests.get(socket) ?? 0) > 1;
      return () => {
        const userAgent = headers.get("user-agent") ?? "";
        // A proxy on the way may send again what its client does not.
        if (NEVER.test(userAgent) && proxySign(headers, httpVersion) === undefined) return undefined;
        const [, attempts = 1, attemptsAtBody = 1] = ATTEMPTS.find(([pattern]) => pattern.test(userAgent)) ?? [];
        return { isReused, attempts, attemptsAtBody };
      };
    },
  };
}
