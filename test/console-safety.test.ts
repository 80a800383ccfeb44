import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { consoleFile, rowsOf, stateOf } from "./console-page.js";

const TOKEN = "a-long-secret";
const WINDOW = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const PAGE = new URL("../console/page/", import.meta.url);

const file = consoleFile();
let locked: Mock;

beforeAll(async () => {
  const scenarios = await readScenarios();
  locked = await startMock({ scenarios, port: 0, control: { token: TOKEN }, wait: async () => {} });
});
afterAll(() => locked.close());

test("all that the page loads is at most 60 kB, gzipped", () => {
  const names = readdirSync(PAGE, { recursive: true, encoding: "utf8" });
  const loaded = names.filter((name) => /\.(html|js|css|svg)$/.test(name));
  const sizes = loaded.map((name) => gzipSync(readFileSync(new URL(name, PAGE))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(loaded.length).toBe(4);
  expect(total).toBeLessThanOrEqual(60_000);
  expect(total).toBeGreaterThan(20_000);
});

test("the page may load its own files alone, has no script or style in it, and keeps nothing", async () => {
  const response = await fetch(`${file.mock().url}/__mock/`, { headers: WINDOW });
  const policy = response.headers.get("content-security-policy");
  expect(policy).toMatch(/^default-src 'self';/);
  expect(policy).not.toContain("unsafe");
  const html = await response.text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);

  const { page, href, start, problems } = await file.open();
  const id = await start("happy");
  for (const hash of [`tasks/${id}`, "requests", "conduct", "coverage", "settings"]) {
    await page.goto(href(hash));
    await page.locator("main > *").first().waitFor();
  }
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  expect(kept).toEqual([0, 0, "", 0, 0]);
  expect(await page.context().cookies()).toEqual([]);
  expect(problems).toEqual([]);
});

test("a body of a megabyte, and one with a hundred thousand faulty lines, is cut and leaves the page usable", async () => {
  const { page, href, session, start, poll, importBody, problems } = await file.open();
  const id = await start("stuck-pending");
  const body = `<script>alert(1)</script>${"<img src=x onerror=alert(1)>".repeat(40_000)}`;
  session.inject(id, { answer: { status: 200, headers: {}, body } }, 2);
  await poll(id);
  await importBody(JSON.stringify({ list: new Array(100_000).fill({}), url: "x", access: "NO" }));
  await page.goto(href(`tasks/${id}`));
  await page.locator(".requests .line").first().click();
  await page.getByText("<script>alert(1)</script>").first().waitFor();
  await page.getByRole("slider").press("End");
  await page.locator(".preview summary").click();
  await page.getByText("more characters").first().waitFor();
  await page.goto(href("requests"));
  await page.getByRole("button", { name: "POST 400" }).click();
  await page.locator(".violated").waitFor();
  await page.getByRole("searchbox").fill("no such request");
  await page.getByText("No requests that the filters let through").waitFor();
  await page.getByRole("searchbox").fill("");
  await page.locator(".violated").waitFor();
  const shown = await page.evaluate(() => [
    document.querySelectorAll("*").length,
    document.body.textContent?.length ?? 0,
    document.querySelectorAll("img[src=x]").length,
  ]);
  expect(shown[0]).toBeLessThan(1000);
  expect(shown[1]).toBeLessThan(60_000);
  expect([shown[2], problems]).toEqual([0, []]);
});

test("where the mock demands a token, the form asks for it, explains a wrong one, and the page then works", async () => {
  const { page, href, session, start, poll, problems } = await file.open({ at: locked });
  const id = await start("stuck-pending");
  await page.goto(href(`tasks/${id}`));
  await page.fill("input[name=token]", "wrong-token");
  await page.keyboard.press("Enter");
  await page.getByText("The control token is wrong.").waitFor();
  await page.fill("input[name=token]", TOKEN);
  await page.keyboard.press("Enter");
  // The browser has kept the part of the link that no server is sent.
  await page.getByRole("region", { name: "Task stuck-pending#1" }).waitFor();
  expect(page.url()).toBe(href(`tasks/${id}`));
  await page.getByText("live", { exact: true }).waitFor();
  await poll(id);
  await page.getByRole("button", { name: "429 next" }).click();
  await expect.poll(async () => (await poll(id)).status).toBe(429);
  await page.getByRole("button", { name: "COMPLETE", exact: true }).last().click();
  await expect.poll(() => stateOf(page)).toBe("COMPLETE");
  expect(session.task(id).status).toBe("COMPLETE");
  await page.context().clearCookies();
  await poll(id);
  await page.locator("input[name=token]").waitFor();
  expect(problems.filter((one) => !one.includes("401"))).toEqual([]);
});

test("a page of another origin gets neither the console, nor its files, nor its events", async () => {
  const [script] = readdirSync(new URL("assets/", PAGE)).filter((name) => name.endsWith(".js"));
  for (const path of ["/", `/assets/${script}`, "/icon.svg", "/events"]) {
    const headers = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    const response = await fetch(`${file.mock().url}/__mock${path}`, { headers: { ...WINDOW, ...headers } });
    expect([path, response.status]).toEqual([path, 403]);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  }
  for (const path of ["/", `/assets/${script}`, "/icon.svg", "/events"]) {
    expect([path, (await fetch(`${locked.url}/__mock${path}`)).status]).toEqual([path, 401]);
  }
});

test("a link to a session whose name is invalid says that, and not that the mock does not answer", async () => {
  const { page } = await file.open();
  await page.goto(`${file.mock().url}/__mock/#/de%20fault/tasks`);
  await page.getByRole("alert").getByText("de fault").waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("letters, digits");
  expect(await page.getByText("The mock does not answer").count()).toBe(0);
});

test("when the mock stops, the page says so; it comes back by itself, and shows a session that is gone as empty", async () => {
  const scenarios = await readScenarios();
  const first = await startMock({ scenarios, port: 0 });
  const { page, href, start } = await file.open({ at: first, session: "gone" });
  await start("happy");
  await page.goto(href("tasks"));
  await rowsOf(page).first().waitFor();
  await first.close();
  await page.getByText("The mock does not answer. This page connects again").waitFor();
  const again = await startMock({ scenarios, port: Number(new URL(first.url).port) });
  try {
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "No imports yet" }).waitFor();
    expect(again.simulator.hasSession("gone")).toBe(false);
    expect(await page.getByRole("alert").count()).toBe(0);
  } finally {
    await again.close();
  }
});
