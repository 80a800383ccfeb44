import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { html } from "hono/html";
import { pathOf } from "../src/contract/operations.js";
import type { RequestHead } from "../src/exchange/request.js";
import { pageText } from "../src/report/page.js";
import { DEFAULT_SESSION, splitSession } from "../src/session/names.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { type ControlOptions, createControl } from "./control/api.js";
import { CONTROL_PATH } from "./control/operations.js";
import { PAGE_POLICY } from "./control/represent.js";
import { importCommand, pollCommand } from "./first-commands.js";
import { isForPeople, isOfControl } from "./incoming.js";
import type { Address, createAddressReader } from "./public-address.js";

/** Responds to a request of HubSpot's API. */
export type Respond = (
  request: RequestHead,
  address: Address,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => void;

/** Serves the control API, the front page, and requests whose address has to be normalized or rejected. */
export function createHonoListener({
  host,
  simulator,
  control,
  readAddress,
  answer,
}: {
  /** The address that the mock listens on. */
  readonly host: string;
  readonly simulator: Simulator;
  /** Absent without a control API. */
  readonly control: ControlOptions | undefined;
  readonly readAddress: ReturnType<typeof createAddressReader>;
  readonly answer: Respond;
}): RequestListener {
  const app = control && createControl(simulator, control);

  function respond(request: Request, { incoming, outgoing }: HttpBindings) {
    const address = readAddress(request, incoming);
    const { origin, prefix, path, search } = address;
    // Without CORS: pages of other origins must not read the control API.
    if (app && isOfControl(path)) {
      const bindings = { incoming, outgoing, base: origin + prefix };
      return app.fetch(readdressed(request, origin + path + search), bindings);
    }
    if (!isForPeople(request, path)) {
      // A host such as 1270.0.0.1 is invalid.
      if (!URL.canParse(request.url)) return new Response(null, { status: 400 });
      answer(request, address, incoming, outgoing);
      return RESPONSE_ALREADY_SENT;
    }
    const { prefix: inSession, name = DEFAULT_SESSION } = splitSession(path);
    if (!app) return frontPage(origin + prefix + inSession);
    return new Response(null, { status: 302, headers: { Location: `${prefix}${CONTROL_PATH}/#/${name}/tasks` } });
  }

  return getRequestListener(
    // Only HTTP/1 is served here.
    (request, bindings) => respond(request, bindings as HttpBindings),
    { hostname: host, overrideGlobalObjects: false },
  );
}

/** Sets a request's URL to the one that its client used. A copy would need the body's stream, and cannot be a TRACE. */
function readdressed(request: Request, url: string): Request {
  return url === request.url ? request : Object.defineProperty(request, "url", { value: url });
}

/**
 * Renders the page at the root of a mock without a control API, where HubSpot has nothing.
 *
 * @param base the mock's address as the client used it, without a trailing slash
 */
function frontPage(base: string): Response {
  const commands = [importCommand(base), pollCommand(base, "last")];
  const body = html`<header><p class="target">hubspot-import-kit</p>
<h1>A mock of HubSpot's import from a URL</h1>
<p>It responds to <code>${pathOf("importFromUrl")}</code> as HubSpot does, with tasks that change state. No file is fetched or stored.</p></header>
<main>
<section><h2>Try it</h2>
<pre>${commands.join("\n")}</pre></section>
</main>`;
  return new Response(pageText({ title: "HubSpot import mock", body }), {
    headers: {
      "Content-Type": "text/html;charset=utf-8",
      "Content-Security-Policy": PAGE_POLICY,
      "X-Content-Type-Options": "nosniff",
      Vary: "Accept",
    },
  });
}
