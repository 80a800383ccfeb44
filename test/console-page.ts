import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { type Browser, openBrowser } from "./browser/browser.js";

const IMPORTS = "/files/v3/files/import-from-url/async";
let sessions = 0;

/** One browser and one mock for a file's tests, each with a session of its own. */
export function consoleFile() {
  let browser: Browser;
  let mock: Mock;
  beforeAll(async () => {
    browser = await openBrowser();
    mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  });
  afterAll(async () => {
    await browser.close();
    await mock.close();
  });
  return {
    mock: () => mock,
    open: (options: Partial<ConsoleOptions> = {}) => openConsole(browser, { at: mock, ...options }),
  };
}

interface ConsoleOptions extends BrowserContextOptions {
  readonly at: Mock;
  readonly session?: string;
  /** Whether other tests of the file look at it, too. */
  readonly isShared?: boolean;
}

/** A page of the console on a session of its own, what a client of that session sends, and what went wrong on the page. */
async function openConsole(
  browser: Browser,
  { at, session = `s${++sessions}`, isShared = false, ...options }: ConsoleOptions,
) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  // A page that stays open goes on following its session.
  if (!isShared) onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "blob:" && origin !== at.url) problems.push(`asked ${request.url()}`);
  });
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (event) => console.error(event.violatedDirective, event.blockedURI)),
  );
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${at.url}/s/${session}${path}`, {
      ...init,
      headers: { Authorization: "Bearer any", "Content-Type": "application/json", "User-Agent": "an-app/1" },
    });
  return {
    page,
    problems,
    session: at.simulator.session(session),
    href: (hash: string) => `${at.url}/__mock/#/${session}/${hash}`,
    /** Starts an import of a scenario. @returns the task's id */
    async start(scenario: string, url = "https://example.com/cat.png"): Promise<string> {
      const body = JSON.stringify({ url: `${url}#mock=${scenario}`, access: "PRIVATE", folderPath: "/library" });
      const { id } = (await (await send(IMPORTS, { method: "POST", body })).json()) as { id: string };
      return id;
    },
    importBody: (body: string) => send(IMPORTS, { method: "POST", body }),
    poll: (id: string) => send(`${IMPORTS}/tasks/${encodeURIComponent(id)}/status`),
  };
}

export const rowsOf = (page: Page) => page.getByRole("listbox", { name: "Tasks" }).getByRole("option");
export const stateOf = (page: Page) => page.locator(".detail h2 .state").textContent();
