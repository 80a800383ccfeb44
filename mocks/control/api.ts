import type { Context } from "hono";
import { Hono } from "hono/quick";
import { secureHeaders } from "hono/secure-headers";
import type { BlankSchema } from "hono/types";
import type { Simulator } from "../../src/simulator/simulator.js";
import { isFromWindow } from "../incoming.js";
import { createChecker, isImport } from "./check-request.js";
import { CONSOLE_POLICY, consoleFile } from "./console.js";
import { type ControlDocument, type Route, readControlDocument } from "./document.js";
import { type Counts, count, countExchanges, createEventLog, type EventLog } from "./event-log.js";
import { createExchangeView } from "./exchange-view.js";
import { type Caller, createTokenCheck, type Guard, type GuessOptions, requireAllowed, type Sent } from "./guard.js";
import { ChangeFeed, eventHandlers } from "./handle-events.js";
import { journalHandlers } from "./handle-journal.js";
import { mockHandlers } from "./handle-mock.js";
import { clockHandlers, sessionHandlers } from "./handle-sessions.js";
import { taskHandlers } from "./handle-tasks.js";
import { type Bound, baseOf, CONTROL_PATH, type Handlers, Rejected } from "./operations.js";
import { BUG, PAGE_POLICY, problemOf, problemResponse, represent, VARY } from "./represent.js";
import {
  isConsolePath,
  isSignedIn,
  isSignIn,
  leaveForm,
  limitForm,
  SIGN_IN_PATH,
  signIn,
  signInPage,
} from "./sign-in.js";
import { createRenderers, type Renderers } from "./texts.js";

interface ControlApiOptions extends Guard, GuessOptions {
  readonly document: ControlDocument;
  readonly handlers: Handlers;
  readonly renderers: Renderers;
  /** Called after each call that was denied, with the end of its problem's type. */
  readonly onDenied?: (reason: string) => void;
  /** Called after each call that changed something. */
  readonly onChange?: ((change: ControlChange) => void) | undefined;
  readonly changes: ChangeFeed;
  /** Called with the trail of a bug of ours. */
  readonly onDefect?: ((defect: string) => void) | undefined;
}

export type ControlApp = Hono<Bound, BlankSchema, typeof CONTROL_PATH>;

/** A call that changed something, as it came. */
export interface ControlChange {
  readonly method: string;
  readonly path: string;
  /** Its JSON, if any. Not a snapshot's: it would be many times the log. */
  readonly body?: unknown;
}

/** Where a longer address ends that has a task's short name in it. */
const TASK_PATH = "/sessions/{session}/tasks/{task}";
const CUT = "If you wrote NAME#3, your client cut the URL at #. Write only the number, as in …/tasks/3.";

/** It asks, in a body too large for an address. */
const READING_BY_POST: readonly Route["id"][] = ["verifyJournal"];

/**
 * Keep what is answered from pages of other origins: as a script, an image or in a frame, and whatever a browser takes its
 * type for. The address bar shows it all the same.
 */
const KEEP_FROM_PAGES = secureHeaders({
  xFrameOptions: "DENY",
  contentSecurityPolicy: { frameAncestors: ["'none'"] },
  // Whether the mock is called through https is its proxy's to say.
  strictTransportSecurity: false,
});

/** The control API: a route for each operation of its document, and one shape for whatever is refused. */
function createControlApi(options: ControlApiOptions): ControlApp {
  const { document, handlers, renderers, changes, onChange, onDenied, onDefect } = options;
  const app: ControlApp = new Hono<Bound>().basePath(CONTROL_PATH);
  const check = createChecker(document);
  const tokens = options.token === undefined ? undefined : createTokenCheck(options.token, options);
  // First, and so the last to write: a page may do less than any other answer.
  app.use("*", async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.append("Vary", VARY);
    if (!headers.get("Content-Type")?.startsWith("text/html")) return;
    const isConsole = context.res.status === 200 && isConsolePath(context.req.path);
    headers.set("Content-Security-Policy", isConsole ? CONSOLE_POLICY : PAGE_POLICY);
    // A browser starts another process for it, in 100 to 200 ms. No other page can open this one (requireAllowed).
    if (isConsole) headers.delete("Cross-Origin-Opener-Policy");
    // A page that sends no referrer sends the Origin null with its form.
    headers.set("Referrer-Policy", "same-origin");
  });
  app.use("*", KEEP_FROM_PAGES);
  app.use("*", async (context, next) => {
    const { req } = context;
    const caller = callerOf(context);
    requireAllowed(caller, options);
    if (tokens && !isSignIn(req) && !isSignedIn(context, tokens, caller)) await tokens.require(sentBy(context));
    requireStraightPath(context.env.incoming?.url ?? "");
    await next();
  });
  if (tokens) {
    app.get(SIGN_IN_PATH, leaveForm);
    for (const path of [SIGN_IN_PATH, ...honoPaths("/")]) {
      app.post(path, async (context, next) => {
        if (!isSignIn(context.req)) return next();
        return (await limitForm(context, async () => {})) ?? signIn(context, tokens, sentBy(context));
      });
    }
  }
  for (const path of honoPaths("/")) {
    app.get(path, async (context, next) => (isFromWindow(context.req.raw) ? openConsole(context) : next()));
  }
  for (const path of ["/assets/:file", "/icon.svg"]) {
    app.get(path, ({ req }, next) => {
      return consoleFile(req.path.slice(CONTROL_PATH.length + 1)) ?? next();
    });
  }
  for (const route of document.routes) {
    // The document's schemas say what the handler's types say: one is generated from the other.
    const handle = handlers[route.id] as (call: object) => object | undefined | Promise<object | undefined>;
    const checked = check(route);
    const isChange = route.method !== "GET" && !READING_BY_POST.includes(route.id);
    app.on(route.method, honoPaths(route.path), async (context) => {
      const parts = await checked(context);
      const answer = await handle({ ...parts, context });
      const { method, path } = context.req;
      if (isChange) {
        changes.note((parts.path as { readonly session?: string }).session);
        onChange?.({ method, path, ...(!isImport(route.id) && { body: parts.body }) });
      }
      if (answer instanceof Response) return answer;
      if (answer === undefined) return context.body(null, 204);
      return represent(context, route, answer, { parts, renderers });
    });
  }
  for (const [path, allowed] of methodsByPath(document.routes)) {
    const refuse = ({ req }: Context) => {
      const cut = path === TASK_PATH ? ` ${CUT}` : "";
      const detail = `${req.path.slice(0, 200)} does not support the method ${req.method}. Send ${allowed}.${cut}`;
      return refusal(req.raw.headers, new Rejected("wrong-method", detail), { Allow: allowed });
    };
    for (const one of honoPaths(path)) app.all(one, refuse);
  }
  app.all("*", ({ req }) =>
    refusal(
      req.raw.headers,
      new Rejected("unknown-route", `There is no ${req.path.slice(0, 200)}. See ${CONTROL_PATH}/openapi.yaml.`),
    ),
  );
  app.onError((error, context) => {
    const { req } = context;
    const problem = problemOf(error);
    if (!problem) onDefect?.(`while answering ${req.method} ${req.url}: ${error.stack}`);
    if (problem?.status === 401 || problem?.status === 403) onDenied?.(problem.type.split(":").at(-1) ?? "");
    const headers = problem?.status === 401 ? { "WWW-Authenticate": "Bearer" } : {};
    if (problem?.status === 401 && (isSignIn(req) || isFromWindow(req.raw))) {
      return context.html(signInPage(context, problem.detail), 401, headers);
    }
    return problemResponse(problem ?? BUG, req.raw.headers, headers);
  });
  return app;
}

