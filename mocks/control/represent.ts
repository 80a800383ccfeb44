import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { jsonText } from "../../src/report/printable.js";
import type { Route } from "./document.js";
import type { Renderers } from "./view/texts.js";

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
export function represent(
  context: Context,
  { id, types }: Route,
  answer: object,
  {
    parts,
    renderers,
  }: { readonly parts: { readonly path: unknown; readonly query: unknown }; readonly renderers: Renderers },
): Response {
  const { format } = parts.query as { readonly format?: string };
  const asked = format === undefined ? undefined : FORMATS[format];
  const type = asked ?? accepts(context, { header: "Accept", supports: [...types], default: JSON_TYPE });
  const render = renderers[id]?.[type];
  if (render) {
    const text = render(answer as never, parts.path as { readonly session: string });
    return context.body(text, 200, { "Content-Type": `${type};charset=utf-8` });
  }
  const isIndented = isForPerson(context.req.raw.headers) && !FOR_FILES.includes(id);
  return context.body(jsonFor(answer, isIndented), 200, { "Content-Type": JSON_TYPE });
}

/** JSON that ends with a line end, so that a prompt does not stand behind it. */
export function jsonFor(value: object, isIndented: boolean): string {
  return isIndented ? jsonText(value) : `${JSON.stringify(value)}\n`;
}

/** Whether a person reads the answer as it is: in a browser's window, or of curl, which asks for nothing else by itself. */
export function isForPerson(headers: Headers): boolean {
  const accept = headers.get("accept") ?? "*/*";
  return /\btext\/(html|plain|markdown)\b/.test(accept) || (accept === "*/*" && isCurl(headers));
}

function isCurl(headers: Headers): boolean {
  return /^curl\//i.test(headers.get("user-agent") ?? "");
}
