import type { AddressInfo, Socket } from "node:net";
import { type HttpBindings, serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { deniedPermission } from "../src/denied-permission.js";
import { requireOptions } from "../src/options/require-options.js";
import type { Arrival } from "../src/simulator/answering.js";
import { splitSession } from "../src/simulator/choose-session.js";
import type { Account } from "../src/simulator/memory.js";
import {
  SIMULATOR_OPTIONS,
  type Simulator,
  type SimulatorOptions,
  type Snapshots,
  simulatorFrom,
} from "../src/simulator/simulator.js";
import { UserError } from "../src/user-error.js";
import { waitFor } from "../src/wait.js";
import type { Line } from "../src/wire.js";
import type { ControlChange } from "./control/api.js";
import { createControl } from "./control/control.js";
import { CONTROL_PATH } from "./control/document.js";
import { type GuardOptions, guardOf } from "./control/guard.js";
import type { Guess } from "./control/token.js";
import { frontPage, isFromWindow } from "./front-page.js";
import { createPrismDoor, type PrismDoorOptions } from "./prism.js";
import { type AddressOptions, createAddressReader, publicAddress, tidyAddress } from "./proxy/address.js";
import { createTransportReader } from "./transport.js";

export interface MockOptions extends SimulatorOptions, AddressOptions, Omit<PrismDoorOptions, "simulator"> {
  /** Default 4010; 0 takes a free one. */
  readonly port?: number;
  /** The address to listen on. Default 127.0.0.1: only this machine. */
  readonly host?: string;
  /** The control API under `/__mock`. Default: there, for this machine alone; `false` removes it. */
  readonly control?: GuardOptions | false;
  /** The sessions that it begins with, as `exportAll()` gives them; their time has passed since. Default: none was used. */
  readonly snapshot?: { readonly sessions: Snapshots };
  /** Called after each call of the control API that changed something. */
  readonly onControl?: (change: ControlChange) => void;
  /** Called for the first, second, fourth, eighth … of wrong control tokens that come without a quiet minute between them. */
  readonly onGuess?: (guess: Guess) => void;
  /** Called when memory of one kind is full: at the first eviction, the tenth, the hundredth and so on. */
  readonly onEvict?: (eviction: Eviction) => void;
  /**
   * How an answer that comes in drips waits between them, and one to a wrong control token before it is sent. Default: as long
   * as its scenario says, and up to five seconds.
   */
  readonly wait?: Line["wait"];
}

/** What was evicted so far, of all that is of its kind: `exchange`, `task`, `answer`, `session` or `event`. */
export type Eviction = Pick<Account, "kind" | "evicted">;

export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  readonly simulator: Simulator;
  /**
   * Where clients steer the mock, at its public address where it has one, and with which token, if one is demanded. Absent
   * where there is no control API.
   */
  readonly control?: { readonly url: string; readonly token?: string };
  /** Stops listening and drops open connections. */
  readonly close: () => Promise<void>;
}

const OPTIONS = {
  ...SIMULATOR_OPTIONS,
  port: true,
  host: true,
  publicUrl: true,
  trustProxy: true,
  control: true,
  snapshot: true,
  onControl: true,
  onGuess: true,
  onEvict: true,
  wait: true,
  errors: true,
  onExchange: true,
  onPreferred: true,
  onDefect: true,
} satisfies Record<keyof MockOptions, true>;

/**
 * How long a connection without requests stays open. Node's own five seconds reset clients that poll every six; what keeps
 * connections to a server open for a minute, as nginx and load balancers do, has to be the first to close them.
 */
const KEEP_ALIVE_MS = 65_000;

/** What a page on another origin may read. */
const EXPOSED = [
  "Retry-After",
  "sl-violations",
  "X-HubSpot-Correlation-Id",
  "X-HubSpot-RateLimit-Daily",
  "X-HubSpot-RateLimit-Daily-Remaining",
  "X-HubSpot-RateLimit-Interval-Milliseconds",
  "X-HubSpot-RateLimit-Max",
  "X-HubSpot-RateLimit-Remaining",
  "X-HubSpot-RateLimit-Secondly",
  "X-HubSpot-RateLimit-Secondly-Remaining",
  "X-Mock-Scenario",
];

/**
 * The mock on a port of its own, for any language and client.
 *
 * @throws UserError if the port is taken, the host is no address of this machine, or there is no option of a name that is
 *   given; as `restoreAll` does, for a snapshot
 * @example const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
 */
