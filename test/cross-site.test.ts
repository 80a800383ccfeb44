import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { connectMock } from "../mocks/client.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { type Browser, openBrowser } from "./browser/browser.js";
import { serveForeignSite } from "./browser/foreign-site.mjs";
import { createClock } from "./clock.js";
import { IMPORT } from "./doors.js";

declare global {
  /** What foreign-page.js says of itself. */
  var vectors: Readonly<Record<string, (url: string) => Promise<string>>>;
}

let mock: Mock;
let browser: Browser;
let site: Awaited<ReturnType<typeof serveForeignSite>>;
const changes: string[] = [];
beforeAll(async () => {
  [browser, site, mock] = await Promise.all([
    openBrowser(),
    serveForeignSite(),
    startMock({
      scenarios: await readScenarios(),
      port: 0,
      now: createClock().now,
      onControl: ({ path }) => changes.push(path),
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), mock.close()]);
  site.close();
});

async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(url);
  return page;
}

/** Every answer of the mock's, by the path of its request. */
const answered = new Map<string, Set<number>>();
function record(message: unknown): void {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const [path = ""] = (request.url ?? "").split("?", 1);
  answered.set(path, (answered.get(path) ?? new Set()).add(response.statusCode));
}

test.each(["crossSite", "sameSite"] as const)(
  "everything that a page of another origin (%s) sends to the control API is denied, and it learns and changes nothing",
  async (origin) => {
    const { session, exportAll } = connectMock({ url: mock.url });
    const page = await openPage(site[origin]);
    const names = await page.evaluate(() => Object.keys(globalThis.vectors));
    const targets = names.map((name, index) => {
      const path = `/__mock/sessions/${origin}-${index}`;
      return [name, /post|form|beacon|ping/.test(name) ? `${path}/reset` : `${path}/journal`] as const;
    });
    await Promise.all(names.map((_, index) => session(`${origin}-${index}`).configure({ scenario: "slow" })));
    const before = await exportAll();
    changes.length = 0;
    subscribe("http.server.response.finish", record);
    onTestFinished(() => void unsubscribe("http.server.response.finish", record));
    const told = await page.evaluate(
      ({ at, pairs }) =>
        Promise.all(pairs.map(async ([name, path]) => [name, await globalThis.vectors[name]?.(at + path)])),
      { at: mock.url, pairs: targets },
    );
    const outcome = () => targets.map(([name, path]) => [name, ...(answered.get(path) ?? [])]);
    await expect.poll(outcome, { timeout: 30_000 }).toEqual(names.map((name) => [name, 403]));
    expect(told).toEqual(names.map((name) => [name, "nothing"]));
    expect(await exportAll()).toEqual(before);
    expect(changes).toEqual([]);
  },
);

test("HubSpot's API stays open to the same page", async () => {
  const page = await openPage(site.crossSite);
  const status = (url: string) => fetch(url, { headers: { Authorization: "Bearer any" } }).then((one) => one.status);
  expect(await page.evaluate(status, `${mock.url}${IMPORT}/tasks/happy/status`)).toBe(200);
});

test("an address that a person types is shown, and a page of the mock's own reads, follows and steers it", async () => {
  const page = await openPage(`${mock.url}/__mock`);
  expect(await page.textContent("body")).toContain("HubSpot import mock");
  const told = await page.evaluate(async () => {
    const source = new EventSource("/__mock/events");
    await new Promise((resolve) => source.addEventListener("open", resolve));
    source.close();
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/__mock/sessions/own", { method: "PUT", headers, body: '{"scenario":"slow"}' });
    return (await answer.json()).settings.scenario;
  });
  expect(told).toBe("slow");
});
