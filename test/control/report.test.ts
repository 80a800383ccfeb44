import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { startMock } from "../../mocks/server.js";
import { attachRecording, RECORDING } from "../../src/report/page.js";
import { openBrowser } from "../browser/browser.js";
import { IMPORT } from "../conduct/client.js";

const SECRET = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";
const MARKUP = "<script>globalThis.owned = true</script>";

/** A mock with an app that polls on after COMPLETE, and says secrets and markup wherever it can. */
async function visited() {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(() => mock.close());
  const headers = {
    Authorization: `Bearer ${SECRET}`,
    "Content-Type": "application/json",
    "X-Mock-Client": `app ${MARKUP} jane.doe@example.com`,
    "X-Mock-Session": "anna",
    "X-Mock-Scenario": "instant",
  };
  const url = `https://example.com/cat.png?token=${SECRET}`;
  const body = JSON.stringify({ url, access: "PRIVATE", folderPath: `/${MARKUP}` });
  const { id } = await (await fetch(mock.url + IMPORT, { method: "POST", headers, body })).json();
  for (let times = 0; times < 3; times += 1) {
    // Two requests within 10 ms may be side by side, and prove nothing.
    mock.simulator.session("anna").clock.advance(1000);
    await fetch(`${mock.url}${IMPORT}/tasks/${id}/status`, { headers });
  }
  const show = async (path: string) => (await fetch(`${mock.url}/__mock/sessions/anna/${path}`)).text();
  return { mock, id: id as string, show };
}

test("a session's page marks the polls that broke a rule, by sign and word, beside the rule", async () => {
  const { id, show } = await visited();
  for (const path of ["report.html", "conduct?format=html"]) {
    const page = await show(path);
    expect(page).toContain("<code>instant#1</code>");
    const marks = [...page.matchAll(/<g class="mark ([^"]*)"><title>[^<]*\((request \d+)\)([^<]*)/g)];
    expect(marks.map(([, ...words]) => words)).toEqual([
      ["answer", "request 2", ""],
      ["answer guilty", "request 3", "; it broke stops-at-end"],
      ["answer guilty", "request 4", "; it broke stops-at-end"],
    ]);
    expect(page).toMatch(
      /<strong>! stops-at-end<\/strong>[^<]*\n<span class="seen">Broken by request <a href="#request-3">3<\/a> <a href="#request-4">/,
    );
    expect(page).toContain("! 200");
    // The whole id is in addresses and bodies alone.
    expect(page.replace(/<pre.*?<\/pre>|base64,[^"]*/gs, "")).not.toContain(id);
  }
});

test("a session's page has each request as the curl command of the journal", async () => {
  const { show } = await visited();
  const page = await show("report.html");
  for (const number of [1, 2, 3, 4]) {
    const command = (await show(`journal/${number}/curl`)).trimEnd();
    const escaped = command
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;");
    expect(page).toContain(`<pre class="command">${escaped}</pre>`);
  }
});

test("Chromium shows a session's page without a complaint, and saves the HAR that journal.har has", async () => {
  const { mock, show } = await visited();
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const address = `${mock.url}/__mock/sessions/anna/report.html`;
  page.on("request", (request) => request.url() === address || complaints.push(request.url()));
  const response = await page.goto(address);
  expect(response?.headers()["content-security-policy"]).toMatch(/^default-src 'none'/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "journal.har" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("journal.har");
  expect(await readFile(await download.path(), "utf8")).toBe(await show("journal.har"));
  expect(complaints.filter((text) => !text.startsWith("data:"))).toEqual([]);
  expect(await page.evaluate("globalThis.owned")).toBeUndefined();
  expect(await page.locator("script").count()).toBe(0);
  expect(await page.locator("main").textContent()).toContain(MARKUP);
});

test("a session's page has no secret, also in its HAR", async () => {
  const { show } = await visited();
  const page = await show("report.html");
  const [, data = ""] = /base64,([^"]*)/.exec(page) ?? [];
  for (const text of [page, Buffer.from(data, "base64").toString()]) {
    expect(text).toContain("someone-1@redacted.invalid");
    expect(text).not.toMatch(/0f3e2a1b|jane/);
  }
});

/** Where a client may write a secret, with all that it sends there. */
const PLACES: Readonly<Record<string, (secret: string) => { headers?: Record<string, string>; body?: object }>> = {
  query: (secret) => ({ body: { url: `https://example.com/cat.png?token=${secret}` } }),
  "percent-encoded query": (secret) => ({
    body: { url: `https://example.com/a?b=${encodeURIComponent(`${secret}&c`)}` },
  }),
  path: (secret) => ({ body: { url: `https://example.com/${secret}/cat.png` } }),
  body: (secret) => ({ body: { [`a ${secret}`]: [secret] } }),
  header: (secret) => ({ headers: { "X-Api-Key": secret, "X-Mock-Client": `app of ${secret}` } }),
  token: (secret) => ({ headers: { Authorization: `Bearer ${secret}` } }),
};

test("wherever a client writes a token or an address, nothing that leaves its session has it", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(() => mock.close());
  const unique = fc.uuid();
  const secrets = fc.oneof(
    fc
      .tuple(fc.constantFrom("na1", "eu1"), unique)
      .map(([region, part]) => ({ part, secret: `pat-${region}-${part}` })),
    unique.map((part) => ({ part, secret: `${part}@example.com` })),
  );
  let session = 0;
  const placed = fc.array(fc.tuple(fc.constantFrom(...Object.keys(PLACES)), secrets), { minLength: 1, maxLength: 4 });
  const visit = async (sent: readonly (readonly [string, { readonly part: string; readonly secret: string }])[]) => {
    const at = `${mock.url}/__mock/sessions/s${++session}`;
    for (const [place, { secret }] of sent) {
      const { headers, body } = PLACES[place]?.(secret) ?? {};
      const plain = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/a" };
      await fetch(mock.url + IMPORT, {
        method: "POST",
        headers: {
          Authorization: "Bearer any",
          "Content-Type": "application/json",
          "X-Mock-Session": `s${session}`,
          ...headers,
        },
        body: JSON.stringify({ ...plain, ...body }),
      });
    }
    const show = async (path: string) => (await fetch(`${at}/${path}`)).text();
    const page = await show("report.html");
    const [, har = ""] = /base64,([^"]*)/.exec(page) ?? [];
    const curls = await Promise.all(sent.map((_, index) => show(`journal/${index + 1}/curl`)));
    const others = await Promise.all(["journal.har", "journal", "conduct", "conduct?format=html"].map(show));
    const shown = [page, Buffer.from(har, "base64").toString(), ...curls, ...others];
    expect(shown.map((text) => sent.filter(([, { part }]) => text.includes(part)))).toEqual(shown.map(() => []));
    expect(har.length).toBeGreaterThan(100);
  };
  await fc.assert(fc.asyncProperty(placed, visit), { numRuns: 10 });
});

test("without a request a session's page says so, and an unknown session has none", async () => {
  const { mock } = await visited();
  const at = (name: string) => fetch(`${mock.url}/__mock/sessions/${name}/report.html`);
  await fetch(`${mock.url}/__mock/sessions/ben`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  expect(await (await at("ben")).text()).toContain("No client sent a request.");
  expect((await at("nobody")).status).toBe(404);
});

test("a recording of more than 20 MB is left out of a page, which says so", () => {
  const page = attachRecording(`<main>${RECORDING}</main>`, "x".repeat(20_000_001));
  expect(page).toContain("The recording is too large for this page (20 MB).");
  expect(page.length).toBeLessThan(1000);
});
