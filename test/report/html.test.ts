import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import { renderHtml } from "../../src/report/html.js";
import { serverResults } from "../../src/report/results.js";
import { AXE } from "../browser/axe.js";
import { openReports, RUNS } from "./pages.js";
import { brokenRun, faithfulRun, HOSTILE, hostileRun, manyPolls, SURROUNDINGS } from "./recordings.js";

const NAMES = Object.keys(RUNS) as (keyof typeof RUNS)[];
const { newPage, open, see } = openReports();

/** How far apart the left and right ends of what must not touch are at least; negative where two overlap. */
function smallestGap(page: Page, selector: string): Promise<number> {
  return page.evaluate((wanted) => {
    const boxes = [...document.querySelectorAll(wanted)].map((element) => element.getBoundingClientRect());
    const gaps = boxes.flatMap((box, index) =>
      boxes
        .slice(index + 1)
        .filter((other) => Math.abs(other.top - box.top) < Math.min(box.height, other.height))
        .map((other) => Math.max(other.left - box.right, box.left - other.right)),
    );
    return Math.min(...gaps);
  }, selector);
}

test.each(NAMES)("the page of the %s run asks for nothing and complains of nothing", async (name) => {
  const { complaints } = await see(name);
  expect(complaints()).toEqual([]);
});

test("the page says the verdict, each failed check and its next step", async () => {
  const { page } = await see("broken");
  expect(await page.title()).toBe("https://api.hubapi.example violates the contract");
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("violates the contract");
  expect(await page.locator(".failure h3 code").allInnerTexts()).toEqual([
    ...["schema", "state-order", "end-fixed", "refusal-no-token", "undocumented-property", "result-as-asked"],
  ]);
  expect(await page.locator(".failure .next").count()).toBe(6);
  expect(await page.locator(".failure").first().innerText()).toMatch(/integer[\s\S]*"12"[\s\S]*request 12/);
});

test("a request is coloured by what it proves, and names the check", async () => {
  const { page } = await see("broken");
  const look = (number: number) =>
    page.locator(`.requests > li:nth-child(${number}) summary`).evaluate((summary) => ({
      code: summary.querySelector("code")?.className,
      checks: [...summary.querySelectorAll(".check")].map(({ textContent }) => textContent),
    }));
  expect(await look(3)).toEqual({ code: "fine", checks: [] });
  expect(await look(4)).toEqual({ code: "drifted", checks: ["~ undocumented-property"] });
  expect(await look(5)).toEqual({ code: "guilty", checks: ["✕ refusal-no-token"] });
  expect(await look(7)).toEqual({ code: "fine", checks: [] });
  expect(await look(8)).toEqual({ code: "guilty", checks: ["✕ schema"] });
});

test("the timelines come first, and the open questions are folded", async () => {
  const { page } = await see("broken");
  expect(await page.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual([
    ...["Tasks", "What failed", "What drifted", "Next steps", "Leftover files", "Checks", "Open questions"],
    ...["Coverage of the contract", "Requests"],
  ]);
  expect(await page.getByText("Does a 429 carry Retry-After?").isVisible()).toBe(false);
});

test("a run that reached nothing lists nothing that it did not see", async () => {
  const { page } = await see("empty");
  expect(await page.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual(["Next steps", "Could not be judged"]);
  expect(await page.locator("main, header").allInnerTexts()).not.toContainEqual(expect.stringMatching(/exercised/));
});

test("a script in a server's text does not run, and is read as text", async () => {
  const { page } = await see("hostile");
  expect(await page.evaluate("globalThis.owned")).toBeUndefined();
  expect(await page.locator("script, img, .failure a:not([href^='#'])").count()).toBe(0);
  expect(await page.locator("main").innerText()).toContain("<script>globalThis.owned = true</script>");
});

test("the policy stops a script even where the escaping would not", async () => {
  const { page } = await open(faithfulRun());
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.owned = true";
    document.body.append(script);
    return (globalThis as { owned?: boolean }).owned;
  });
  expect(ran).toBeUndefined();
});

