import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { BrowserContext, Browser as Process } from "playwright-core";
import { inject } from "vitest";

const require = createRequire(import.meta.url);
// Node searches a CommonJS module that is imported for its exports' names, which takes almost as long as to run this one.
const { chromium }: typeof import("playwright-core") = require("playwright-core");

/** A test file's part of the browser: contexts of its own, which `close` closes. */
export type Browser = Pick<Process, "newContext" | "newPage" | "close">;

/** A worker keeps it from one test file to the next, and it ends with the worker: a start takes a core a second. */
let launched: Promise<Process> | undefined;

/** Opens Chromium, as it comes in an npm package; test/browser/setup.ts unpacks it. */
export async function openBrowser(): Promise<Browser> {
  launched ??= chromium.launch({ ...inject("chromium"), headless: true });
  const browser = await launched;
  const contexts: BrowserContext[] = [];
  const newContext: Browser["newContext"] = async (options) => {
    const context = await browser.newContext(options);
    contexts.push(context);
    return context;
  };
  return {
    newContext,
    newPage: async (options) => (await newContext(options)).newPage(),
    close: async () => void (await Promise.all(contexts.map((context) => context.close()))),
  };
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
