import { cp, mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { FLAGS } from "../test/browser/flags.mjs";
import { imports, load, pollsOf } from "./load.mjs";
import { importOne, kitAt, mock, scratchFile, withServers } from "./servers.mjs";

const LOADS = 5;
const SETTLED_MS = 2000;
/** Of polls, in each round. */
const SPELLS = 6;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What the console costs a mock whose console is not opened, and how fast it opens. */
export async function measureConsole({ kit, isQuick, tell }) {
  const kits = [kit, await kitWithout(kit)];
  return { measured: { ...(await costs(kits, { isQuick, tell })), ...(await pages(kit, { isQuick, tell })) } };
}

/** The same build without the console's files. */
async function kitWithout(kit) {
  const directory = scratchFile("without-console");
  await mkdir(directory);
  const entry = fileURLToPath(kit.url("."));
  const root = entry.slice(0, entry.lastIndexOf("/dist/"));
  for (const name of ["dist", "spec", "package.json"])
    await cp(join(root, name), join(directory, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(directory, "node_modules"));
  await rm(join(directory, "dist/console"), { recursive: true });
  return kitAt(directory);
}

/** By processor time, of which the lowest of the rounds counts: other work of the machine only adds to it. */
async function costs(kits, { isQuick, tell }) {
  const rounds = isQuick ? 3 : 9;
  const least = kits.map(() => ({ start: Infinity, rss: Infinity, poll: Infinity }));
  const keep = (at, name, value) => {
    least[at][name] = Math.min(least[at][name], value);
  };
  for (let round = 1; round <= rounds; round += 1) {
    tell(`console: the mock with it and without it, round ${round} of ${rounds}`);
    // Each as often first: other work of the machine must not fall on one of them alone.
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    await withServers(
      order.map((at) => mock(kits[at])),
      async (started) => {
        const servers = started.map((server, place) => ({ server, at: order[place] }));
        for (const { server, at } of servers) keep(at, "start", (await server.measure()).cpuMicroseconds);
        await wait(SETTLED_MS);
        for (const { server, at } of servers) keep(at, "rss", (await server.measure()).rss);
        for (const one of servers) {
          one.requests = pollsOf(await importOne(one.server, { "X-Mock-Scenario": "instant" }));
          await load(one.server, { requests: one.requests, amount: 5000 });
        }
        for (let spell = 0; spell < SPELLS; spell += 1) {
          for (const { server, at, requests } of spell % 2 === 0 ? servers : servers.toReversed())
            keep(at, "poll", (await load(server, { requests, seconds: 0.5 })).cpuMicroseconds);
        }
      },
    );
  }
  const [ours, without] = least;
  return {
    "console: processor time of a start, to the mock without it": ours.start / without.start,
    "console: idle memory, to the mock without it": ours.rss / without.rss,
    "console: processor time of a poll, to the mock without it": ours.poll / without.poll,
  };
}

async function pages(kit, { isQuick, tell }) {
  const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: [...FLAGS] });
  try {
    return await withServers([mock(kit), mock(kit)], async ([few, many]) => {
      await load(few, { requests: imports, amount: 20 });
      await load(many, { requests: imports, amount: isQuick ? 2000 : 10_000 });
      tell("console: loads");
      const first = await shownMs(browser, few.url);
      await shownMs(browser, many.url);
      const loads = [];
      const longLoads = [];
      for (let turn = 0; turn < LOADS; turn += 1) {
        loads.push(await shownMs(browser, few.url));
        longLoads.push(await shownMs(browser, many.url));
        // The mock still lists all of them for a page that is gone.
        await wait(SETTLED_MS);
      }
      tell("console: scrolling");
      return {
        "console: shown, slowest of five loads": Math.max(...loads),
        "console: shown, the first page of a mock": first,
        "console: shown with 10,000 tasks, slowest of five loads": Math.max(...longLoads),
        "console: longest task of the page while 10,000 tasks scroll": await scrolledMs(browser, many.url),
      };
    });
  } finally {
    await browser.close();
  }
}

/** From the navigation until the list of tasks is drawn, in a browser that has none of its files. */
async function shownMs(browser, url) {
  const { page, milliseconds } = await openList(browser, url);
  await page.context().close();
  return milliseconds;
}

/**
 * Opens the list, and measures in the page when it is drawn. Until then the driver asks nothing: its own scripts take
 * the page's processor 50 ms when it first looks for an element.
 */
async function openList(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const { port1: afterFrame, port2 } = new MessageChannel();
    afterFrame.onmessage = () => console.debug("shown", performance.now());
    const look = () => {
      // The frame that this is called in has yet to be laid out and painted.
      if (document.querySelector(".row")) port2.postMessage("");
      else requestAnimationFrame(look);
    };
    look();
  });
  const shown = page.waitForEvent("console", (message) => message.text().startsWith("shown "));
  await page.goto(`${url}/__mock/#/default/tasks`, { waitUntil: "commit" });
  return { page, milliseconds: Number((await shown).text().split(" ")[1]) };
}

/**
 * The longest task of the page's main thread while the list is scrolled by the wheel and by keys. The driver sends only
 * input meanwhile: its search for an element would be the longest.
 */
async function scrolledMs(browser, url) {
  const { page } = await openList(browser, url);
  // The newest 200 are shown while the others are read.
  await page.waitForSelector('.row:not([aria-setsize="200"])');
  await wait(SETTLED_MS);
  await page.evaluate(() => {
    document.querySelector(".rows").focus();
    globalThis.tasks = [0];
    // The browser reports tasks from 50 ms on.
    const note = (found) => globalThis.tasks.push(...found.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: "longtask" });
  });
  await page.mouse.move(200, 400);
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, turn % 20 === 0 ? 40_000 : 600);
  for (const key of ["End", "Home"]) await page.keyboard.press(key);
  for (let turn = 0; turn < 30; turn += 1) await page.keyboard.press("PageDown");
  for (let turn = 0; turn < 30; turn += 1) await page.keyboard.press("ArrowDown");
  await wait(SETTLED_MS);
  return page.evaluate(() => Math.max(...globalThis.tasks));
}