test("nothing that a server says turns the direction of the page", () => {
  const hidden = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u;
  expect(renderHtml(serverResults(judge(hostileRun(), { target: HOSTILE }), hostileRun(), SURROUNDINGS))).not.toMatch(
    hidden,
  );
});

test("the timeline has a mark for each poll, with its response", async () => {
  const { page } = await see("broken");
  const marks = (nth: number) => page.locator(".timeline").nth(nth).locator(".mark text").allTextContents();
  expect(await marks(0)).toEqual(["200", "200", "↻ 429", "200", "✕ no response", "200", "200"]);
  expect(await marks(1)).toEqual(["200", "200", "200"]);
  expect(await page.locator(".mark title").nth(2).textContent()).toBe("2.85 s: 429 (request 7)");
});

test("the timeline names the states that were seen, and none after a response without a state", async () => {
  const { page } = await see("broken");
  const bands = await page.locator(".timeline").first().locator(".band title").allTextContents();
  expect(bands).toEqual([...["not known", "PENDING", "PROCESSING", "not known", "PENDING", "not known", "COMPLETE"]]);
  const labels = await page.locator(".timeline").first().locator(".band text").allTextContents();
  expect(labels).toEqual(["PENDING", "PROCESSING", "PENDING", "COMPLETE"]);
});

test("the timeline says in words what it shows", async () => {
  const { page } = await see("faithful");
  const words =
    "Seconds since the import: first seen PENDING at 0.4 s, PROCESSING at 1.4 s, COMPLETE at 5.1 s. 5 polls: 200 ×5.";
  expect(await page.getByRole("img").first().getAttribute("aria-label")).toBe(`Timeline. ${words}`);
  expect(await page.locator("figcaption").first().innerText()).toBe(words);
});

test.each([7, 60, 118, 600])("%i polls in a row have a mark each, and no two overlap", async (times) => {
  const { page } = await open(manyPolls(times));
  expect(await page.locator(".timeline .mark").count()).toBe(times);
  expect(await smallestGap(page, ".timeline .mark rect, .timeline .import text")).toBeGreaterThan(0);
});

test("polls in a row that got the same at one instant are one mark, which is as wide as what it says", async () => {
  const run = manyPolls(16);
  const late = run[9]?.startedAt as number;
  const { page } = await open(run.map((one) => ({ ...one, startedAt: Math.min(one.startedAt, late) })));
  const marks = page.locator(".timeline .mark");
  expect(await marks.locator("text").last().textContent()).toBe("200 ×8");
  expect(await marks.count()).toBe(9);
  expect(await smallestGap(page, ".timeline .mark rect, .timeline .import text")).toBeGreaterThan(0);
  const widths = await marks.evaluateAll((all) =>
    all.map((mark) =>
      ["rect", "text"].map((part) => mark.querySelector(part)?.getBoundingClientRect().width ?? Number.NaN),
    ),
  );
  for (const [box, text] of widths) expect(text).toBeLessThan(box as number);
});

test("a state's name is inside its band or below it, or is left out for another", async () => {
  // A minute that shows the first five seconds as a sliver.
  const run = faithfulRun().map((one) =>
    one.step?.request === "settle" ? { ...one, startedAt: one.startedAt + 60_000 } : one,
  );
  const { page } = await open(run);
  const timeline = page.locator(".timeline").first();
  expect(await timeline.locator(".band text.below").allTextContents()).toEqual(["PENDING"]);
  expect(await timeline.locator(".band text.inside").allTextContents()).toEqual(["COMPLETE"]);
});

test("a task whose import is not recorded begins at its first poll", async () => {
  const [first, ...polls] = manyPolls(3) as [RecordedExchange, ...RecordedExchange[]];
  const elsewhere = { ...first, request: { ...first.request, url: "https://api.hubapi.example/elsewhere" } };
  const { page } = await open([elsewhere, ...polls]);
  expect(await page.locator("figcaption").innerText()).toBe(
    "Seconds since the first poll: first seen PENDING at 0 s, COMPLETE at 0.2 s. 3 polls: 200 ×3.",
  );
  expect(await page.locator(".mark title").first().textContent()).toBe("0 s: 200, PENDING (request 2)");
  expect(await page.locator(".import").count()).toBe(0);
});

