import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestHead } from "../src/exchange/request.js";
import type { Line } from "../src/exchange/wire.js";
import { requireValues } from "../src/schema-error.js";
import type { Account } from "../src/session/memory.js";
import { SIMULATOR_OPTIONS, Simulator, type SimulatorOptions, type Snapshots } from "../src/simulator/simulator.js";
import { waitFor } from "../src/time.js";
import { deniedPermission, requireOptions, UserError } from "../src/user-error.js";
import type { ControlChange, ControlOptions } from "./control/api.js";
import { type Counts, countExchanges, createEventLog } from "./control/event-log.js";
import { type Guard, type GuardOptions, type Guess, guardOf } from "./control/guard.js";
import { CONTROL_PATH } from "./control/operations.js";
import { createTransportReader, isForPeople, isOfControl, plainRequest, readIncoming } from "./incoming.js";
import { validateOptions } from "./options.gen.js";
import { send, sendFailure, sendPreflight, whenOver } from "./outgoing.js";
import { createPrismDoor, type PrismDoor, type PrismDoorOptions } from "./prism/door.js";
import {
  type Address,
  type AddressOptions,
  createAddressReader,
  publicAddress,
  tidyAddress,
} from "./public-address.js";

export interface MockOptions extends SimulatorOptions, AddressOptions, Omit<PrismDoorOptions, "simulator"> {
  /** Default 4010; 0 chooses a free one. */
  readonly port?: number;
  /** The address to listen on. Default 127.0.0.1: only this machine. */
  readonly host?: string;
  /** The control API under `/__mock`. Default: there, for this machine alone; `false` removes it. */
  readonly control?: GuardOptions | false;
  /**
   * The sessions that it begins with, as `exportAll()` returns them; their clocks have run since then. Default: none.
   */
  readonly snapshot?: { readonly sessions: Snapshots };
  /** Called after each request to the control API that changed something. */
  readonly onControl?: (change: ControlChange) => void;
  /** Called for the first, second, fourth, eighth … wrong control token, until none came for a minute. */
  readonly onGuess?: (guess: Guess) => void;
  /** Called when memory of one kind is full: at the first eviction, the tenth, the hundredth and so on. */
  readonly onEvict?: (eviction: Eviction) => void;
  /**
   * Waits between the pieces of a response that is sent slowly, and before the response to a wrong control token.
   * Default: as long as the scenario says, and up to five seconds.
   */
  readonly wait?: Line["wait"];
}

/** How many of a kind were evicted so far: `exchange`, `task`, `answer`, `session` or `event`. */
export type Eviction = Pick<Account, "kind" | "evicted">;

