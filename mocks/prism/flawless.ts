import { PROSE } from "../../src/contract/validate.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import type { RequestHead } from "../../src/exchange/request.js";
import { evictOldest } from "../../src/lru.js";
import * as generated from "./flawless.gen.js";

type Validate = (value: unknown) => boolean;

/** The numbers refer to validators. */
interface Generated {
  readonly declared: Readonly<Record<string, Operation>>;
  readonly declaredHeaders: readonly string[];
}

interface Operation {
  readonly body?: number;
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly body?: number;
  readonly page?: number;
  readonly headers: number;
}

const { declared, declaredHeaders, ...validators } = generated as unknown as Generated &
  Readonly<Record<string, Validate>>;

/**
 * Whether Prism would certainly find no violation: the exchange has the plainest form, and is valid by validators generated
 * from Prism's reading of the contract. All other exchanges are passed to Prism. A poll that need not be takes a twentieth
 * of the time (npm run bench).
 */
export function isFlawless(exchange: Exchange, sent: RequestHead["headers"]): boolean {
  const { operation, request, response, violations } = exchange;
  // If a version is switched off, there is nothing to judge.
  if (operation === undefined) return exchange.isUnjudged === true;
  if (violations.some(({ keyword }) => keyword !== PROSE)) return false;
  if (!PLAIN_PATH.test(request.path) || !BEARER.test(sent.get("authorization") ?? "")) return false;
  const { body, responses } = declared[operation] as Operation;
  if (body !== undefined) {
    if (!JSON_TYPE.test(sent.get("content-type") ?? "") || !validatorOf(body)(request.body)) return false;
  }
  // Prism's verdict is not used for responses to HEAD, and for those that are never sent (status 0).
  return request.method === "HEAD" || response.status === 0 || isFlawlessResponse(exchange, responses[response.status]);
}

function isFlawlessResponse({ operation, response }: Exchange, declaredOne: Response | undefined): boolean {
  const { headers, body } = response;
  if (declaredOne === undefined) return false;
  // A name in another case may be that of a declared header.
  for (const name in headers) if (!NAMES.has(name)) return false;
  if (!validatorOf(declaredOne.headers)(headers)) return false;
  const { "Content-Type": type } = headers;
  if (type === undefined) return declaredOne.body === undefined && body === "";
  if (JSON_TYPE.test(type)) return declaredOne.body !== undefined && isValid(declaredOne.body, body, operation);
  return declaredOne.page !== undefined && type === PAGE_TYPE && validatorOf(declaredOne.page)(body);
}

const PLAIN_PATH = /^[\w./~-]+$/;
const BEARER = /^Bearer [!-~]+$/;
const PAGE_TYPE = "text/html;charset=utf-8";
const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

function validatorOf(number: number): Validate {
  return validators[`at${number}`] as Validate;
}

const NAMES = new Set([...declaredHeaders, "Content-Type", "Date", "Retry-After", "X-Mock-Scenario"]);

/** Valid bodies by their validators: after the end of a task, each poll returns the same bytes. */
const known = new Map<number, Set<string>>();
const MAX_KNOWN = 1000;
/** Longer bodies are not cached, to limit memory. */
const MAX_CHARACTERS = 4000;

function isValid(validator: number, text: string, operation: Exchange["operation"]): boolean {
  // Responses to imports are always different, so they are not cached.
  if (operation === "importFromUrl") return isValidJson(validatorOf(validator), text);
  const texts = known.get(validator) ?? new Set();
  known.set(validator, texts);
  if (texts.has(text)) return true;
  if (!isValidJson(validatorOf(validator), text)) return false;
  if (text.length > MAX_CHARACTERS) return true;
  texts.add(text);
  evictOldest(texts, MAX_KNOWN);
  return true;
}

function isValidJson(validate: Validate, text: string): boolean {
  try {
    return validate(JSON.parse(text));
  } catch {
    return false;
  }
}
