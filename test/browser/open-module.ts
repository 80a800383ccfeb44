import type { Page } from "playwright-core";
import { type InputOptions, rolldown } from "rolldown";
import type { TestContext } from "vitest";
import { openBrowser, serveFiles } from "./browser.js";

/** Opens a page of Chromium's, in a context of its own, that has loaded a module and what it imports. */
export async function openModule(
  entry: string,
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  options: Partial<InputOptions> = {},
): Promise<() => Promise<Page>> {
  const bundle = await rolldown({
    input: entry,
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    ...options,
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  const files = await serveFiles({
    "index.html": '<script type="module" src="page.js"></script>',
    "page.js": output[0].code,
  });
  onTestFinished(files.close);
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  return async () => {
    const page = await browser.newPage();
    await page.goto(files.url);
    return page;
  };
}
