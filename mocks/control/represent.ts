import { STATUS_CODES } from "node:http";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { jsonText } from "../../src/text.js";
import { UserError, type UserErrorCode } from "../../src/user-error.js";
import type { Route } from "./document.js";
import { type ProblemCode, Rejected, type Schemas } from "./operations.js";
import type { Renderers } from "./texts.js";

/** What the answers under `/__mock` depend on beside the address. */
export const VARY = "Accept, User-Agent";

/** A page that needs nothing but itself. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const JSON_TYPE = "application/json";

/** What `?format=` calls the types. */
const FORMATS: Readonly<Record<string, string>> = {
  json: JSON_TYPE,
  text: "text/plain",
  markdown: "text/markdown",
  html: "text/html",
};

/** They go into a file and back again: indented, a large one would no longer fit into an import. */
const FOR_FILES: readonly Route["id"][] = ["exportMock", "exportSession"];

/**
 * An answer in the type that `?format=` or `Accept` asks for, of those that the document declares; JSON where it says nothing.
 *
 * @param parts the request's own, checked
 */
export async function represent(
  context: Context,
  { id, types }: Route,
  answer: object,
  {
    parts,
    renderers,
  }: { readonly parts: { readonly path: unknown; readonly query: unknown }; readonly renderers: Renderers },
): Promise<Response> {
  const { format } = parts.query as { readonly format?: string };
  const asked = format === undefined ? undefined : FORMATS[format];
  const type = asked ?? accepts(context, { header: "Accept", supports: [...types], default: JSON_TYPE });
  const render = renderers[id]?.[type];
  if (render) {
    const text = await render(answer as never, parts.path as { readonly session: string });
    return context.body(text, 200, { "Content-Type": `${type};charset=utf-8` });
  }
  const isIndented = isForPerson(context.req.raw.headers) && !FOR_FILES.includes(id);
  return context.body(jsonFor(answer, isIndented), 200, { "Content-Type": JSON_TYPE });
}

/** JSON that ends with a line end, so that a prompt does not stand behind it. */
function jsonFor(value: object, isIndented: boolean): string {
  return isIndented ? jsonText(value) : `${JSON.stringify(value)}\n`;
}

/** Whether a person reads the answer as it is: in a browser's window, or of curl, which asks for nothing else by itself. */
function isForPerson(headers: Headers): boolean {
  const accept = headers.get("accept") ?? "*/*";
  return /\btext\/(html|plain|markdown)\b/.test(accept) || (accept === "*/*" && isCurl(headers));
}

function isCurl(headers: Headers): boolean {
  return /^curl\//i.test(headers.get("user-agent") ?? "");
}

/** The problem that a client gets for whatever was thrown; undefined for a bug of ours. */
export function problemOf(error: unknown): Schemas["Problem"] | undefined {
  if (error instanceof Rejected) return problem(error.code, STATUS_OF[error.code], error.detail, error.errors);
  if (error instanceof UserError) return problem(error.code, statusOf(error.code), error.message);
  return undefined;
}

/** A bug is reported without its stack, which is for whoever runs the mock. */
export const BUG: Schemas["Problem"] = problem(
  "bug",
  500,
  "This is a bug of hubspot-import-kit. Please report it with the stack trace from the mock's standard error.",
);

/** @param asked the request's own headers: who reads it decides how it is written */
export function problemResponse(
  body: Schemas["Problem"],
  asked: Headers,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(jsonFor(body, isForPerson(asked)), {
    status: body.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...headers },
  });
}

const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  "ambiguous-task": 409,
  bug: 500,
  "forbidden-host": 403,
  "forbidden-origin": 403,
  "forbidden-proxy": 403,
  "invalid-request": 400,
  "too-large": 413,
  "unknown-route": 404,
  "wrong-content-type": 415,
  "wrong-method": 405,
  "wrong-token": 401,
};

const CONFLICTS: readonly UserErrorCode[] = ["no-change", "task-ended", "task-started"];

function statusOf(code: UserErrorCode): number {
  if (code.startsWith("unknown-")) return 404;
  return CONFLICTS.includes(code) ? 409 : 400;
}

function problem(
  code: string,
  status: number,
  detail: string,
  errors: Schemas["Problem"]["errors"] = [],
): Schemas["Problem"] {
  return { type: `urn:hubspot-import-kit:${code}`, title: STATUS_CODES[status] ?? "Error", status, detail, errors };
}
