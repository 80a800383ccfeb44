import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { BrowserContext, CDPSession, Browser as Process } from "playwright-core";
import { inject } from "vitest";

const require = createRequire(import.meta.url);
// Node searches a CommonJS module that is imported for its exports' names, which takes almost as long as to run this one.
const { chromium }: typeof import("playwright-core") = require("playwright-core");

/** A test file's part of the browser: contexts of its own, which `close` closes. */
export interface Browser extends Pick<Process, "newContext" | "newPage" | "close"> {
  /**
   * Opens a page that sends many requests. Playwright does not follow it: to hear what becomes of each request took it and the
   * browser a millisecond.
   *
   * @returns evaluates an expression in the page, and what its promise is fulfilled with
   */
  readonly newUnfollowedPage: (url: string) => Promise<(expression: string) => Promise<unknown>>;
}

/** A worker keeps it from one test file to the next, and it ends with the worker: a start takes a core a second. */
let launched: Promise<Process> | undefined;

/** Opens Chromium, as it comes in an npm package; test/browser/setup.ts unpacks it. */
export async function openBrowser(): Promise<Browser> {
  launched ??= chromium.launch({ ...inject("chromium"), headless: true });
  const browser = await launched;
  const contexts: Pick<BrowserContext, "close">[] = [];
  const newContext: Browser["newContext"] = async (options) => {
    const context = await browser.newContext(options);
    contexts.push(context);
    return context;
  };
  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    async newUnfollowedPage(url) {
      const session = await browser.newBrowserCDPSession();
      // Playwright lets go of what opens in a context that it has not made.
      const { browserContextId } = await session.send("Target.createBrowserContext");
      contexts.push({
        async close() {
          await session.send("Target.disposeBrowserContext", { browserContextId });
          await session.detach();
        },
      });
      const { targetId } = await session.send("Target.createTarget", { url, browserContextId });
      const { sessionId } = await session.send("Target.attachToTarget", { targetId });
      return (expression) => evaluateIn(session, sessionId, expression);
    },
    close: async () => void (await Promise.all(contexts.map((context) => context.close()))),
  };
}

/** One at a time. */
async function evaluateIn(session: CDPSession, sessionId: string, expression: string): Promise<unknown> {
  const params = { expression, awaitPromise: true, returnByValue: true };
  const response = new Promise<string>((resolve) => {
    session.once("Target.receivedMessageFromTarget", ({ message }) => resolve(message));
  });
  await session.send("Target.sendMessageToTarget", {
    sessionId,
    message: JSON.stringify({ id: 1, method: "Runtime.evaluate", params }),
  });
  const { result } = JSON.parse(await response);
  if (result.exceptionDetails) throw new Error(result.exceptionDetails.exception.description);
  return result.result.value;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  css: "text/css",
};

/**
 * Serves files from memory on a free port of this machine, and MSW's service worker beside them. `/echo` answers what it is
 * sent, and what a page sends to `/told` is told.
 */
export async function serveFiles(files: Readonly<Record<string, string>>) {
  const worker = await readFile(require.resolve("msw/mockServiceWorker.js"), "utf8");
  const all: Readonly<Record<string, string>> = { "mockServiceWorker.js": worker, ...files };
  let tell: (text: string) => void = () => {};
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const app = new Hono();
  app.post("/echo", async ({ req }) => new Response(await req.text()));
  app.post("/told", async ({ req }) => {
    tell(await req.text());
    return new Response(null, { status: 204 });
  });
  app.get("*", ({ req }) => {
    const name = req.path === "/" ? "index.html" : req.path.slice(1);
    const text = all[name];
    if (text === undefined) return new Response(null, { status: 404 });
    return new Response(text, { headers: { "Content-Type": TYPES[name.split(".").at(-1) ?? ""] ?? "text/plain" } });
  });
  const server = serve({ overrideGlobalObjects: false, fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    close: () => {
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}
