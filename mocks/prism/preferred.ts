import { createInstance, type IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";
import {
  NO_RESPONSE_DEFINED,
  NOT_ACCEPTABLE,
  NOT_FOUND,
  SCHEMA_TOO_COMPLEX,
  UNPROCESSABLE_ENTITY,
} from "@stoplight/prism-http/dist/mocker/errors.js";
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
  const body = ProblemJsonError.toProblemJson(asProblem(error));
  const headers = { "Content-Type": "application/problem+json" };
  return new Response(JSON.stringify(body), { status: body.status, headers });
}

function definedOnly<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** Some problems Prism's mocker gives as a mere text, which would be 500. */
function asProblem(error: Error): Error {
  const kind = KINDS.find(({ type }) => error.message.startsWith(`${PROBLEMS}#${type}:`));
  return kind ? ProblemJsonError.fromTemplate(kind) : error;
}

const KINDS = [NOT_ACCEPTABLE, NOT_FOUND, NO_RESPONSE_DEFINED, UNPROCESSABLE_ENTITY, SCHEMA_TOO_COMPLEX];
const PROBLEMS = "https://stoplight.io/prism/errors";
