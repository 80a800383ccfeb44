import type { IHttpRequest } from "@stoplight/prism-http";
import { normalizePath } from "../../src/contract/operation.js";
import { splitSession } from "../../src/simulator/choose-session.js";
import { withoutPrefix } from "../../src/simulator/place.js";
import type { Body } from "../../src/simulator/read-body.js";
import type { RequestHead } from "../../src/simulator/request-head.js";
import { isMediaType, readableType } from "./media-type.js";

/**
 * A request in Prism's form. A stock Prism process can end at malformed values of headers and paths, and some values it
 * reads otherwise than a server would; both are put right here, in a manner that leaves Prism's verdict what it should be.
 *
 * @param body what was read of the request already
 * @param prefix what the address has before the API's path
 */
export function prismRequest(request: RequestHead, body: Body, prefix = ""): IHttpRequest {
  const { pathname, searchParams } = new URL(request.url);
  // HEAD is judged as GET, as HTTP has it.
  const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
  // A body on a call that takes none means nothing.
  const content = method === "post" ? contentOf(body) : undefined;
  return {
    method: method as IHttpRequest["method"],
    url: {
      // Behind a session's prefix there may be nothing, which is no path.
      path: plainPath(normalizePath(splitSession(withoutPrefix(pathname, prefix)).path)) || "/",
      query: queryOf(searchParams),
    },
    headers: headersOf(request, body, content !== undefined),
    body: content,
  };
}

function contentOf(body: Body): unknown {
  switch (body.kind) {
    case "json":
      return body.value;
    case "not-json":
    case "wrong-type":
      return "no JSON";
    case "empty":
    case "too-large":
      return undefined;
  }
}

/** A path that is percent-encoded throughout. Prism takes a comma in an id for the end of a list's item. */
function plainPath(path: string): string {
  return path
    .split("/")
    .map((segment) => {
      try {
        return encodeURIComponent(decodeURIComponent(segment)).replaceAll("%2C", "-");
      } catch {
        return segment.replaceAll("%", "%25").replaceAll(",", "-");
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

function headersOf(request: RequestHead, { kind }: Body, hasContent: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => {
    headers[name] = value;
  });
  const { accept, authorization, "content-type": contentType } = headers;
  // The scheme's name is case-insensitive in HTTP; Prism compares it by letter.
  if (authorization !== undefined) headers["authorization"] = authorization.replace(/^bearer\b/i, "Bearer");
  if (accept !== undefined && !accept.split(",").every((part) => isMediaType(part))) delete headers["accept"];
  // Where the type alone says JSON, and its parameters cannot be read, it was read as JSON.
  const isJson = kind === "json" || kind === "not-json";
  if (contentType !== undefined && isJson) headers["content-type"] = "application/json";
  else if (contentType !== undefined) headers["content-type"] = readableType(contentType);
  if (!hasContent) delete headers["content-type"];
  delete headers["transfer-encoding"];
  headers["content-length"] = hasContent ? "1" : "0";
  return headers;
}
