/** Draws docs/report.png: the page of a run against the mock. Takes some seconds, as the run does. */
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { version } from "../build/mocks/version.js";
import { render } from "../build/src/report/render.js";
import { serverResults } from "../build/src/report/results.js";
import { startMock } from "../dist/mocks/client.js";
import { verifyContract } from "../dist/src/verify/verify.js";
import { FLAGS } from "../test/browser/flags.mjs";

const SHOWN = "http://127.0.0.1:4010";

const mock = await startMock({ port: 0 });
const { report, exchanges } = await verifyContract({ baseUrl: mock.url, token: "any" });
await mock.close();
const surroundings = { version, verify: `npx hubspot-import-kit verify --base-url ${SHOWN}` };
const page = render.html(serverResults({ ...report, target: SHOWN }, exchanges, surroundings));

const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: [...FLAGS] });
const view = await browser.newPage({ viewport: { width: 1000, height: 740 }, deviceScaleFactor: 1.25 });
await view.setContent(page);
await view.screenshot({ path: fileURLToPath(new URL("../docs/report.png", import.meta.url)) });
await browser.close();
