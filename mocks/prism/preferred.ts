import { versionOf } from "../../src/contract/operations.js";
import type { SentResponse } from "../../src/exchange/exchange.js";
import type { Body, RequestHead } from "../../src/exchange/request.js";
import { PRISM_CONFIG } from "./components.js";
import { prismOperations, prismRequest } from "./judge.js";
import {
  getHttpConfigFromRequest,
  NO_RESPONSE_DEFINED,
  NOT_ACCEPTABLE,
  NOT_FOUND,
  ProblemJsonError,
  SCHEMA_TOO_COMPLEX,
  stock,
  UNPROCESSABLE_ENTITY,
} from "./mocker.js";

/**
 * Returns Prism's response from the contract's examples, or its problem+json. Loaded with the first such request.
 *
 * @param prefix the part of the address before the API's path
 * @param versions those that are not switched off; undefined for all
 */
export async function respondPreferred(
  request: RequestHead,
  received: Body,
  { prefix, versions }: { readonly prefix?: string | undefined; readonly versions?: readonly string[] | undefined },
): Promise<SentResponse> {
  const input = prismRequest(request, received, prefix);
  const preferred = getHttpConfigFromRequest(input);
  if (preferred._tag === "Left") return problem(preferred.left);
  // Prism's mocker writes into the mock config, so each request gets a separate one.
  const mock = { dynamic: false, ...definedOnly(preferred.right) };
  const all = await prismOperations();
  const operations = versions ? all.filter(({ path }) => versions.includes(versionOf(path) ?? "")) : all;
  const result = await stock.request(input, operations, { ...PRISM_CONFIG, mock })();
  if (result._tag === "Left") return problem(result.left);
  const { statusCode, headers = {}, body } = result.right.output;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const lowerCase = Object.fromEntries(new Headers(headers));
  return { status: statusCode, headers: lowerCase, body: statusCode === 204 ? "" : (text ?? "") };
}

function problem(error: Error): SentResponse {
  const body = ProblemJsonError.toProblemJson(asProblem(error));
  const headers = { "content-type": "application/problem+json" };
  return { status: body.status, headers, body: JSON.stringify(body) };
}

function definedOnly<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** Converts errors that Prism's mocker reports only by their message, which would become status 500. */
function asProblem(error: Error): Error {
  const kind = KINDS.find(({ type }) => error.message.startsWith(`${PROBLEMS}#${type}:`));
  return kind ? ProblemJsonError.fromTemplate(kind) : error;
}

const KINDS = [NOT_ACCEPTABLE, NOT_FOUND, NO_RESPONSE_DEFINED, UNPROCESSABLE_ENTITY, SCHEMA_TOO_COMPLEX];
const PROBLEMS = "https://stoplight.io/prism/errors";
