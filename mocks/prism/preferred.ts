import { createInstance, type IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import { logger, PRISM_CONFIG } from "./components.js";
import { prismOperations } from "./operations.js";

const stock = createInstance({ ...PRISM_CONFIG, mock: { dynamic: false } }, { logger });

/** Prism's own answer from the contract's examples, problem+json included. Loaded with the first request that asks for it. */
export async function answerPreferred(input: IHttpRequest): Promise<Response> {
  const preferred = getHttpConfigFromRequest(input);
  if (preferred._tag === "Left") return problem(preferred.left);
  // Prism's mocker writes into the mock config, so each request gets one of its own.
  const mock = { dynamic: false, ...definedOnly(preferred.right) };
  const result = await stock.request(input, await prismOperations(), { ...PRISM_CONFIG, mock })();
  if (result._tag === "Left") return problem(result.left);
  const { statusCode, headers = {}, body } = result.right.output;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(statusCode === 204 ? null : (text ?? null), { status: statusCode, headers });
}

function problem(error: Error): Response {
  const body = ProblemJsonError.toProblemJson(error);
  const headers = { "Content-Type": "application/problem+json" };
  return new Response(JSON.stringify(body), { status: body.status, headers });
}

function definedOnly<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
