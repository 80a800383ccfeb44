import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import { renderHtml } from "../../src/report/html.js";
import { serverResults } from "../../src/report/results.js";
import { type Browser, openBrowser } from "../browser/browser.js";
import { brokenRun, faithfulRun, hostileRun, refusedRun, SURROUNDINGS } from "./recordings.js";

/** The runs whose pages are looked at. */
export const RUNS = {
  faithful: faithfulRun(),
  broken: brokenRun(),
  refused: refusedRun(),
  hostile: hostileRun(),
  empty: [] as readonly RecordedExchange[],
};

/** A report's page in Chromium. */
interface Shown {
  readonly page: Page;
  /** What the browser complained about or asked for, beside the page itself. */
  readonly complaints: () => readonly string[];
}

/** Chromium for the reports of a test file, which closes after its last test. */
export function openReports() {
  const shown = new Map<keyof typeof RUNS, Promise<Shown>>();
  let browser: Browser;
  let context: BrowserContext;
  let opening: Page | undefined;
  let directory: string;
  let files = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "report-"));
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(directory, { recursive: true });
  });

  async function openFile(page: Page, exchanges: readonly RecordedExchange[]): Promise<string> {
    files += 1;
    const file = join(directory, `report-${files}.html`);
    await writeFile(file, renderHtml(serverResults(judge(exchanges), exchanges, SURROUNDINGS)));
    const address = pathToFileURL(file).href;
    await page.goto(address);
    return address;
  }

  async function show(exchanges: readonly RecordedExchange[]): Promise<Shown> {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => complaints.push(request.url()));
    const address = await openFile(page, exchanges);
    return { page, complaints: () => complaints.filter((text) => text !== address) };
  }

  return {
    /** An empty page, until the test is over. */
    async newPage(): Promise<Page> {
      const page = await context.newPage();
      onTestFinished(() => page.close());
      return page;
    },
    /** The report's page, opened from a file, until the next one is: a tab of its own would cost more than the page. */
    async open(exchanges: readonly RecordedExchange[]): Promise<{ page: Page; address: string }> {
      opening ??= await context.newPage();
      return { page: opening, address: await openFile(opening, exchanges) };
    },
    /** The page of a run, opened once for all tests that only look at it. */
    see(name: keyof typeof RUNS): Promise<Shown> {
      const opened = shown.get(name) ?? show(RUNS[name]);
      shown.set(name, opened);
      return opened;
    },
  };
}
