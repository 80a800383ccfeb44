/** Draws docs/console.png and docs/console-dark.png: the console with a task that is being polled. Takes some ten seconds. */
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { startMock } from "../dist/mocks/client.js";
import { FLAGS } from "../test/browser/flags.mjs";

const mock = await startMock({ port: 0 });
const api = `${mock.url}/files/v3/files/import-from-url/async`;
const headers = {
  Authorization: "Bearer any",
  "Content-Type": "application/json",
  "User-Agent": "my-app/1.0",
};
const { clock } = mock.session("default");
await clock.freeze();

async function start(name, scenario) {
  const body = { url: `https://example.com/${name}#mock=${scenario}`, access: "PRIVATE", folderPath: "/library" };
  const response = await fetch(api, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()).id;
}
async function poll(id, afterMs) {
  await clock.advance(`${afterMs}ms`);
  await fetch(`${api}/tasks/${encodeURIComponent(id)}/status`, { headers });
}

const ended = await start("cat.png", "happy");
await poll(ended, 4000);
const canceled = await start("film.mp4", "source-too-large");
await poll(canceled, 4000);
await start("logo.svg", "stuck-pending");
await start("report.pdf", "slow");
const shown = await start("invoice.pdf", "rate-limited;retryAfter=1s");
for (const wait of [400, 500, 1100]) await poll(shown, wait);
await clock.advance("300ms");

const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: [...FLAGS] });
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1120, height: 640 }, deviceScaleFactor: 1.25, colorScheme });
  await page.goto(`${mock.url}/__mock/#/default/tasks/${shown}`);
  await page.getByText("kept").first().waitFor();
  const name = colorScheme === "light" ? "console" : "console-dark";
  await page.screenshot({ path: fileURLToPath(new URL(`../docs/${name}.png`, import.meta.url)) });
}
await browser.close();
await mock.close();
