import { setupServer } from "msw/node";
import { rolldown } from "rolldown";
import { beforeAll, expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { serveFiles } from "./browser/browser.js";
import { ENGINES } from "./browser/engines.js";
import { createClock } from "./clock.js";
import { transcribe } from "./parity/transcript.js";

/** One of each kind: how a task ends, what is altered, and what goes wrong on the way. */
const SCENARIOS = [
  ...["happy", "canceled", "complete-with-errors", "rate-limited", "expired-token", "link-on-other-host"],
  ...["malformed-json", "byte-order-mark", "edge-page", "connection-reset", "connection-reset-mid-body"],
  ...["content-length-too-long", "content-length-too-short", "slow-drip"],
];

let page: string;
beforeAll(async () => {
  const bundle = await rolldown({
    input: "test/browser/import-life.ts",
    platform: "browser",
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  page = output[0].code;
});

/** The same in Node, where nothing is left out. */
async function linesInNode(baseUrl: string): Promise<readonly string[]> {
  const clock = createClock();
  const mock = createImportMock({ baseUrl, now: clock.now, wait: async () => undefined });
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledRequest: "error" });
  const send = (path: string, init: RequestInit) => fetch(baseUrl + path, init);
  const lines = await transcribe({ send, step: () => clock.advance(1000) }, SCENARIOS);
  server.close();
  return lines;
}

/** A body that breaks off is seen in its middle where a stream can be transferred to the worker. */
const seenBy = {
  Chromium: (line: string) => line,
  Firefox: (line: string) => line,
  WebKit: (line: string) => (line.endsWith("half a body") ? line.replace(/\n.*/s, "\nno answer") : line),
};

for (const name of ["Chromium", "Firefox", "WebKit"] as const) {
  const open = ENGINES[name];
  test.skipIf(open === undefined)(
    `${name} sees of imports what Node sees, and hangs at nothing`,
    async ({ onTestFinished }) => {
      const files = await serveFiles({
        "index.html": '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>',
        "page.js": page,
      });
      onTestFinished(files.close);
      const end = await open?.(`${files.url}/?scenarios=${SCENARIOS}`);
      onTestFinished(end ?? (() => {}));
      // While the browser starts.
      const expected = await linesInNode(`${files.url}/hubspot`);
      const told = JSON.parse(await files.told) as Record<string, unknown>;
      expect(told).toEqual({
        lines: expected.map(seenBy[name]),
        result: "fail",
        aborted: "AbortError",
        echo: '{"of":"the app"}',
      });
      expect(expected.filter((line) => line.endsWith("half a body")).length).toBe(5);
    },
  );
}
