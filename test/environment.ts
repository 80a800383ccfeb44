import { AsyncLocalStorage } from "node:async_hooks";
import { afterAll } from "vitest";

/**
 * Vitest's setup: no test, and no command that a test starts, sees what in the caller's environment would change a run
 * or write into the caller's job summary. A test that wants such a variable sets it.
 */
const FOREIGN = /^(CONTRACT_|FORCE_COLOR$|GITHUB_|HUBSPOT_|IMPORT_KIT_|NO_COLOR$)/;

/** Whom `npm run test:contract` is to ask, and with which token. */
const ASKED = process.env["CONTRACT_BASE_URL"] === undefined ? [] : ["CONTRACT_BASE_URL", "HUBSPOT_ACCESS_TOKEN"];

for (const name of Object.keys(process.env)) if (FOREIGN.test(name) && !ASKED.includes(name)) delete process.env[name];

/**
 * The stores that were used, as by Playwright. While one is in use, Node 20 runs hooks at each promise of the process, and an
 * await takes three times as long: after a file with a browser, all that the worker runs would.
 */
const used = new Set<AsyncLocalStorage<unknown>>();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function <Value>(this: AsyncLocalStorage<unknown>, ...args: Parameters<typeof run>) {
  used.add(this);
  return run.apply(this, args) as Value;
};

afterAll(() => {
  for (const store of used) store.disable();
  AsyncLocalStorage.prototype.run = run;
});
