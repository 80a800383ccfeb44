import { setupServer } from "msw/node";
import type { Page } from "playwright-core";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { measureMswEntry } from "./bench/msw-size.mjs";
import { type Browser, openBrowser, serveFiles } from "./browser/browser.js";

let browser: Browser;
let files: Awaited<ReturnType<typeof serveFiles>>;
beforeAll(async () => {
  browser = await openBrowser();
  const bundle = await rolldown({
    input: "test/browser/panel-page.ts",
    platform: "browser",
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  const csp = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`;
  files = await serveFiles({
    "index.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title>${csp}</head><body><h1>App</h1><script type="module" src="page.js"></script></body></html>`,
    "page.js": output[0].code,
  });
});
afterAll(async () => {
  await browser.close();
  files.close();
});

async function openApp(): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(files.url);
  await page.getByText("No imports yet").waitFor();
  return { page, problems };
}

const importFile = (page: Page, url = "https://example.com/cat.png") =>
  page.evaluate((one) => (window as never as { importFile(url: string): Promise<string> }).importFile(one), url);
const poll = (page: Page, id: string) =>
  page.evaluate((one) => (window as never as { poll(id: string): Promise<unknown[]> }).poll(one), id);

test("a developer chooses in the app's page how its import ends, and what its next poll gets", async () => {
  const { page, problems } = await openApp();
  const id = await importFile(page);
  await page.getByText("happy#1").waitFor();
  await page.getByRole("button", { name: "429 next" }).click();
  expect((await poll(page, id))[0]).toBe(429);
  await page.getByRole("button", { name: "CANCELED" }).click();
  await page.getByText("✕ CANCELED").waitFor();
  expect(await poll(page, id)).toEqual([200, "CANCELED"]);
  await page.getByLabel("Next imports").selectOption("instant");
  const next = await importFile(page);
  expect(await poll(page, next)).toEqual([200, "COMPLETE"]);
  // A 429 that the browser's console names is the app's own matter.
  expect(problems.filter((one) => !one.includes("429"))).toEqual([]);
});

test("the panel shows the rule that the app broke, folds, and leaves nothing behind", async () => {
  const { page } = await openApp();
  const id = await importFile(page, "https://example.com/cat.png#mock=instant");
  for (let times = 0; times < 3; times += 1) await poll(page, id);
  await page.getByText("poll a task again after COMPLETE").waitFor();
  await page.getByRole("button", { name: "Fold" }).click();
  await page.getByRole("button", { name: /1 broken rule/ }).click();
  await page.getByRole("button", { name: "Close" }).click();
  expect(await page.locator("hubspot-import-mock").count()).toBe(0);
});

test("a hostile file name is text in the panel", async () => {
  const { page, problems } = await openApp();
  await importFile(page, "https://example.com/%3Cimg%20src=x%20onerror=alert(1)%3E.png");
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  expect([await page.locator("img").count(), problems]).toEqual([0, []]);
});

test("a bundle has nothing of the panel until it is opened", async () => {
  const { modules, later } = await measureMswEntry();
  expect(modules.join("\n")).not.toMatch(/preact|panel/);
  expect(later.join("\n")).toContain("/mocks/panel.js");
});

test("where there is no page, the panel says so", async () => {
  const mock = createImportMock();
  setupServer(...mock.handlers);
  await expect(mock.panel()).rejects.toMatchObject({ code: "no-page" });
});
