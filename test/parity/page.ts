import { setupWorker } from "msw/browser";
import { createImportMock } from "../../mocks/handlers.js";
import { createClock } from "../clock.js";
import { type Config, transcribe } from "./transcript.js";

const worker = setupWorker();

/** What the test calls in the page. */
async function run(baseUrl: string, config: Config, scenarios: readonly string[]): Promise<readonly string[]> {
  const clock = createClock();
  const mock = createImportMock({ ...config, baseUrl, now: clock.now, wait: async () => {} });
  worker.resetHandlers(...mock.handlers);
  const step = () => {
    clock.advance(1000);
    if (config.pace === "manual") mock.next();
  };
  return transcribe({ send: (path, init) => fetch(baseUrl + path, init), step }, scenarios);
}

Object.assign(globalThis, { run });
await worker.start({ quiet: true, onUnhandledRequest: "bypass" });
await fetch("/told", { method: "POST" });
