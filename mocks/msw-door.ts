import { violationText } from "../src/contract/validate.js";
import { type Exchange, toResponse } from "../src/exchange/exchange.js";
import { mayHaveBody, NO_BODY, readBody } from "../src/exchange/request.js";
import { breaksOff, type Line } from "../src/exchange/wire.js";
import { badOption } from "../src/session/worlds.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { waitFor } from "../src/time.js";
import { UserError } from "../src/user-error.js";

export interface DoorOptions {
  /**
   * The reaction to a request that breaks the contract; it is also recorded. Default `respond`: it gets HubSpot's 400.
   * `throw` fails it like a network error, in case the app's own error handling hides the 400.
   */
  readonly onViolation?: "respond" | "throw" | ((exchange: Exchange) => void);
  /** Waits between the pieces of a response that is sent slowly. Default: as long as its scenario says. */
  readonly wait?: Line["wait"];
  /**
   * How a cut body fails: in the middle, or as a network error of the whole request. Default `mid-body` if a stream
   * reaches the app. Choose `network-error` if other code reads the stream first, as `@msw/playwright` does.
   */
  readonly cut?: "mid-body" | "network-error";
}

/** Responds to a request; `params` has the id of its path, decoded. */
export type Resolver = (call: {
  readonly request: Request;
  readonly params: Readonly<Record<string, unknown>>;
}) => Promise<Response | undefined>;

/** What MSW's handlers use. */
export interface Door {
  readonly resolve: Resolver;
  readonly reset: () => void;
}

/** The responses, by the parameters of their request, which MSW also passes to its log. */
const answered = new WeakMap<object, Exchange>();

/** Returns the reason for a response, such as `happy: PENDING`; undefined if the mock did not respond. */
export function noteOf(params: object): string | undefined {
  const exchange = answered.get(params);
  return exchange && noteFrom(exchange);
}

function noteFrom({ request, taskId, scenario, state, effect, violations }: Exchange): string {
  if (violations.length > 0) return `breaks the contract: ${violations.map(violationText).join("; ")}`;
  const shown = [state ?? (request.method === "POST" && taskId && "a new task"), effect].filter(Boolean).join(", ");
  return [scenario?.name, shown].filter(Boolean).join(": ");
}

/** Connects MSW's handlers to a simulator. @throws UserError `invalid-option` */
export function createDoor(simulator: Simulator, options: DoorOptions = {}): Door {
  const { onViolation = "respond", wait = waitFor, cut = canStream() ? "mid-body" : "network-error" } = options;
  if (!["respond", "throw"].includes(onViolation as string) && typeof onViolation !== "function") {
    throw badOption("onViolation", onViolation, "respond, throw or a function");
  }
  if (!["mid-body", "network-error"].includes(cut)) throw badOption("cut", cut, "mid-body or network-error");
  warnInProduction();
  const waiting = new Set<AbortController>();

  /**
   * Aborts when its request ends, or when the mock is reset. `AbortSignal.any` is missing in Safari 17.3, Chrome 115
   * and jsdom 20.
   */
  function signalOf(request: Request): AbortSignal {
    const controller = new AbortController();
    waiting.add(controller);
    // In older React Natives, a request has no signal.
    const signal = request.signal as AbortSignal | undefined;
    const end = () => {
      waiting.delete(controller);
      controller.abort(signal?.reason);
    };
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
    return controller.signal;
  }

  return {
    async resolve({ request, params }) {
      if (request.bodyUsed || request.body?.locked) {
        console.warn(
          `[hubspot-import-kit] Another handler has read the body of ${request.method} ${request.url}, so the mock does not respond. Create one mock per address, and read request.clone() in other handlers.`,
        );
        return undefined;
      }
      // Most requests are polls, which have no body to wait for.
      const begun = simulator.begin(request, mayHaveBody(request) ? await readBody(request) : NO_BODY);
      const isLost = cut === "network-error" && breaksOff(begun.exchange.response);
      const kept = begun.keep(isLost ? { ...RESET, effect: begun.exchange.effect ?? "wire reset" } : undefined);
      const { exchange } = kept;
      answered.set(params, exchange);
      if (exchange.violations.length > 0) {
        if (onViolation === "throw") throw new UserError("contract-violation", brokenRequest(exchange));
        if (onViolation !== "respond") onViolation(kept.entry());
      }
      const { response } = exchange;
      // Only a response with a network fault waits for anything: bench:msw limits what a poll may cost.
      return toResponse(response, { signal: response.wire ? signalOf(request) : request.signal, wait });
    },
    reset() {
      // Also the sessions that requests named by their token or scenario.
      simulator.resetAll();
      // Requests that never get a response, or a whole body, end like those of a stopped server.
      for (const controller of waiting) controller.abort(new TypeError("The connection was reset."));
      waiting.clear();
    },
  };
}

/** The rest of a response whose client only notices that it is cut. */
const RESET = { response: { status: 0, headers: {}, body: "", wire: { kind: "reset" } } } as const;

/** Renders how a request breaks the contract, in a line. */
export function brokenRequest({ request, violations }: Exchange): string {
  return `${request.method} ${request.path} breaks the contract: ${violations.map(violationText).join("; ")}`;
}

/**
 * Whether a body's stream reaches the app. React Native has no streams. In a page, MSW transfers the stream to its
 * service worker, which Safari cannot do: MSW then reads the whole body first, and a cut body would never end.
 */
function canStream(): boolean {
  if (typeof ReadableStream === "undefined") return false;
  if (typeof navigator === "undefined" || !("serviceWorker" in navigator)) return true;
  try {
    const stream = new ReadableStream();
    const { port1 } = new MessageChannel();
    port1.postMessage(stream, [stream]);
    port1.close();
    return true;
  } catch {
    return false;
  }
}

/** In exactly the form that bundlers replace. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

let isWarned = false;

/**
 * Warns once if users would get a mock in place of HubSpot: in a bundle for production, or under `NODE_ENV=production`.
 * Vitest and Jest set `NODE_ENV=test`.
 */
function warnInProduction(): void {
  if (isWarned || !isProduction()) return;
  isWarned = true;
  console.warn(
    '[hubspot-import-kit] The mock runs in production, so no file is imported into HubSpot. Start it only in development, as in if (import.meta.env.DEV) await import("./mock"). See docs/frameworks.',
  );
}

/** With `typeof process`, a bundle would never warn: bundlers replace the name, and the global is missing. */
function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === "production";
  } catch {
    // A page without a bundler, or Deno without --allow-env.
    return false;
  }
}

/** A page with MSW's service worker can be reloaded while a task runs; a test's simulated page cannot. */
export function pageStorage(): Storage | undefined {
  try {
    return typeof navigator !== "undefined" && "serviceWorker" in navigator ? globalThis.sessionStorage : undefined;
  } catch {
    // A frame with an opaque origin, or a browser that blocks the site's data.
    return undefined;
  }
}
