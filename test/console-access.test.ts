import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { AXE } from "./browser/axe.js";
import { consoleFile, rowsOf, stateOf } from "./console-page.js";

const file = consoleFile();

/** A session with a task in each state, polls that broke a rule, and an import that breaks the contract. */
async function openFilled({ isShared = false } = {}) {
  const opened = await file.open({ reducedMotion: "reduce", isShared });
  const { session, start, poll } = opened;
  session.clock.freeze();
  await start("stuck-pending");
  const processing = await start("stuck-processing");
  session.clock.advance(2000);
  await poll(processing);
  await poll(await start("canceled-at-once"));
  const broken = await start("instant");
  for (let times = 0; times < 3; times += 1) await poll(broken);
  await opened.importBody(JSON.stringify({ url: "x", access: "NO" }));
  const id = await start("rate-limited;retryAfter=1s");
  for (const wait of [400, 500]) {
    session.clock.advance(wait);
    await poll(id);
  }
  return { ...opened, id, broken };
}

let filled: ReturnType<typeof openFilled> | undefined;

/** One page for the tests that only look at it: each begins with a link. */
function sharedFilled() {
  filled ??= openFilled({ isShared: true });
  return filled;
}

const SIZES = [
  [390, 844],
  [320, 568],
  // 1280 x 800 at 200 %.
  [640, 400],
] as const;

/**
 * What axe finds in light, in dark and on a narrow page, and what hangs over the edge of the narrow ones.
 *
 * @param within what is new since the page was looked at; axe takes a second for a whole page
 */
async function faultsOf(page: Page, within = "html"): Promise<readonly string[]> {
  const faults: string[] = [];
  const look = async (how: string, options: object = {}) => {
    const found = (await page.evaluate(
      // Names for all that is fine take half of axe's time.
      `axe.run(${JSON.stringify(within)}, ${JSON.stringify({ resultTypes: ["violations"], ...options })}).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes[0].html))`,
    )) as readonly string[];
    faults.push(...found.map((one) => `${how}: ${one}`));
  };
  // The page's own policy forbids a script in a tag; the browser's protocol runs one all the same.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  await look("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await look("dark", { runOnly: ["color-contrast"] });
  await page.emulateMedia({ colorScheme: "light" });
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.matches("select, .scroll, .timeline *"))
        .filter((one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => `${one.tagName} ${one.className} is ${one.scrollWidth} wide`),
    );
    faults.push(...wide.map((one) => `${width} px: ${one}`));
  }
  // The other rules do not depend on the width.
  await look("narrow", { runOnly: ["scrollable-region-focusable", "target-size", "aria-hidden-focus", "region"] });
  await page.setViewportSize({ width: 1280, height: 800 });
  return faults;
}