test("a finding's link opens its request, with its bodies as indented JSON", async () => {
  const { page, address } = await open(brokenRun());
  await page.getByRole("link", { name: "request 12" }).first().click();
  expect(page.url()).toBe(`${address}#request-12`);
  const opened = await page.locator("#request-12").innerText();
  expect(opened).toContain('\n  "status": "COMPLETE",\n');
  expect(opened).toContain("authorization: Bearer REDACTED");
});

test("a body that JSON would write otherwise is shown as it came", async () => {
  const [first, ...rest] = faithfulRun();
  const body = '{"id":"AAAAEqTIHz0","number":12345678901234567890}';
  const changed = { ...first, response: { ...first?.response, body } } as RecordedExchange;
  expect(renderHtml(serverResults(judge([changed, ...rest]), [changed, ...rest], SURROUNDINGS))).toContain(
    "12345678901234567890",
  );
});

test.each([320, 390, 1100])("at a width of %i pixels nothing hangs over the edge", async (width) => {
  for (const name of ["broken", "hostile"] as const) {
    const { page } = await see(name);
    const { width: before = 0, height = 0 } = page.viewportSize() ?? {};
    await page.setViewportSize({ width, height });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await page.setViewportSize({ width: before, height });
  }
});

test.each(NAMES)("axe finds nothing in the page of the %s run, dark or light", async (name) => {
  const { page } = await see(name);
  // The page's own policy forbids a script in a tag; the browser's protocol runs one all the same.
  await page.evaluate(AXE);
  // Names for all that is fine take half of the time. Most rules do not depend on colours.
  const looks = { dark: {}, light: { runOnly: ["color-contrast", "link-in-text-block"] } };
  for (const [colorScheme, options] of Object.entries(looks)) {
    await page.emulateMedia({ colorScheme: colorScheme as keyof typeof looks });
    const found = await page.evaluate(
      `axe.run(${JSON.stringify({ resultTypes: ["violations"], ...options })}).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`,
    );
    expect(found).toEqual([]);
  }
});

test("where a CI forbids styles, the picture has its colours and no two words run together", async () => {
  const html = renderHtml(serverResults(judge(brokenRun()), brokenRun(), SURROUNDINGS));
  const page = await newPage();
  const policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";
  await page.route("https://ci.example/report.html", (route) =>
    route.fulfill({ body: html, contentType: "text/html", headers: { "Content-Security-Policy": policy } }),
  );
  await page.goto("https://ci.example/report.html");
  const look = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { fill, stroke, textAnchor } = getComputedStyle(element);
        return { fill, stroke, textAnchor };
      });
  expect(await look(".band.pending rect")).toMatchObject({ fill: "rgb(213, 218, 227)" });
  expect(await look(".band.complete rect")).toMatchObject({ fill: "rgb(143, 216, 189)" });
  expect(await look(".mark.wait rect")).toMatchObject({ fill: "rgb(255, 227, 163)", stroke: "rgb(122, 86, 0)" });
  expect(await look(".mark.answer rect")).toMatchObject({ fill: "rgb(255, 255, 255)" });
  expect(await look(".mark.answer text")).toMatchObject({ fill: "rgb(27, 33, 48)", textAnchor: "middle" });
  expect(await look(".axis path")).toMatchObject({ stroke: "rgb(217, 221, 229)" });
  expect(await page.locator(".diff").first().innerText()).toBe(
    'expected one of PENDING, PROCESSING, COMPLETE, CANCELED\n\ngot "QUEUED"',
  );
});

test("dark and light are two looks of one page", async () => {
  const { page } = await open(brokenRun());
  const look = async (colorScheme: "dark" | "light") => {
    await page.emulateMedia({ colorScheme });
    return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  };
  expect(await look("dark")).toBe("rgb(18, 21, 28)");
  expect(await look("light")).toBe("rgb(246, 247, 249)");
});
