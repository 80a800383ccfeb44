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
   * What happens to a request that breaks the contract, besides being recorded. Default `respond`: it gets HubSpot's 400.
   * `throw` fails it as a network error would, where the app's own error handling might hide the 400.
   */
  readonly onViolation?: "respond" | "throw" | ((exchange: Exchange) => void);
  /** How an answer that comes in drips waits between them. Default: as long as its scenario says. */
  readonly wait?: Line["wait"];
  /**
   * How a body that breaks off fails: in the middle, or as a network error of the whole call. Default `mid-body` where a
   * stream reaches the app. Choose `network-error` where somebody reads it first, as `@msw/playwright` does.
   */
  readonly cut?: "mid-body" | "network-error";
}

/** Answers a request; `params` has the id of its path, decoded. */
export type Resolver = (call: {
  readonly request: Request;
  readonly params: Readonly<Record<string, unknown>>;
}) => Promise<Response | undefined>;

/** What MSW's handlers do. */
export interface Door {
  readonly resolve: Resolver;
  readonly reset: () => void;
}

/** What was answered, by the parameters of its request: MSW gives them to its log, too. */
const answered = new WeakMap<object, Exchange>();

/** Why a request was answered as it was, such as `happy: PENDING`; undefined where the mock did not answer it. */
export function noteOf(params: object): string | undefined {
  const exchange = answered.get(params);
  return exchange && noteFrom(exchange);
}

function noteFrom({ request, taskId, scenario, state, effect, violations }: Exchange): string {
  if (violations.length > 0) return `breaks the contract: ${violations.map(violationText).join("; ")}`;
  const shown = [state ?? (request.method === "POST" && taskId && "a new task"), effect].filter(Boolean).join(", ");
  return [scenario?.name, shown].filter(Boolean).join(": ");
}

/** The way from MSW's handlers to a simulator. @throws UserError `invalid-option` */
export function createDoor(simulator: Simulator, options: DoorOptions = {}): Door {
  const { onViolation = "respond", wait = waitFor, cut = canStream() ? "mid-body" : "network-error" } = options;
  if (!["respond", "throw"].includes(onViolation as string) && typeof onViolation !== "function") {
    throw badOption("onViolation", onViolation, "respond, throw or a function");
  }
  if (!["mid-body", "network-error"].includes(cut)) throw badOption("cut", cut, "mid-body or network-error");
  warnInProduction();
  const waiting = new Set<AbortController>();

  /** Ends with its call, or when the mock is reset. `AbortSignal.any` is missing in Safari 17.3, Chrome 115 and jsdom 20. */
  function signalOf(request: Request): AbortSignal {
    const controller = new AbortController();
    waiting.add(controller);
    const end = () => {
      waiting.delete(controller);
      controller.abort();
    };
    // Older React Natives give a request no signal.
    const signal = request.signal as AbortSignal | undefined;
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
      // Most calls are polls, and a poll has no body to wait for.
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
      // Only an answer that goes wrong on its way waits for anything: bench:msw keeps its budget by that.
      return toResponse(response, { signal: response.wire ? signalOf(request) : request.signal, wait });
    },
    reset() {
      simulator.reset();
      // Calls that were never to be answered end as those of a server that is stopped.
      for (const controller of waiting) controller.abort();
      waiting.clear();
    },
  };
}

/** What is left of an answer whose client learns of a cut alone. */
const RESET = { response: { status: 0, headers: {}, body: "", wire: { kind: "reset" } } } as const;

/** How a request breaks the contract, in a line. */
export function brokenRequest({ request, violations }: Exchange): string {
  return `${request.method} ${request.path} breaks the contract: ${violations.map(violationText).join("; ")}`;
}

/**
 * Whether a body's stream reaches the app. React Native has none. In a page MSW transfers it to its service worker, which
 * Safari cannot do: MSW then reads the whole body first, and a body that breaks off would never be answered.
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

/** As bundlers replace it, letter by letter. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

let isWarned = false;

/**
 * Warns, once, where users would get a mock in place of HubSpot: in a bundle for production, or under
 * `NODE_ENV=production`. Vitest and Jest set `NODE_ENV=test`.
 */
function warnInProduction(): void {
  if (isWarned || !isProduction()) return;
  isWarned = true;
  console.warn(
    '[hubspot-import-kit] The mock runs in production, so no file is imported into HubSpot. Start it only in development, as in if (import.meta.env.DEV) await import("./mock"). See docs/frameworks.',
  );
}

/** `typeof process` would keep a bundle's mock silent: there the name is replaced, and the global missing. */
function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === "production";
  } catch {
    // A page without a bundler, or Deno without --allow-env.
    return false;
  }
}

/** A page that MSW's service worker serves can be reloaded in mid-flight; a test's simulated page cannot. */
export function pageStorage(): Storage | undefined {
  try {
    return typeof navigator !== "undefined" && "serviceWorker" in navigator ? globalThis.sessionStorage : undefined;
  } catch {
    // A frame without an origin of its own, or a browser that blocks the site's data.
    return undefined;
  }
}
