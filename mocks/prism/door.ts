import type { Exchange, SentResponse } from "../../src/exchange/exchange.js";
import type { Body, RequestHead } from "../../src/exchange/request.js";
import type { Arrival, Begun } from "../../src/simulator/dispatch.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { isFlawless } from "./flawless.js";
import { defectsOf, headerText, type PrismViolation } from "./violation.js";

export interface PrismDoorOptions {
  readonly simulator: Pick<Simulator, "begin" | "witness">;
  /** Like the simulator's option. */
  readonly apiVersions?: readonly string[];
  /** Respond with a 500 if the mock's response breaks the contract. Default false: it is only reported. */
  readonly errors?: boolean;
  /** Called after each response of the simulator. */
  readonly onExchange?: (exchange: Exchange, violations: readonly PrismViolation[]) => void;
  /** Called after each response of Prism's own, which a request gets by its header `Prefer`. */
  readonly onPreferred?: (request: RequestHead, status: number) => void;
  /**
   * Called for a defect of the mock: it broke the contract without declaring it, or Prism and the simulator disagree.
   */
  readonly onDefect?: (defect: string) => void;
}

/** Responds to a request whose body is read: at once, unless Prism has to judge it. */
export type PrismDoor = (request: RequestHead, body: Body, arrival?: Arrival) => SentResponse | Promise<SentResponse>;

/**
 * The simulator behind Prism: Prism routes, checks security, and validates each request and each response against
 * the contract. A request with `Prefer: code=…, example=…` or `dynamic=true` gets its response from Prism alone.
 *
 * Prism is loaded and run only for an exchange that may have a violation: most are certainly valid.
 *
 * @returns a function from a request to its response; no request makes it throw
 * @see docs/prism.md
 */
export function createPrismDoor(options: PrismDoorOptions): PrismDoor {
  const { simulator, apiVersions, errors = false, onExchange, onPreferred, onDefect } = options;

  /**
   * The last request that Prism judges. Requests that begin meanwhile are stored after it: a journal is in order of
   * time.
   */
  let pending: Promise<unknown> | undefined;

  function handle(request: RequestHead, body: Body, arrival: Arrival): SentResponse | Promise<SentResponse> {
    const preference = request.headers.get("prefer");
    if (preference !== null && /\b(code|example|dynamic)\s*=/.test(preference)) {
      return inTurn(() => prefer(request, body, arrival));
    }
    const begun = simulator.begin(request, body, arrival);
    if (!isFlawless(begun.exchange, request.headers)) return inTurn(() => judge(request, body, arrival, begun));
    return pending ? inTurn(() => keep(begun)) : keep(begun);
  }

  function inTurn(answer: () => SentResponse | Promise<SentResponse>): Promise<SentResponse> {
    const turn = (pending ?? Promise.resolve()).then(answer);
    const over = turn.then(
      () => {},
      () => {},
    );
    pending = over;
    void over.then(() => {
      if (pending === over) pending = undefined;
    });
    return turn;
  }

  function keep(begun: Begun): SentResponse {
    const kept = begun.keep();
    onExchange?.(kept.entry(), []);
    return kept.exchange.response;
  }

  async function prefer(request: RequestHead, body: Body, arrival: Arrival): Promise<SentResponse> {
    const { respondPreferred } = await import("./preferred.js");
    const response = await respondPreferred(request, body, { prefix: arrival.prefix, versions: apiVersions });
    simulator.witness(request, body, { response, effect: "Prism's example" }, arrival);
    onPreferred?.(request, response.status);
    return response;
  }

  async function judge(request: RequestHead, body: Body, { prefix }: Arrival, begun: Begun): Promise<SentResponse> {
    const { exchange, keep } = begun;
    const { findViolations } = await import("./judge.js");
    const found = await findViolations(request, body, exchange, prefix);
    const defects = defectsOf(exchange, found);
    for (const defect of defects) onDefect?.(`${exchange.request.method} ${exchange.request.path}: ${defect.message}`);
    const violations = [...(found?.request ?? []), ...(found?.response ?? []), ...defects];
    const broken = found?.response.filter(({ severity }) => severity === "Error") ?? [];
    const isRefused = errors && broken.length > 0;
    const kept = keep(isRefused ? { response: refused(exchange, broken), effect: "--errors" } : undefined);
    onExchange?.(kept.entry(), violations);
    const { response } = kept.exchange;
    if (violations.length === 0) return response;
    return { ...response, headers: { ...response.headers, "sl-violations": headerText(violations) } };
  }

  function failed({ method, url }: RequestHead, error: unknown): SentResponse {
    onDefect?.(`while answering ${method} ${url}: ${(error as Error).stack}`);
    return INTERNAL_ERROR;
  }

  return (request, body, arrival = {}) => {
    try {
      const answer = handle(request, body, arrival);
      return answer instanceof Promise ? answer.catch((error) => failed(request, error)) : answer;
    } catch (error) {
      return failed(request, error);
    }
  };
}

/** The response if the mock itself fails: like HubSpot's, since the client's error handling should cope with it. */
export const INTERNAL_ERROR = {
  status: 500,
  headers: { "Content-Type": "application/json;charset=utf-8" },
  body: JSON.stringify({
    status: "error",
    message: "internal error",
    correlationId: "00000000-0000-7000-8000-000000000000",
    category: "INTERNAL_ERROR",
  }),
};

function refused({ response }: Exchange, broken: readonly PrismViolation[]): SentResponse {
  const body = {
    status: "error",
    message: "The mock's response breaks the contract, and --errors is set. Its violations are listed in errors.",
    correlationId: response.headers["X-HubSpot-Correlation-Id"],
    errors: [...new Map(broken.map((one) => [`${one.location} ${one.message}`, one])).values()].map(
      ({ location, message }) => ({ message, code: "CONTRACT_VIOLATION", in: location.join(".") }),
    ),
    category: "INTERNAL_ERROR",
  };
  const headers = { ...response.headers, "Content-Type": "application/json;charset=utf-8" };
  return { status: 500, headers, body: JSON.stringify(body) };
}
