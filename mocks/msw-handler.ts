import { type HttpHandler, HttpResponse, http, type RequestHandler } from "msw";
import type { OperationId, TaskLocator, TaskStatus } from "../src/contract/contract.js";
import { placeOf } from "../src/contract/operations.js";
import { idIn } from "../src/simulator/request-context.js";
import { type Address, routeAt } from "./msw-address.js";
import { type Door, noteOf, type Resolver } from "./msw-door.js";

/**
 * An MSW handler of one operation. MSW reads a path as a pattern, in which a colon, a plus or a star has another
 * meaning, so the handler compares addresses itself. It leaves a request to another address untouched: unread, and
 * unhandled for `onUnhandledRequest`.
 */
function handlerOf(
  address: Address,
  operation: OperationId,
  resolver: Resolver,
  method = placeOf(operation).method,
): HttpHandler {
  const { path } = placeOf(operation);
  const [, param = ""] = /\{([^{}]*)\}/.exec(path) ?? [];
  // MSW's console shows the path in its own form.
  const handler = http[method.toLowerCase() as "get"](address.text + path.replace(/\{([^{}]*)\}/, ":$1"), resolver);
  handler.parse = async ({ request }) => {
    const route = request.method === method ? routeAt(address, request) : undefined;
    const params = route && "id" in route ? { [param]: idIn(route) } : {};
    return { match: { matches: route?.operation === operation, params }, cookies: {} };
  };
  nameInConsole(handler);
  return handler;
}

/** MSW's console line of a request also has its scenario and state: `GET … (200 happy: PENDING)`. */
function nameInConsole(handler: RequestHandler): void {
  const log = handler.log;
  handler.log = async ({ request, response, parsedResult }) => {
    const note = noteOf(parsedResult.match.params);
    return log.call(handler, { request, response: note ? await withNote(response, note) : response, parsedResult });
  };
}

/**
 * MSW's console shows the status text behind the status, so the reason fits there; the app's own response has no such
 * text.
 */
async function withNote(response: Response, note: string): Promise<Response> {
  const { status, headers } = response;
  // A status text is printable Latin-1, and in a console's text a percent sign begins a directive.
  const statusText = note.replace(/[^ -$&-~]/g, "?");
  const body = await response.text().catch(() => "half of a body");
  return new Response(body || null, { status: status || 200, statusText, headers });
}

/** All handlers of a mock at an address. */
export function createHandlers(address: Address, { resolve, reset }: Door): readonly HttpHandler[] {
  const handlers = [
    handlerOf(address, "importFromUrl", resolve),
    handlerOf(address, "checkImportStatus", resolve),
    handlerOf(address, "checkImportStatus", resolve, "HEAD"),
    handlerOf(address, "deleteFile", resolve),
  ];
  for (const handler of handlers) followResets(handler, reset);
  return handlers;
}

/** A body of the contract, or a whole `Response`; undefined leaves the request to the mock. */
type Answer<Body> = Body | Response | undefined | Promise<Body | Response | undefined>;

export interface Overrides {
  readonly importFromUrl: (answer: (call: { readonly request: Request }) => Answer<TaskLocator>) => HttpHandler;
  readonly checkImportStatus: (
    answer: (call: { readonly request: Request; readonly taskId: string }) => Answer<TaskStatus>,
  ) => HttpHandler;
  readonly deleteFile: (
    answer: (call: { readonly request: Request; readonly fileId: string }) => Answer<never>,
  ) => HttpHandler;
}

/** @param address of the mock */
export function createOverrides(address: Address): Overrides {
  return {
    importFromUrl: (answer) =>
      handlerOf(address, "importFromUrl", async ({ request }) =>
        // A copy: an override may read the body and then leave the request to the mock.
        asResponse(202, await answer({ request: request.clone() })),
      ),
    checkImportStatus: (answer) =>
      handlerOf(address, "checkImportStatus", async ({ request, params }) =>
        asResponse(200, await answer({ request, taskId: String(params["taskId"]) })),
      ),
    deleteFile: (answer) =>
      handlerOf(address, "deleteFile", async ({ request, params }) =>
        asResponse(204, await answer({ request, fileId: String(params["fileId"]) })),
      ),
  };
}

function asResponse(status: number, answer: TaskLocator | TaskStatus | Response | undefined): Response | undefined {
  return answer === undefined || answer instanceof Response ? answer : HttpResponse.json(answer, { status });
}

/**
 * msw calls these methods of a handler when it is reset (from 2.13.6 on) or disposed (from 3 on), but has no event for
 * either.
 */
function followResets(handler: HttpHandler, reset: () => void): void {
  const told = handler as unknown as Partial<Record<"reset" | "dispose", (...args: unknown[]) => unknown>>;
  for (const name of ["reset", "dispose"] as const) {
    const original = told[name];
    if (original === undefined) continue;
    told[name] = function (this: unknown, ...args) {
      reset();
      return original.apply(this, args);
    };
  }
}
