import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Line } from "../src/exchange/wire.js";
import type { Account } from "../src/session/memory.js";
import { SIMULATOR_OPTIONS, Simulator, type SimulatorOptions, type Snapshots } from "../src/simulator/simulator.js";
import { waitFor } from "../src/time.js";
import { deniedPermission, requireOptions, UserError } from "../src/user-error.js";
import type { ControlChange } from "./control/api.js";
import { countExchanges, createEventLog } from "./control/event-log.js";
import { type GuardOptions, type Guess, guardOf } from "./control/guard.js";
import { CONTROL_PATH } from "./control/operations.js";
import type { Answer } from "./hono-listener.js";
import { createTransportReader, isForPeople, isOfControl, plainRequest, readIncoming } from "./incoming.js";
import { send, sendFailure, sendPreflight, whenOver } from "./outgoing.js";
import { createPrismDoor, type PrismDoorOptions } from "./prism/door.js";
import { type AddressOptions, createAddressReader, publicAddress, tidyAddress } from "./public-address.js";

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
const TIMEOUTS = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 1000 };

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
  const transports = createTransportReader();
  const readAddress = createAddressReader({ ...options, ...(publicUrl !== undefined && { publicUrl }) });
  const simulator = new Simulator(options);
  simulator.memory.listeners.add(({ kind, evicted }) => {
    if (/^10*$/.test(`${evicted}`)) options.onEvict?.({ kind, evicted });
  });
  if (options.snapshot) simulator.restoreAll(options.snapshot.sessions, { isRestart: true });
  const guard = options.control === false ? undefined : guardOf(host, options.control);
  const counts = countExchanges(simulator);
  function onDefect(defect: string): void {
    counts.defects += 1;
    options.onDefect?.(defect);
  }
  function fail(error: unknown, { method, url }: IncomingMessage, outgoing: ServerResponse): void {
    onDefect(`while answering ${method} ${url}: ${(error as Error).stack}`);
    sendFailure({ outgoing });
  }
  const door = createPrismDoor({ ...options, simulator, onDefect });
  const answer: Answer = (request, { origin, prefix, path, search }, incoming, outgoing) => {
    if (request.method === "OPTIONS") return sendPreflight(incoming, outgoing);
    const called = { method: request.method, url: origin + prefix + path + search, headers: request.headers };
    const transport = transports.read(incoming, request.headers);
    const arrival = {
      prefix,
      address: { origin, path },
      transport,
      whenOver: (over: () => void) => whenOver(outgoing, over),
    };
    const way = { incoming, outgoing, wait, onFailure: (error: unknown) => fail(error, incoming, outgoing) };
    readIncoming(incoming, called, (body) => {
      const response = door(called, body, arrival);
      if (response instanceof Promise) void response.then((late) => send(late, way));
      else send(response, way);
    });
  };
  const control = guard && {
    ...guard,
    counts,
    events: createEventLog(simulator),
    trustProxy,
    now,
    wait,
    onGuess: (guess: Guess) => options.onGuess?.(guess),
    onChange: (change: ControlChange) => options.onControl?.(change),
    onDefect: (defect: string) => options.onDefect?.(defect),
  };
  let listener: RequestListener | undefined;
  let loading: Promise<unknown> | undefined;
  const serve: RequestListener = (incoming, outgoing) => {
    try {
      tidyAddress(incoming);
      const request = plainRequest(incoming);
      const address = request && readAddress(request, incoming);
      // Requests of one connection are answered in their order.
      const isOurs = address && !(loading && !listener) && !isForPeople(request, address.path);
      if (isOurs && !(guard && isOfControl(address.path))) answer(request, address, incoming, outgoing);
      else if (listener) listener(incoming, outgoing);
      else void load().then(() => serve(incoming, outgoing));
    } catch (error) {
      fail(error, incoming, outgoing);
    }
  };
  /** Loads what serves people, with the first request that needs it: most mocks see none, and Hono takes its time. */
  function load(): Promise<unknown> {
    loading ??= import("./hono-listener.js").then(({ createHonoListener }) => {
      listener = createHonoListener({ host, simulator, control, readAddress, answer });
    });
    return loading;
  }
  const server = createServer(TIMEOUTS, (incoming, outgoing) => {
    transports.note(incoming);
    serve(incoming, outgoing);
  });
  server.listen(port, host);
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
        server.closeAllConnections();
      }),
  };
}

function hostIn({ family, address }: AddressInfo): string {
  return family === "IPv6" ? `[${address}]` : address;
}

/** By which address this machine calls a mock: one that listens on every address is called on its own. */
export function localUrl(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
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