/** The console; its own addresses are relative to a slash at the end. */
async function openConsole(context: Context): Promise<Response> {
  if (!context.req.path.endsWith("/"))
    return context.redirect(`${new URL(baseOf(context)).pathname.replace(/\/$/, "")}${CONTROL_PATH}/`, 302);
  return consoleFile("index.html") ?? context.text("The console is not built: npm run build.", 500);
}

function callerOf(context: Context<Bound>): Caller {
  const { headers } = context.req.raw;
  const { url: target = "", httpVersion } = context.env.incoming ?? {};
  // Where the target names a host, that one counts, and not the header's. @see RFC 9112, 3.2.2
  const host = /^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(target)?.[1] ?? headers.get("host") ?? "";
  const { origin } = new URL(baseOf(context));
  return { headers, host, origin, ...(httpVersion !== undefined && { httpVersion }) };
}

function sentBy({ req, env }: Context<Bound>): Sent {
  return { headers: req.raw.headers, signal: req.raw.signal, from: env.incoming?.socket?.remoteAddress ?? "" };
}

/**
 * Refuses a path that leads back: a Request has it resolved, and `/sessions/../reset`, from a test that put a name of its own
 * there, would be `/reset` and forget everything.
 *
 * @param sent the path as it came over the wire
 */
function requireStraightPath(sent: string): void {
  const [path = ""] = sent.split(/[?#]/, 1);
  if (!path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return;
  const message = "has a segment . or .., which leads to another path. Write that path itself.";
  throw new Rejected("invalid-request", `/path ${message}`, [{ pointer: "/path", message }]);
}

function refusal(asked: Headers, refused: Rejected, headers: Readonly<Record<string, string>> = {}): Response {
  return problemResponse(problemOf(refused) ?? BUG, asked, headers);
}

/**
 * The root is there with a slash and without.
 *
 * @example honoPaths("/sessions/{session}"); // ["/sessions/:session"]
 */
function honoPaths(path: string): string[] {
  return path === "/" ? ["", "/"] : [path.replace(/\{(\w+)\}/g, ":$1")];
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, string> {
  const methods = new Map<string, string>();
  for (const { path, method } of routes) {
    const known = methods.get(path);
    const added = method === "GET" ? "GET, HEAD" : method;
    methods.set(path, known === undefined ? added : `${known}, ${added}`);
  }
  return methods;
}

/** How a mock is steered, who is told, and what has followed the simulator. Default: what follows it from now on. */
export type ControlOptions = Guard &
  GuessOptions &
  Pick<ControlApiOptions, "onChange" | "onDefect"> & { readonly counts?: Counts; readonly events?: EventLog };

/**
 * Everything that can be seen and done of a running mock, over HTTP.
 *
 * @see spec/control.openapi.yaml
 */
export function createControl(
  simulator: Simulator,
  { counts = countExchanges(simulator), events = createEventLog(simulator), ...options }: ControlOptions,
): ControlApp {
  const document = readControlDocument();
  const view = createExchangeView();
  const changes = new ChangeFeed();
  const handlers = {
    ...mockHandlers(simulator, { document, counts }),
    ...sessionHandlers(simulator),
    ...taskHandlers(simulator, view),
    ...clockHandlers(simulator),
    ...journalHandlers(simulator, view),
    ...eventHandlers(simulator, view, { log: events, changes }),
  };
  const renderers = createRenderers(simulator, view);
  const onDenied = (reason: string) => count(counts.denied, reason);
  return createControlApi({ ...options, document, handlers, renderers, changes, onDenied });
}
