import type { IHttpRequest } from "@stoplight/prism-http";
import type { IHttpResponse } from "@stoplight/prism-http/dist/types.js";
import { normalizePath, pathOf, VERSIONS, versionOf } from "../../src/contract/operations.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import type { Body, RequestHead } from "../../src/exchange/request.js";
import { splitSession } from "../../src/session/names.js";
import { withoutPrefix } from "../../src/simulator/request-context.js";
import { createPrism } from "./components.js";
import { operationsJson } from "./operations.gen.js";
import { asViolation, type Found } from "./violation.js";

/**
 * Validates an exchange by Prism.
 *
 * @param prefix the part of the address before the API's path
 * @returns undefined if Prism does not know the operation
 */
export async function findViolations(
  request: RequestHead,
  body: Body,
  exchange: Exchange,
  prefix?: string,
): Promise<Found> {
  const input = prismRequest(request, body, prefix);
  const output = prismResponse(exchange);
  const result = await createPrism(() => output).request(input, candidates(await prismOperations(), input))();
  if (result._tag === "Left") return undefined;
  const { input: ofRequest, output: ofResponse } = result.right.validations;
  const isJudged = request.method !== "HEAD" && exchange.response.status !== 0;
  return {
    request: ofRequest.map((diagnostic) => asViolation("request", diagnostic, input.body)),
    response: isJudged ? ofResponse.map((diagnostic) => asViolation("response", diagnostic, output.body)) : [],
  };
}

/**
 * Returns the operations of the request's version and method. With those of all versions, Prism's router took half of a
 * verdict's time.
 */
function candidates(operations: Operations, { method, url }: IHttpRequest): Operations {
  const version = versionOf(url.path);
  return operations.filter((one) => one.method === method && versionOf(one.path) === version);
}

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

/**
 * Converts a request to Prism's form. Prism crashes on some malformed headers and paths, and reads some values differently
 * from a server; these are normalized so that Prism's verdict is right.
 *
 * @param body the parsed body
 * @param prefix the part of the address before the API's path
 */
export function prismRequest(request: RequestHead, body: Body, prefix = ""): IHttpRequest {
  const { pathname, searchParams } = new URL(request.url);
  // HTTP defines HEAD as GET without a body.
  const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
  // Other operations have no body, so one is ignored.
  const content = method === "post" ? contentOf(body) : undefined;
  return {
    method: method as IHttpRequest["method"],
    url: {
      // The path may be empty after a session's prefix.
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

/** Encodes all segments of a path. Replaces commas: Prism reads an id with a comma as a list. */
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
  // The scheme's name is case-insensitive in HTTP, but not in Prism.
  if (authorization !== undefined) headers["authorization"] = authorization.replace(/^bearer\b/i, "Bearer");
  if (accept !== undefined && !accept.split(",").every((part) => isMediaType(part))) delete headers["accept"];
  // A body with a JSON type was parsed as JSON, even if the type's parameters are malformed.
  const isJson = kind === "json" || kind === "not-json";
  if (contentType !== undefined && isJson) headers["content-type"] = "application/json";
  else if (contentType !== undefined) headers["content-type"] = readableType(contentType);
  if (!hasContent) delete headers["content-type"];
  delete headers["transfer-encoding"];
  headers["content-length"] = hasContent ? "1" : "0";
  return headers;
}

/** A media type or range with well-formed parameters. */
const MEDIA_TYPE =
  /^\s*[\w!#$&^.+-]+\/([\w!#$&^.+-]+|\*)\s*(;\s*[\w-]+=("[^"]*"|[\w.+-]+)\s*)*$|^\s*\*\/\*\s*(;\s*q=[\d.]+\s*)?$/;

function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}

/** Returns a Content-Type that Prism can read; an invalid one becomes the type of arbitrary bytes. */
function readableType(contentType: string): string {
  return isMediaType(contentType) ? contentType : "application/octet-stream";
}

type Operations = Parameters<ReturnType<typeof createPrism>["request"]>[1];

let operations: Promise<Operations> | undefined;

/**
 * Returns the contract's operations in Prism's form, with compiled validators. Created once per process: it takes 80 ms, and
 * a test suite starts hundreds of mocks.
 */
export function prismOperations(): Promise<Operations> {
  operations ??= readOperations();
  return operations;
}

async function readOperations(): Promise<Operations> {
  const read = createOperations();
  for (const [request, response] of WARM_UP) await createPrism(() => response).request(request, read)();
  return read;
}

/**
 * Creates the operations of all versions from those of one. They share their schemas, and so the validators that Prism
 * compiles for each.
 */
export function createOperations(): Operations {
  const ofFirst = JSON.parse(operationsJson) as Operations;
  return VERSIONS.flatMap((version) =>
    ofFirst.map((one) => ({ ...one, path: one.path.replace(`/${VERSIONS[0]}/`, `/${version}/`) })),
  );
}

/** The first request of an operation compiles its validators: 80 ms that no client should wait for. */
const headers = { authorization: "Bearer warm-up", "content-type": "application/json", "content-length": "1" };
const json = { "Content-Type": "application/json" };
const WARM_UP: readonly (readonly [IHttpRequest, IHttpResponse])[] = [
  [
    {
      method: "post",
      url: { path: pathOf("importFromUrl") },
      headers,
      body: { url: "u", access: "PRIVATE", folderId: "1" },
    },
    { statusCode: 202, headers: json, body: {} },
  ],
  [
    {
      method: "get",
      url: { path: pathOf("checkImportStatus", "warm-up") },
      headers: { authorization: "Bearer warm-up" },
    },
    { statusCode: 200, headers: json, body: {} },
  ],
];
