import { type HttpHandler, http, type RequestHandler } from "msw";
import { filePath, IMPORT_PATH, type OperationId, statusPath } from "../../src/contract/operation.js";
import { idIn } from "../../src/simulator/call.js";
import { type Address, routeAt } from "./address.js";
import { type Door, noteOf, type Resolver } from "./door.js";
import { followResets } from "./follow-resets.js";

/** How each operation is asked for, and how MSW's console is to show where. */
const PLACES = {
  importFromUrl: { method: "post", path: IMPORT_PATH, param: "" },
  checkImportStatus: { method: "get", path: statusPath(":taskId"), param: "taskId" },
  deleteFile: { method: "delete", path: filePath(":fileId"), param: "fileId" },
} as const satisfies Record<OperationId, unknown>;

/**
 * An MSW handler of one operation. MSW reads a path as a pattern, where a colon, a plus or a star of an address means
 * something else; so the handler compares addresses itself. A request that is none of its own stays as it is: unread, and
 * unhandled for `onUnhandledRequest`.
 */
export function handlerOf(
  address: Address,
  operation: OperationId,
  resolver: Resolver,
  method: "post" | "get" | "delete" | "head" = PLACES[operation].method,
): HttpHandler {
  const { path, param } = PLACES[operation];
  const handler = http[method](address.text + path, resolver);
  const verb = method.toUpperCase();
  handler.parse = async ({ request }) => {
    const route = request.method === verb ? routeAt(address, request) : undefined;
    const params = route && "id" in route ? { [param]: idIn(route) } : {};
    return { match: { matches: route?.operation === operation, params }, cookies: {} };
  };
  nameInConsole(handler);
  return handler;
}

/** MSW's console line of a request names its scenario and state, too: `GET … (200 happy: PENDING)`. */
function nameInConsole(handler: RequestHandler): void {
  const log = handler.log;
  handler.log = async ({ request, response, parsedResult }) => {
    const note = noteOf(parsedResult.match.params);
    return log.call(handler, { request, response: note ? await withNote(response, note) : response, parsedResult });
  };
}

/** MSW's console shows a status text behind the status: there the note has room, and the app's own response has none. */
async function withNote(response: Response, note: string): Promise<Response> {
  const { status, headers } = response;
  // A status text is printable Latin, and in a console's text a percent sign begins a directive.
  const statusText = note.replace(/[^ -$&-~]/g, "?");
  const body = await response.text().catch(() => "half of a body");
  return new Response(body || null, { status: status || 200, statusText, headers });
}

/** All that a mock answers at an address. */
export function createHandlers(address: Address, { resolve, reset }: Door): readonly HttpHandler[] {
  const handlers = [
    handlerOf(address, "importFromUrl", resolve),
    handlerOf(address, "checkImportStatus", resolve),
    handlerOf(address, "checkImportStatus", resolve, "head"),
    handlerOf(address, "deleteFile", resolve),
  ];
  for (const handler of handlers) followResets(handler, reset);
  return handlers;
}
