import type { IHttpRequest } from "@stoplight/prism-http/dist/types.js";
import { type Exchange, toResponse } from "../src/exchange.js";
import type { Arrival } from "../src/simulator/answering.js";
import { type Body, readBody } from "../src/simulator/read-body.js";
import type { Simulator } from "../src/simulator/simulator.js";
import type { Line } from "../src/wire.js";
import { createPrism } from "./prism/components.js";
import { defectsOf } from "./prism/defects.js";
import { readableType } from "./prism/media-type.js";
import { prismOperations } from "./prism/operations.js";
import { prismRequest } from "./prism/request.js";
import { asViolation, headerText, type PrismViolation } from "./prism/violation.js";

export interface PrismDoorOptions {
  readonly simulator: Simulator;
  /** Answer 500 where the mock's answer breaks the contract. Default false: it is only reported. */
  readonly errors?: boolean;
  /** Called after each answer that the simulator gave. */
  readonly onExchange?: (exchange: Exchange, violations: readonly PrismViolation[]) => void;
  /** Called after each answer that Prism gave alone, because the request says `Prefer`. */
  readonly onPreferred?: (request: Request, status: number) => void;
  /** Called when the mock itself is wrong: it broke the contract undeclared, or Prism and the simulator disagree. */
  readonly onDefect?: (defect: string) => void;
}

/** Answers a request; `line` is the way to the client, on which an answer may go wrong. */
export type PrismDoor = (request: Request, line?: Line, arrival?: Arrival) => Promise<Response>;

/**
 * The simulator behind Prism: Prism routes, checks security, and validates each request and each answer against
 * the contract. A request with `Prefer: code=…, example=…` or `dynamic=true` is answered by Prism alone.
 *
 * @returns a function from a request to its answer, which never throws for anything in the request
 * @see docs/prism.md
 */
export async function createPrismDoor(options: PrismDoorOptions): Promise<PrismDoor> {
  const { simulator, errors = false, onExchange, onPreferred, onDefect } = options;
  const operations = await prismOperations();

  /** Prism routes, checks and asks our component; where it knows no such operation, the component is asked directly. */
  async function throughPrism({ request, body, arrival }: Received, input: IHttpRequest) {
    let begun: ReturnType<Simulator["begin"]> | undefined;
    const answer = () => {
      begun ??= simulator.begin(request, body, arrival);
      return begun;
    };
    const prism = createPrism(() => prismResponse(answer().exchange));
    const result = await prism.request(input, operations)();
    if (result._tag === "Left") return { ...answer(), found: undefined };
    const { input: ofRequest, output: ofResponse } = result.right.validations;
    const answered = prismResponse(answer().exchange).body;
    const isJudged = request.method !== "HEAD" && answer().exchange.response.status !== 0;
    const found = {
      request: ofRequest.map((diagnostic) => asViolation("request", diagnostic, input.body)),
      response: isJudged ? ofResponse.map((diagnostic) => asViolation("response", diagnostic, answered)) : [],
    };
    return { ...answer(), found };
  }

  async function handle(received: Received, line: Line): Promise<Response> {
    const { request, body, arrival } = received;
    const input = prismRequest(request, body, arrival.prefix);
    if (/\b(code|example|dynamic)\s*=/.test(request.headers.get("prefer") ?? "")) {
      const { answerPreferred } = await import("./prism/preferred.js");
      const preferred = await answerPreferred(input);
      const { status, headers } = preferred;
      const text = await preferred.text();
      const response = { status, headers: Object.fromEntries(headers), body: text };
      simulator.witness(request, body, { response, effect: "Prism's example" }, arrival);
      onPreferred?.(request, status);
      return new Response(text === "" ? null : text, { status, headers });
    }
    const { exchange, keep, found } = await throughPrism(received, input);
    const defects = defectsOf(exchange, found);
    for (const defect of defects) onDefect?.(`${exchange.request.method} ${exchange.request.path}: ${defect.message}`);
    const violations = [...(found?.request ?? []), ...(found?.response ?? []), ...defects];
    const broken = found?.response.filter(({ severity }) => severity === "Error") ?? [];
    const isRefused = errors && broken.length > 0;
    const answered = keep(isRefused ? { response: refused(exchange, broken), effect: "--errors" } : undefined);
    onExchange?.(answered, violations);
    const { headers } = answered.response;
    const told = violations.length > 0 ? { ...headers, "sl-violations": headerText(violations) } : headers;
    return toResponse({ ...answered.response, headers: told }, line);
  }

  return async (request, line = { signal: request.signal }, arrival = {}) => {
    let body: Body;
    try {
      body = await readBody(request);
    } catch {
      // The client went away while it was sending. Nobody reads this answer.
      return new Response(null, { status: 400 });
    }
    try {
      return await handle({ request, body, arrival }, line);
    } catch (error) {
      onDefect?.(`while answering ${request.method} ${request.url}: ${(error as Error).stack}`);
      return toResponse(internalError, line);
    }
  };
}

/** A request whose body is read. */
interface Received {
  readonly request: Request;
  readonly body: Body;
  readonly arrival: Arrival;
}

/** What a client is answered where the mock itself fails: as from HubSpot, for its error handling should cope. */
const internalError = {
  status: 500,
  headers: { "Content-Type": "application/json;charset=utf-8" },
  body: JSON.stringify({
    status: "error",
    message: "internal error",
    correlationId: "00000000-0000-7000-8000-000000000000",
    category: "INTERNAL_ERROR",
  }),
};

function prismResponse({ response }: Exchange) {
  const { status, headers, body } = response;
  const readable = Object.entries(headers).map(([name, value]) => [
    name,
    name.toLowerCase() === "content-type" ? readableType(value) : value,
  ]);
  return { statusCode: status, headers: Object.fromEntries(readable), body: parsed(body, headers["Content-Type"]) };
}

function parsed(body: string, contentType: string | undefined): unknown {
  if (contentType === undefined) return undefined;
  if (!contentType.startsWith("application/json")) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function refused({ response }: Exchange, broken: readonly PrismViolation[]): Exchange["response"] {
  const body = {
    status: "error",
    message: "The mock's answer breaks the contract, and --errors is set. Its violations are listed in errors.",
    correlationId: response.headers["X-HubSpot-Correlation-Id"],
    errors: [...new Map(broken.map((one) => [`${one.location} ${one.message}`, one])).values()].map(
      ({ location, message }) => ({ message, code: "CONTRACT_VIOLATION", in: location.join(".") }),
    ),
    category: "INTERNAL_ERROR",
  };
  const headers = { ...response.headers, "Content-Type": "application/json;charset=utf-8" };
  return { status: 500, headers, body: JSON.stringify(body) };
}