test("axe finds nothing in the tasks, in light, dark and narrow, and nothing hangs over the edge", async () => {
  const { page, href, id, broken } = await sharedFilled();
  await page.goto(href("tasks"));
  await rowsOf(page).nth(4).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.goto(href(`tasks/${id}`));
  await page.locator(".rules li").first().waitFor();
  await page.locator(".requests .line").first().click();
  await page.getByRole("slider").press("End");
  await page.getByText(/would get 200/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  for (const menu of ["More faults", "Copy", "More"]) {
    await page.getByText(menu, { exact: true }).click();
    expect(await faultsOf(page, ".menu[open]")).toEqual([]);
  }
  await page.goto(href(`tasks/${broken}`));
  await page.locator(".rules .fail").first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test("axe finds nothing in the dialogs", async () => {
  const { page, href, id } = await sharedFilled();
  await page.goto(href(`tasks/${id}`));
  await rowsOf(page).nth(4).waitFor();
  const dialogs = [
    ["New task", () => page.getByRole("button", { name: "New task" }).click()],
    ["Cancel the task", () => page.getByRole("button", { name: "CANCELED with message" }).click()],
    [
      "A response of your own",
      async () => {
        await page.getByText("more faults").click();
        await page.getByText("a response of your own").click();
      },
    ],
    ["New session", () => page.getByRole("combobox", { name: "Session" }).selectOption("")],
  ] as const;
  for (const [title, open] of dialogs) {
    await open();
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.waitFor();
    expect([title, await faultsOf(page, "dialog")]).toEqual([title, []]);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  }
});

test("axe finds nothing in the other pages, with a mistake explained, and without the mock", async () => {
  const { page, href } = await sharedFilled();
  await page.goto(href("requests"));
  await page.getByRole("button", { name: "POST 400" }).click();
  await page.locator(".violated").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  for (const [name, shown] of [
    ["conduct", ".rules li"],
    ["coverage", ".chips li"],
    ["settings", ".field"],
  ] as const) {
    await page.goto(href(name));
    await page.locator(shown).first().waitFor();
    expect([name, await faultsOf(page)]).toEqual([name, []]);
  }
  await page.getByRole("button", { name: "Reset the session…" }).click();
  await page.getByRole("dialog").waitFor();
  expect(await faultsOf(page, "dialog")).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByLabel("Speed").fill("-1");
  await page.getByLabel("Speed").press("Enter");
  await page.getByRole("alert").waitFor();
  expect(await faultsOf(page, "[role=alert]")).toEqual([]);
  await page.route("**/events?*", (route) => route.abort());
  await page.goto(`${file.mock().url}/__mock/#/nobody/tasks`);
  await page.reload();
  await page.getByText("This page connects again").waitFor();
  await page.getByRole("heading", { name: "No imports yet" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

/** Goes to an element with Tab alone, and sees where the focus is. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  const reached = element.and(page.locator(":focus"));
  for (let times = 0; times < 100; times += 1) {
    await page.keyboard.press("Tab");
    if ((await reached.count()) > 0) {
      expect(await element.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe("solid");
      return;
    }
  }
  throw new Error(`Tab does not lead to ${element}.`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

test("the keyboard alone starts, watches and steers a task, and never loses its place", async () => {
  const { page, href, session, poll, problems } = await file.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const { keyboard } = page;
  await page.goto(href("tasks"));
  await page.getByRole("heading", { name: "No imports yet" }).waitFor();

  await tabTo(page, button("Freeze"));
  await keyboard.press("Space");
  await button("Resume").waitFor();
  await tabTo(page, button("New task").first());
  await keyboard.press("Enter");
  await keyboard.type("429 second");
  await keyboard.press("Tab");
  await keyboard.type("rate-lim");
  await tabTo(page, button("Start import"));
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "rate-limited" }).waitFor();
  await expect.poll(() => focused(page)).toBe("New task");

  await tabTo(page, button("+1 s"));
  await keyboard.press("Enter");
  await expect.poll(() => stateOf(page)).toBe("PROCESSING");
  const id = session.tasks()[0]?.id as string;
  await tabTo(page, button("429 next"));
  await keyboard.press("Enter");
  await page.getByText("Waiting for a poll: 1 injected response").waitFor();
  expect((await poll(id)).status).toBe(429);
  await tabTo(page, page.getByRole("slider"));
  await keyboard.press("End");
  await page.getByText(/would get 429/).waitFor();
  await tabTo(page, button("Close the preview"));
  await keyboard.press("Enter");
  await expect.poll(() => focused(page)).toContain("rate-limited");
  await tabTo(page, page.getByRole("button", { name: "CANCELED with message" }));
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await focused(page)).toContain("with message");
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  // The second key comes before the page has drawn that the dialog is gone.
  await Promise.all([keyboard.press("Escape"), keyboard.press("Enter")]);
  await page.getByRole("dialog").waitFor();
  await keyboard.type("No room.");
  await keyboard.press("Enter");
  await expect.poll(() => stateOf(page)).toBe("CANCELED");
  await expect.poll(() => focused(page)).toContain("This state is final");

  await tabTo(page, page.locator(".menu summary", { hasText: "copy" }));
  await keyboard.press("Enter");
  await tabTo(page, button("As curl"));
  await keyboard.press("Enter");
  await button("Copied").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("curl");
  await keyboard.press("Escape");
  expect(await focused(page)).toBe("Copy");
  const download = page.waitForEvent("download");
  await tabTo(page, button("Save as scenario"));
  await keyboard.press("Enter");
  expect((await download).suggestedFilename()).toBe("rate-limited-as-played.yaml");
  await tabTo(page, page.locator(".requests .line").first());
  await keyboard.press("Enter");
  await page.getByRole("article").first().waitFor();

  await tabTo(page, page.getByRole("combobox", { name: "Session" }));
  await keyboard.press("N");
  await page.getByRole("dialog", { name: "New session" }).waitFor();
  await keyboard.type("by-keys");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "No imports yet" }).waitFor();
  await expect.poll(() => file.mock().simulator.hasSession("by-keys")).toBe(true);
  expect(problems).toEqual([]);
});

test("where the list and the task take turns, the keyboard chooses any task and comes back", async () => {
  const { page, href, start } = await file.open({ viewport: { width: 640, height: 400 } });
  for (const scenario of ["stuck-pending", "instant", "happy"]) await start(scenario);
  await page.goto(href("tasks"));
  await rowsOf(page).nth(2).waitFor();
  await tabTo(page, page.getByRole("searchbox", { name: "Filter tasks" }));
  await page.keyboard.type("in");
  await expect.poll(() => rowsOf(page).count()).toBe(2);
  await tabTo(page, page.getByRole("listbox", { name: "Tasks" }));
  for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await page.getByRole("heading", { name: "stuck-pending" }).waitFor();
  await expect.poll(() => focused(page)).toBe("← All tasks");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("rows");
});

test("changes are announced at most once a second", async () => {
  const { page, href, start } = await file.open();
  await start("stuck-pending");
  await page.clock.install();
  await page.goto(href("tasks"));
  await rowsOf(page).first().waitFor();
  await page.getByText("live", { exact: true }).waitFor();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.evaluate(() => {
    const region = document.querySelector("p[aria-live]") as Element;
    const observe = () => document.body.dataset.said?.split("\n") ?? [];
    new MutationObserver(() => {
      document.body.dataset.said = [...observe(), `${Date.now()} ${region.textContent}`].join("\n");
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  for (let times = 0; times < 20; times += 1) {
    await start("stuck-pending");
    await page.clock.runFor(150);
  }
  await expect
    .poll(async () => {
      await page.clock.runFor(500);
      return page.locator("p[aria-live]").textContent();
    })
    .toContain("stuck-pending#21");
  const said = await page.evaluate(() => document.body.dataset.said?.split("\n") ?? []);
  const moments = said.map((one) => Number(one.split(" ")[0]));
  const pauses = moments.slice(1).map((moment, index) => moment - (moments[index] as number));
  expect(pauses.length).toBeGreaterThan(1);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1000);
  expect(await page.locator("[aria-live]").count()).toBe(1);
});

test("where a person's own colours replace the page's, states and choices are still told apart", async () => {
  const { page, href, id } = await openFilled();
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(href(`tasks/${id}`));
  await page.locator(".rules li").first().waitFor();
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(await colour(".row[aria-selected=true]")).not.toBe(await colour(".row[aria-selected=false]"));
  expect(await colour(".clock [aria-pressed=true]")).not.toBe(await colour(".clock [aria-pressed=false]"));
  expect(await colour(".band.pending")).not.toBe(await colour(".band.processing"));
  const shapes = await page.locator(".filters .state svg").evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
  expect(new Set(shapes).size).toBe(4);
});
