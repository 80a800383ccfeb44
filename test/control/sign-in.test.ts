import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, startMock } from "../../mocks/server.js";
import { openBrowser } from "../browser/browser.js";
import { rawRequest } from "../raw-request.js";

const TOKEN = "a-long-secret";
const WINDOW = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
const waits: number[] = [];

let mock: Mock;
let open: Mock;
beforeAll(async () => {
  const scenarios = await readScenarios();
  mock = await startMock({
    scenarios,
    port: 0,
    control: { token: TOKEN },
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  open = await startMock({ scenarios, port: 0 });
});
afterAll(() => Promise.all([mock.close(), open.close()]));

const form = (token: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${mock.url}/__mock/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: mock.url, "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams({ token }),
  });

const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

test("a browser types the token once, and sees the control API from then on", async () => {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${mock.url}/__mock/sessions/default/tasks?format=text`);
  expect(await page.textContent("main")).toContain("Type it in here.");
  await page.fill("input[name=token]", "wrong-token");
  await page.click("button");
  expect(await page.textContent("main")).toContain("The control token is wrong.");
  await page.fill("input[name=token]", `${TOKEN} `);
  await page.click("button");
  await page.waitForURL(`${mock.url}/__mock/sessions/default/tasks?format=text`);
  expect(await page.textContent("body")).toContain("No task yet.");
  await page.goto(`${mock.url}/__mock/sign-in`);
  expect(page.url()).toBe(`${mock.url}/__mock/`);
  expect(await page.textContent("h1")).toContain("HubSpot import mock");
  await page.goto(`${mock.url}/__mock/conduct`);
  expect(await page.textContent("h1")).toContain("No client was judged");
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/__mock", expires: -1 });
  expect(cookie?.value).not.toContain(TOKEN);
});

test("the form leads to no other place than the control API", async () => {
  for (const next of ["//evil.example", "https://evil.example", "/%0d%0aX: y", "@evil.example"]) {
    const body = new URLSearchParams({ token: TOKEN });
    const answer = await fetch(`${mock.url}/__mock/sign-in?next=${encodeURIComponent(next)}`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: mock.url },
      body,
    });
    expect(new URL(answer.headers.get("location") ?? "", mock.url).href).toMatch(`${mock.url}/__mock/`);
  }
});

test("who sees the form learns where the token came from, and not the token", async () => {
  const asked = await fetch(`${mock.url}/__mock/sessions`, { headers: WINDOW });
  const page = await asked.text();
  expect([asked.status, asked.headers.get("content-type")]).toEqual([401, "text/html; charset=UTF-8"]);
  expect(asked.headers.get("content-security-policy")).toContain("default-src 'none'");
  const { detail } = (await (await fetch(`${mock.url}/__mock/sessions`)).json()) as { detail: string };
  for (const text of [page, detail]) {
    expect(text).toContain("The control token is missing.");
    for (const source of ["terminal", "--control-token", "IMPORT_KIT_CONTROL_TOKEN"]) expect(text).toContain(source);
    expect(text).not.toContain(TOKEN);
  }
});

test("a cookie works only from the mock's own pages", async () => {
  const signedIn = await form(TOKEN);
  expect([signedIn.status, signedIn.headers.get("location")]).toEqual([303, "/__mock/"]);
  const Cookie = cookieOf(signedIn);
  const { host } = new URL(mock.url);
  const reset = async (...headers: readonly string[]) =>
    (await rawRequest(mock.url, ["POST /__mock/reset HTTP/1.1", `Host: ${host}`, `Cookie: ${Cookie}`, ...headers]))
      .status;
  expect((await fetch(`${mock.url}/__mock/sessions`, { headers: { Cookie } })).status).toBe(200);
  expect(await reset(`Origin: ${mock.url}`, "Sec-Fetch-Site: same-origin")).toBe(204);
  expect(await reset("Sec-Fetch-Site: same-site", `Origin: http://127.0.0.1:1`)).toBe(403);
  expect(await reset("Origin: null")).toBe(403);
  expect(await reset("Referer: https://evil.example/")).toBe(403);
  // Nothing says that a page of the mock's own sent it.
  expect(await reset()).toBe(403);
  expect((await fetch(`${mock.url}/__mock/sessions`, { headers: { Cookie: `${Cookie}x` } })).status).toBe(401);
  expect((await form(TOKEN, { Origin: "https://evil.example" })).status).toBe(403);
});

test("guesses through the form are delayed like others, and change nothing", async () => {
  waits.length = 0;
  for (let guess = 0; guess < 8; guess += 1) {
    const answer = await form(`wrong-${guess}`);
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
  }
  expect(waits.length).toBeGreaterThan(1);
  expect((await form("x".repeat(20_000))).status).toBe(413);
  expect(JSON.stringify(mock.simulator.snapshots()) + JSON.stringify(mock.simulator.journal().entries())).not.toContain(
    TOKEN,
  );
});

test("the mock's address leads a person to the console, and says to a client what HubSpot says", async () => {
  const page = await fetch(open.url, { headers: WINDOW, redirect: "manual" });
  expect([page.status, page.headers.get("access-control-allow-origin")]).toEqual([302, null]);
  expect(page.headers.get("location")).toBe("/__mock/#/default/tasks");
  const ofSession = await fetch(`${open.url}/s/anna`, { headers: WINDOW, redirect: "manual" });
  expect(ofSession.headers.get("location")).toBe("/__mock/#/anna/tasks");
  for (const headers of [{}, { Accept: "application/json" }, { Accept: "*/*", "User-Agent": "curl/8.5.0" }]) {
    expect((await fetch(open.url, { headers })).status).toBe(404);
  }
  expect((await fetch(`${open.url}/nowhere`, { headers: WINDOW })).status).toBe(404);
  // Where no token is demanded, there is none to give.
  expect((await fetch(`${open.url}/__mock/sign-in`, { method: "POST" })).status).toBe(404);
  expect(
    open.simulator
      .journal()
      .entries()
      .map(({ request }) => request.path),
  ).toEqual(["/", "/", "/", "/nowhere"]);
});
