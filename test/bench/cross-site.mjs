/**
 * What a page of another origin costs a client: polls beside a page that sends requests in every way for 30 seconds, to the
 * control API and then to HubSpot's, against polls beside the same page that sends them to a server of its own: a browser
 * that is busy takes time from everything on the machine, whomever it asks.
 * Run with `npm run bench:cross-site`; ends with 1 where the 99th percentile grows by 50 ms, a poll is not answered, or
 * anything under /__mock is read or changed. test/cross-site.test.ts tries each way once.
 */
import { spawn } from "node:child_process";
import { Agent, get } from "node:http";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { FLAGS } from "../browser/flags.mjs";
import { serveForeignSite } from "../browser/foreign-site.mjs";

const ATTACK_MS = 30_000;
const QUIET_MS = 10_000;
const MAX_MORE_MS = 50;
const STATUS = "/files/v3/files/import-from-url/async/tasks/happy/status";

const lines = [];
const mock = spawn(process.execPath, ["dist/bin/hubspot-import-kit.js", "mock", "--port", "0"]);
const url = await new Promise((resolve) => {
  mock.stdout.setEncoding("utf8").on("data", (text) => {
    lines.push(...text.split("\n"));
    const [, address] = /^listening on (\S+)/m.exec(text) ?? [];
    if (address) resolve(address);
  });
});
const agent = new Agent({ keepAlive: true });

/** Milliseconds until a poll's answer is there. */
function poll() {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url + STATUS, { agent, headers: { Authorization: "Bearer any" } }, (answer) => {
      answer.resume().on("end", () => resolve(performance.now() - began));
    }).on("error", reject);
  });
}

async function pollFor(milliseconds) {
  const times = [];
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    times.push(await poll());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return times;
}

const at = (times, share) => times.toSorted((one, other) => one - other)[Math.floor(times.length * share)];
const figures = (times) =>
  `${times.length} polls, median ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms, longest ${Math.max(...times).toFixed(1)} ms`;

const call = (path, init) => fetch(`${url}/__mock${path}`, init);
const snapshot = async () => {
  const { clock, ...kept } = await (await call("/sessions/kept/snapshot")).json();
  return JSON.stringify(kept);
};
const denied = async () =>
  Number(
    /^import_mock_control_denied_total\{reason="forbidden-origin"\} (\d+)$/m.exec(
      await (await call("/metrics")).text(),
    )?.[1] ?? 0,
  );

/** In the page: every way in a loop of its own. Returns how often, and what was learned beside nothing. */
async function attack({ base, paths, milliseconds }) {
  const learned = [];
  let sent = 0;
  const end = Date.now() + milliseconds;
  const late = () => new Promise((resolve) => setTimeout(resolve, 1000, "nothing"));
  const loops = Object.entries(globalThis.vectors).map(async ([name, send]) => {
    for (let count = 0; Date.now() < end; count += 1) {
      // Chromium asks for one address once at a time.
      const told = await Promise.race([send(`${base}${paths[count % paths.length]}?${name}${count}`), late()]);
      if (told !== "nothing") learned.push(`${name}: ${told}`.slice(0, 200));
      sent += 1;
      // A beacon says nothing of its answer: without a pause its loop would be the only one.
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
  await Promise.all(loops);
  return { sent, learned };
}

const site = await serveForeignSite();
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: FLAGS,
});
const headers = { "Content-Type": "application/json" };
await call("/sessions/kept", { method: "PUT", headers, body: '{"scenario":"slow"}' });
await (await fetch(`${url}/s/kept${STATUS}`, { headers: { Authorization: "Bearer any" } })).text();

const TARGETS = {
  "a server of its own": [site.sameSite, ["x", "y"]],
  "the control API": [
    url,
    ["/__mock/sessions/kept/journal.har", "/__mock/sessions/kept/reset", "/__mock/conduct", "/__mock/events"],
  ],
  "HubSpot's API": [url, [STATUS, "/files/v3/files/import-from-url/async", "/nowhere"]],
};
let isMissed = false;
let usual;
try {
  const page = await browser.newPage();
  await pollFor(3000);
  console.log(`nothing sent: ${figures(await pollFor(QUIET_MS))}`);
  for (const [name, [base, paths]] of Object.entries(TARGETS)) {
    await page.goto(site.crossSite);
    const [before, from, first] = [await snapshot(), await denied(), lines.length];
    const attacked = page.evaluate(attack, { base, paths, milliseconds: ATTACK_MS });
    const times = await pollFor(ATTACK_MS);
    const { sent, learned } = await attacked;
    usual ??= at(times, 0.99);
    const more = at(times, 0.99) - usual;
    const changes = lines.slice(first).filter((line) => line.startsWith("control:"));
    const isChanged = changes.length > 0 || (await snapshot()) !== before;
    const isRead = paths.includes("/__mock/events") && learned.length > 0;
    console.log(
      `${name}: ${sent} sent, ${(await denied()) - from} denied; ${figures(times)}, p99 ${more.toFixed(1)} more`,
    );
    if (isChanged) console.log("  something was changed", changes.slice(0, 3));
    if (isRead) console.log("  something was read", learned.slice(0, 3));
    isMissed ||= more >= MAX_MORE_MS || isChanged || isRead;
  }
} catch (error) {
  console.log(error);
  isMissed = true;
}
await browser.close();
site.close();
agent.destroy();
mock.kill();
process.exitCode = isMissed ? 1 : 0;
