import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { splitSession } from "../src/simulator/choose-session.js";
import type { RequestHead } from "../src/simulator/request-head.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { CONTROL_PATH } from "./control/base.js";
import { type ControlOptions, createControl } from "./control/control.js";
import { frontPage } from "./front-page.js";
import { isForPeople, isOfControl } from "./incoming.js";
import type { Address, createAddressReader } from "./proxy/address.js";

/** Answers a request of HubSpot's API that came at an address. */
export type Answer = (
  request: RequestHead,
  address: Address,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) => void;

/** Serves what is for people, the control API and the front page, and requests whose address has to be put right or rejected. */
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
  /** Absent where there is no control API. */
  readonly control: ControlOptions | undefined;
  readonly readAddress: ReturnType<typeof createAddressReader>;
  readonly answer: Answer;
}): RequestListener {
  const app = control && createControl(simulator, control);

  function respond(request: Request, { incoming, outgoing }: HttpBindings) {
    const address = readAddress(request, incoming);
    const { origin, prefix, path, search } = address;
    // Without CORS: no page of another origin may read what stands here.
    if (app && isOfControl(path)) {
      const bindings = { incoming, outgoing, base: origin + prefix };
      return app.fetch(readdressed(request, origin + path + search), bindings);
    }
    if (!isForPeople(request, path)) {
      // A host such as 1270.0.0.1 is no name and no address.
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

/** A request at the address that its client called. A copy would have to take over its body, and cannot be a TRACE. */
function readdressed(request: Request, url: string): Request {
  return url === request.url ? request : Object.defineProperty(request, "url", { value: url });
}
