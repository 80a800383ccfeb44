import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { html } from "hono/html";
import { pathOf } from "../src/contract/operations.js";
import type { RequestHead } from "../src/exchange/request.js";
import { pageText } from "../src/report/page.js";
import { splitSession } from "../src/session/session-name.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { type ControlOptions, createControl } from "./control/api.js";
import { CONTROL_PATH } from "./control/operations.js";
import { PAGE_POLICY } from "./control/represent.js";
import { type ControlAccess, importCommand, lookCommand, pollCommand } from "./first-commands.js";
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
    const inSession = splitSession(path);
    const { token } = control ?? {};
    const steered = { url: origin + prefix + CONTROL_PATH, ...(token !== undefined && { token }) };
    return frontPage(origin + prefix + inSession.prefix, control && steered, inSession.name);
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
 * Renders the page at the mock's root, where HubSpot has nothing.
 *
 * @param base the mock's address as the client used it, without a trailing slash
 * @param control absent without a control API
 * @param session the name of the session that the address belongs to
 */
export function frontPage(base: string, control: ControlAccess | undefined, session = "default"): Response {
  const commands = [
    importCommand(base),
    pollCommand(base, "last"),
    ...(control ? [lookCommand(control, `/sessions/${session}/tasks?format=text`)] : []),
  ];
  const at = `${control?.url}/sessions/${session}`;
  const body = html`<header><p class="target">hubspot-import-kit</p>
<h1>A mock of HubSpot's import from a URL</h1>
<p>It responds to <code>${pathOf("importFromUrl")}</code> as HubSpot does, with tasks that change state. No file is fetched or stored.</p></header>
<main>
<section><h2>Try it</h2>${control?.token !== undefined && html`<p>First set the control token: <code>export IMPORT_KIT_CONTROL_TOKEN=TOKEN</code></p>`}
<pre>${commands.join("\n")}</pre></section>
${
  control &&
  html`<section><h2>Inspect it</h2><ul>
<li><a href="${control.url}/">The control API</a>, and its <a href="${control.url}/openapi.yaml">document</a></li>
<li><a href="${at}/tasks?format=text">Tasks</a> and <a href="${at}/journal?format=text">requests</a> of the session ${session}</li>
<li><a href="${control.url}/sessions">All sessions</a></li>
<li><a href="${control.url}/conduct">How clients behaved</a></li></ul></section>`
}
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