export interface Mock {
  /** Its address, such as `http://127.0.0.1:4010`, without a trailing slash. */
  readonly url: string;
  readonly simulator: Simulator;
  /**
   * The address of the control API, below the mock's public address if it has one, and the token that it requires. Absent
   * without a control API.
   */
  readonly control?: { readonly url: string; readonly token?: string };
  /** Stops listening and closes open connections. */
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
 * How long a connection without requests stays open. Node's own five seconds reset clients that poll every six. Proxies
 * such as nginx and load balancers keep connections for a minute and must be the first to close them.
 */
const KEEP_ALIVE_MS = 65_000;
const TIMEOUTS = { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 1000 };

/**
 * The mock on its own port, for any language and client.
 *
 * @throws UserError if the port is taken, the host is not an address of this machine, or an option has an unknown name or
 *   a wrong value; as `restoreAll` does, for a snapshot
 * @example const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
 */
export async function startMock(options: MockOptions): Promise<Mock> {
  requireOptions("startMock", options, OPTIONS);
  requireValues("startMock", options, validateOptions);
  const { port = 4010, host = "127.0.0.1" } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : publicAddress(options.publicUrl);
  const simulator = simulatorFrom(options);
  const guard = options.control === false ? undefined : guardOf(host, options.control);
  const door = new ServerDoor(simulator, { ...options, host, guard, ...(publicUrl !== undefined && { publicUrl }) });
  const server = createServer(TIMEOUTS, (incoming, outgoing) => door.receive(incoming, outgoing));
  const url = await listen(server, port, host);
  const { token } = guard ?? {};
  const controlUrl = (publicUrl ?? localUrl(url)) + CONTROL_PATH;
  return {
    url,
    simulator,
    ...(guard && { control: { url: controlUrl, ...(token !== undefined && { token }) } }),
    close: () => close(server),
  };
}

function simulatorFrom(options: MockOptions): Simulator {
  const simulator = new Simulator(options);
  simulator.memory.listeners.add(({ kind, evicted }) => {
    if (/^10*$/.test(`${evicted}`)) options.onEvict?.({ kind, evicted });
  });
  if (options.snapshot) simulator.restoreAll(options.snapshot.sessions, { isRestart: true });
  return simulator;
}

/** @returns the server's address, without a trailing slash */
async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
  });
  const address = server.address() as AddressInfo;
  return `http://${hostIn(address)}:${address.port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface ServerDoorOptions extends Omit<MockOptions, "control"> {
  readonly host: string;
  /** Absent without a control API. */
  readonly guard: Guard | undefined;
}

/** Passes each request to its responder: HubSpot's API to the simulator behind Prism, the rest to Hono. */
class ServerDoor {
  readonly #simulator: Simulator;
  readonly #options: ServerDoorOptions;
  readonly #wait: NonNullable<MockOptions["wait"]>;
  readonly #readAddress: ReturnType<typeof createAddressReader>;
  readonly #transports = createTransportReader();
  readonly #counts: Counts;
  readonly #prism: PrismDoor;
  readonly #control: ControlOptions | undefined;
  #hono: RequestListener | undefined;
  #loading: Promise<unknown> | undefined;

  constructor(simulator: Simulator, options: ServerDoorOptions) {
    this.#simulator = simulator;
    this.#options = options;
    this.#wait = options.wait ?? waitFor;
    this.#readAddress = createAddressReader(options);
    this.#counts = countExchanges(simulator);
    this.#prism = createPrismDoor({ ...options, simulator, onDefect: (defect) => this.#report(defect) });
    this.#control = options.guard && this.#controlWith(options.guard);
  }

  #controlWith(guard: Guard): ControlOptions {
    const { trustProxy = false, now = Date.now, onGuess, onControl, onDefect } = this.#options;
    return {
      ...guard,
      counts: this.#counts,
      events: createEventLog(this.#simulator),
      trustProxy,
      now,
      wait: this.#wait,
      onGuess,
      onChange: onControl,
      onDefect,
    };
  }

  receive(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.#transports.note(incoming);
    this.#serve(incoming, outgoing);
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    try {
      tidyAddress(incoming);
      const request = plainRequest(incoming);
      const address = request && this.#readAddress(request, incoming);
      // A connection's requests get their responses in order: while Hono loads for one of them, all wait.
      const isLoading = this.#loading !== undefined && !this.#hono;
      const isOfApi = address && !isLoading && !isForPeople(request, address.path);
      const isPlain = isOfApi && !(this.#control && isOfControl(address.path));
      if (isPlain) this.#respond(request, address, incoming, outgoing);
      else if (this.#hono) this.#hono(incoming, outgoing);
      else void this.#loadHono().then(() => this.#serve(incoming, outgoing));
    } catch (error) {
      this.#fail(error, incoming, outgoing);
    }
  }

  /** Hono takes long to load, and most mocks never need it: it is loaded with the first request for it. */
  #loadHono(): Promise<unknown> {
    this.#loading ??= import("./hono-listener.js").then(({ createHonoListener }) => {
      this.#hono = createHonoListener({
        host: this.#options.host,
        simulator: this.#simulator,
        control: this.#control,
        readAddress: this.#readAddress,
        answer: (...request) => this.#respond(...request),
      });
    });
    return this.#loading;
  }

  #respond(request: RequestHead, address: Address, incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (request.method === "OPTIONS") {
      sendPreflight(incoming, outgoing);
      return;
    }
    const called = { method: request.method, url: address.url, headers: request.headers };
    const arrival = {
      prefix: address.prefix,
      address,
      transport: this.#transports.read(incoming, request.headers),
      whenOver: (over: () => void) => whenOver(outgoing, over),
    };
    const onFailure = (error: unknown) => this.#fail(error, incoming, outgoing);
    const way = { incoming, outgoing, wait: this.#wait, onFailure };
    readIncoming(incoming, called, (body) => {
      const response = this.#prism(called, body, arrival);
      if (response instanceof Promise) void response.then((late) => send(late, way));
      else send(response, way);
    });
  }

  #fail(error: unknown, { method, url }: IncomingMessage, outgoing: ServerResponse): void {
    this.#report(`while answering ${method} ${url}: ${(error as Error).stack}`);
    sendFailure({ outgoing });
  }

  #report(defect: string): void {
    this.#counts.defects += 1;
    this.#options.onDefect?.(defect);
  }
}

function hostIn({ family, address }: AddressInfo): string {
  return family === "IPv6" ? `[${address}]` : address;
}

/** The address at which this machine reaches a mock; loopback for one that listens on every address. */
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
        `port ${port} is taken. Stop the process that uses it, or pass --port 0 for a free one.`,
      );
    case "EACCES":
      return new UserError("unusable-address", `port ${port} needs administrator rights. Pass a --port over 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new UserError("unusable-address", `${host} is not an address of this machine. Pass --host 127.0.0.1.`);
    default:
      return new UserError(
        "unusable-address",
        `cannot listen on ${host}, port ${port}: ${error.message}. Pass --host 127.0.0.1.`,
      );
  }
}
