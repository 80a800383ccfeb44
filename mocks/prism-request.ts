import type { IHttpRequest } from "@stoplight/prism-http";
import { withoutDoubledSlashes } from "../src/contract/operation.js";
import { MAX_BODY_BYTES } from "../src/simulator/read-body.js";

/**
 * A request in Prism's form. Each of these ends a stock Prism and is put right on the way, in a manner that leaves
 * Prism's verdict what it should be: a path that is no percent-encoding, an Accept or Content-Type that is no media
 * type. HEAD is judged as GET, as HTTP has it.
 *
 * @param request is cloned: its body can still be read
 */
export async function prismRequest(request: Request): Promise<IHttpRequest> {
  const { pathname, searchParams } = new URL(request.url);
  const text = request.body === null ? "" : await request.clone().text();
  const isTooLarge = text.length > MAX_BODY_BYTES;
  const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
  return {
    method: method as IHttpRequest["method"],
    url: { path: decodable(withoutDoubledSlashes(pathname)), query: queryOf(searchParams) },
    headers: headersOf(request, isTooLarge ? "" : text),
    body: text === "" || isTooLarge ? undefined : bodyOf(text),
  };
}

/** A percent sign that begins no valid sequence stands for itself. */
function decodable(path: string): string {
  return path
    .split("/")
    .map((segment) => {
      try {
        decodeURIComponent(segment);
        return segment;
      } catch {
        return segment.replaceAll("%", "%25");
      }
    })
    .join("/");
}

function queryOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

const MEDIA_TYPE = /^\s*[\w!#$&^.+-]+\/[\w!#$&^.+*-]+\s*(;[\x20-\x7e]*)?$/;

function headersOf(request: Request, text: string): Record<string, string> {
  const headers = Object.fromEntries(request.headers);
  const { accept, authorization } = headers;
  // The scheme's name is case-insensitive in HTTP; Prism compares it by letter.
  if (authorization !== undefined) headers["authorization"] = authorization.replace(/^bearer\b/i, "Bearer");
  if (accept !== undefined && !accept.split(",").every((part) => part.trim() === "*" || MEDIA_TYPE.test(part))) {
    delete headers["accept"];
  }
  const contentType = headers["content-type"];
  if (contentType !== undefined && !MEDIA_TYPE.test(contentType)) headers["content-type"] = "application/octet-stream";
  if (text === "") delete headers["content-type"];
  delete headers["transfer-encoding"];
  headers["content-length"] = String(text.length);
  return headers;
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
