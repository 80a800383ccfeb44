import { Hono } from "hono";
import { createChecker } from "./check-request.js";
import { CONTROL_PATH, type ControlDocument, type Route } from "./document.js";
import { type Guard, requireAllowed } from "./guard.js";
import type { Handlers } from "./operations.js";
import { BUG, problemOf, problemResponse, Refused } from "./problem.js";

export interface ControlOptions extends Guard {
  readonly document: ControlDocument;
  readonly handlers: Handlers;
  /** Called with the trail of a bug of ours. */
  readonly onDefect?: (defect: string) => void;
}

/** The control API: a route for each operation of its document, and one shape for whatever is refused. */
export function createControlApi({ document, handlers, onDefect, ...guard }: ControlOptions): Hono {
  const app = new Hono().basePath(CONTROL_PATH);
  const check = createChecker(document);
  app.use("*", async ({ req }, next) => {
    requireAllowed(req.raw.headers, guard);
    await next();
  });
  for (const route of document.routes) {
    // The document's schemas say what the handler's types say: one is generated from the other.
    const handle = handlers[route.id] as (call: object) => unknown;
    const checked = check(route);
    app.on(route.method, honoPath(route.path), async (context) => {
      const answer = await handle({ ...(await checked(context)), context });
      if (answer instanceof Response) return answer;
      return answer === undefined ? context.body(null, 204) : context.json(answer);
    });
  }
  for (const [path, allowed] of methodsByPath(document.routes)) {
    app.all(honoPath(path), ({ req }) => {
      const detail = `${req.path.slice(0, 200)} knows no ${req.method}. Send ${allowed}.`;
      return refusal(new Refused("wrong-method", detail), { Allow: allowed });
    });
  }
  app.all("*", ({ req }) =>
    refusal(new Refused("unknown-route", `There is no ${req.path.slice(0, 200)}. See ${CONTROL_PATH}/openapi.yaml.`)),
  );
  app.onError((error, { req }) => {
    const problem = problemOf(error);
    if (!problem) onDefect?.(`while answering ${req.method} ${req.url}: ${error.stack}`);
    return problemResponse(problem ?? BUG, problem?.status === 401 ? { "WWW-Authenticate": "Bearer" } : {});
  });
  return app;
}

function refusal(refused: Refused, headers: Readonly<Record<string, string>> = {}): Response {
  return problemResponse(problemOf(refused) ?? BUG, headers);
}

/** @example honoPath("/sessions/{session}"); // "/sessions/:session" */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
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
