import type { Page } from "playwright-core";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Browser, openBrowser, serveFiles } from "./browser/browser.js";

let browser: Browser;
let files: Awaited<ReturnType<typeof serveFiles>>;

beforeAll(async () => {
  const built = (await build({
    root: "examples/react-upload",
    build: { write: false },
    logLevel: "warn",
  })) as Rolldown.RolldownOutput;
  const text = (file: Rolldown.OutputChunk | Rolldown.OutputAsset) =>
    file.type === "chunk" ? file.code : String(file.source);
  files = await serveFiles(Object.fromEntries(built.output.map((file) => [file.fileName, text(file)])));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  files?.close();
});

/** The example's page, in a profile of its own, with a clock that stands still. */
async function open() {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.clock.install({ time: "2026-09-14T12:00:00Z" });
  await page.addInitScript(() => {
    const { fetch } = globalThis;
    const calls: Promise<unknown>[] = [];
    globalThis.fetch = (...args) => {
      const call = fetch(...args);
      calls.push(call.catch(() => undefined));
      return call;
    };
    Object.assign(globalThis, { settled: () => Promise.all(calls) });
  });
  await page.goto(files.url);
  return page;
}

/** Calls go through the service worker in real time: waits until all are answered and the page has shown it. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (globalThis as unknown as { settled: () => Promise<unknown> }).settled();
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
    }
  });
}

async function submit(page: Page, url: string): Promise<void> {
  await page.getByLabel("URL").fill(url);
  await page.getByRole("button").click();
}

/** Lets the page's time pass, a second at a time, until it shows a text. */
async function passTimeUntil(page: Page, text: string | RegExp): Promise<number> {
  for (let seconds = 0; seconds < 30; seconds += 1) {
    await settle(page);
    if (await page.getByText(text).isVisible()) return seconds;
    await page.clock.runFor(1000);
  }
  throw new Error(`After 30 seconds the page shows:\n${await page.locator("main").innerText()}`);
}

test("in a real browser an import is started, shows its progress, and is done", async () => {
  const page = await open();
  await submit(page, "https://example.com/cat.png");
  await page.getByText("Waiting…").waitFor();
  await passTimeUntil(page, "Importing…");
  await passTimeUntil(page, "Imported to /uploads/cat.png");
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toContain("/mockServiceWorker.js");
});

test("in a real browser a canceled import says why and can be tried again", async () => {
  const page = await open();
  await submit(page, "https://example.com/cat.png#mock=canceled");
  await passTimeUntil(page, "The file could not be fetched from its url.");
  expect(await page.getByRole("button").innerText()).toBe("Try again");
  await submit(page, "https://example.com/dog.png");
  await passTimeUntil(page, "Imported to /uploads/dog.png");
});

test("in a real browser a rate limit is waited out", async () => {
  const page = await open();
  await submit(page, "https://example.com/cat.png#mock=rate-limited");
  await passTimeUntil(page, "HubSpot is busy, trying again…");
  await passTimeUntil(page, "Imported to /uploads/cat.png");
});

test("in a real browser a reload in mid-flight goes on with the same task, whatever its file is called", async () => {
  const page = await open();
  const name = "n".repeat(900);
  await submit(page, `https://example.com/${name}.png`);
  await passTimeUntil(page, "Importing…");
  await page.reload();
  await page.getByText("Importing…").waitFor();
  await passTimeUntil(page, `Imported to /uploads/${name}.png`);
});