export async function startMock(options: MockOptions): Promise<Mock> {
  const { port = 4010, host = "127.0.0.1", trustProxy = false, now = Date.now, wait = waitFor } = options;
  requireOptions("startMock", options, OPTIONS);
  const publicUrl = options.publicUrl === undefined ? undefined : publicAddress(options.publicUrl);
  const readTransport = createTransportReader();
  const readAddress = createAddressReader({ ...options, ...(publicUrl !== undefined && { publicUrl }) });
  const simulator = simulatorFrom(options);
  simulator.memory.listeners.add(({ kind, evicted }) => {
    if (/^10*$/.test(`${evicted}`)) options.onEvict?.({ kind, evicted });
  });
  if (options.snapshot) simulator.restoreAll(options.snapshot.sessions, { isRestart: true });
  const guard = options.control === false ? undefined : guardOf(host, options.control);
  const control =
    guard &&
    createControl(simulator, {
      ...guard,
      trustProxy,
      now,
      wait,
      onGuess: (guess) => options.onGuess?.(guess),
      onChange: (change) => options.onControl?.(change),
      onDefect: (defect) => options.onDefect?.(defect),
    });
  const handle = await createPrismDoor({
    ...options,
    simulator,
    onDefect(defect) {
      control?.countDefect();
      options.onDefect?.(defect);
    },
  });
  const app = new Hono<{ Bindings: HttpBindings & { readonly arrival: Arrival } }>();
  app.use(
    cors({
      origin: (origin) => origin || "*",
      allowMethods: ["GET", "HEAD", "POST", "DELETE"],
      exposeHeaders: EXPOSED,
      credentials: true,
    }),
  );
  app.all("*", async ({ req: { raw }, env }) => {
    const reset = () => resetSocket(env.incoming.socket);
    // Aborts when the client goes, and when the server drops its connections.
    const { signal } = raw;
    const line = { signal, wait, reset: () => afterReading(reset) };
    const answer = await handle(raw, line, env.arrival);
    if (answer.type === "error") {
      reset();
      return RESPONSE_ALREADY_SENT;
    }
    // One Response of ours, whose headers the CORS middleware may write into.
    return new Response(answer.body, answer);
  });
  const respond: Parameters<typeof serve>[0]["fetch"] = (request, env) => {
    // Only HTTP/1 is served here.
    const bindings = env as HttpBindings;
    const { origin, prefix, path, search } = readAddress(request, bindings.incoming);
    const transport = readTransport(bindings.incoming, request.headers);
    // Before CORS: no page of another origin may read what stands here.
    if (control && `${path}/`.startsWith(`${CONTROL_PATH}/`)) {
      return control.app.fetch(readdressed(request, origin + path + search), { ...bindings, base: origin + prefix });
    }
    const inSession = splitSession(path);
    if (["", "/"].includes(inSession.path) && isFromWindow(request)) {
      const { token } = guard ?? {};
      const steered = { url: origin + prefix + CONTROL_PATH, ...(token !== undefined && { token }) };
      return frontPage(origin + prefix + inSession.prefix, guard && steered, inSession.name);
    }
    return app.fetch(readdressed(request, origin + prefix + path + search), {
      ...bindings,
      arrival: { prefix, ...(transport && { transport }), whenOver: (over) => whenOver(bindings.outgoing, over) },
    });
  };
  const server = serve({
    fetch: respond,
    port,
    hostname: host,
    overrideGlobalObjects: false,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 1000 },
  });
  // Before the adapter's own listener, which rejects what it does not find tidy.
  server.prependListener("request", tidyAddress);
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
  });
  const address = server.address() as AddressInfo;
  const url = `http://${hostIn(address)}:${address.port}`;
  const called = publicUrl ?? localUrl(url);
  return {
    url,
    simulator,
    ...(guard && {
      control: { url: called + CONTROL_PATH, ...(guard.token !== undefined && { token: guard.token }) },
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

/** Not at its close alone: that may come after the client's next request. */
function whenOver(outgoing: HttpBindings["outgoing"], over: () => void): void {
  let isOver = false;
  const end = () => {
    if (!isOver) over();
    isOver = true;
  };
  outgoing.once("finish", end).once("close", end);
}

function hostIn({ family, address }: AddressInfo): string {
  return family === "IPv6" ? `[${address}]` : address;
}

/** By which address this machine calls a mock: one that listens on every address is called on its own. */
export function localUrl(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}

/** A request at the address that its client called. A copy would have to take over its body, and cannot be a TRACE. */
function readdressed(request: Request, url: string): Request {
  return url === request.url ? request : Object.defineProperty(request, "url", { value: url });
}

/**
 * Gives a client the time to read what it has got. Of bytes and a reset that come together, a client in Node is told the
 * bytes and a proper end.
 */
function afterReading(reset: () => void): void {
  setTimeout(() => setImmediate(reset), 20);
}

/** Node's resetAndDestroy says a proper goodbye first, and a client that reads it never notices the reset. */
function resetSocket(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true }).destroy();
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const denied = deniedPermission(error);
  if (denied !== undefined) return new UserError("denied-permission", `${denied}.`);
  switch (error.code) {
    case "EADDRINUSE":
      return new UserError(
        "port-taken",
        `port ${port} is taken. Stop what listens there, or pass --port 0 for a free one.`,
      );
    case "EACCES":
      return new UserError("unusable-address", `port ${port} needs more rights. Pass a --port over 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new UserError("unusable-address", `${host} is no address of this machine. Pass --host 127.0.0.1.`);
    default:
      return new UserError(
        "unusable-address",
        `cannot listen on ${host}, port ${port}: ${error.message}. Pass --host 127.0.0.1.`,
      );
  }
}
