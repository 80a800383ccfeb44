import { expect, onTestFinished, test, vi } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { CAT, IMPORT } from "./doors.js";

const scenarios = await readScenarios();
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

/** A page that was loaded anew: a simulator that has nothing but the storage. */
function page(storage: NonNullable<SimulatorOptions["storage"]>) {
  const simulator = createSimulator({ scenarios, storage, pace: "polls" });
  const call = async (path: string, init: RequestInit & { headers?: object } = {}) => {
    const request = new Request(`https://api.hubapi.com${path}`, { ...init, headers: { ...headers, ...init.headers } });
    return (await (await simulator.handle(request)).json()) as { id: string; status: string };
  };
  return {
    simulator,
    start: async (more = {}) => (await call(IMPORT, { method: "POST", body: JSON.stringify(CAT), headers: more })).id,
    look: async (id: string, more = {}) => (await call(`${IMPORT}/tasks/${id}/status`, { headers: more })).status,
  };
}

function keeping() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, storage };
}

test.each([
  ["no JSON", () => "{oops"],
  ["null", () => "null"],
  ["the JSON of somebody else", () => '{"polls":"many"}'],
  ["nothing that may be read", refuse],
])("a storage that holds %s costs nothing but the memory of a reload", async (_, getItem) => {
  const storage = { getItem, setItem: refuse, removeItem: refuse };
  const before = page(storage);
  const id = await before.start();
  expect([await before.look(id), await before.look(id)]).toEqual(["PENDING", "PROCESSING"]);
  const { look, simulator } = page(storage);
  expect([await look(id), await look(id)]).toEqual(["PENDING", "PROCESSING"]);
  simulator.remove(id);
  simulator.reset();
  expect(simulator.tasks()).toEqual([]);
});

function refuse(): never {
  throw new Error("SecurityError");
}

test("a browser that blocks the page's data gets its mock all the same", () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
  onTestFinished(() => {
    vi.unstubAllGlobals();
    if (before) Object.defineProperty(globalThis, "sessionStorage", before);
    else Reflect.deleteProperty(globalThis, "sessionStorage");
  });
  vi.stubGlobal("navigator", { serviceWorker: {} });
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: refuse });
  expect(createImportMock().tasks).toEqual([]);
});

test("a task that is forgotten begins anew in the next page, too", async () => {
  const { storage, kept } = keeping();
  const { simulator, start, look } = page(storage);
  const [forgotten, other] = [await start(), await start()];
  await look(forgotten);
  await look(other);
  simulator.remove(forgotten);
  expect(kept.size).toBe(1);
  const next = page(storage);
  expect([await next.look(forgotten), await next.look(other)]).toEqual(["PENDING", "PROCESSING"]);
});

test("only the default session is kept: another page's session of the same name is a different one", async () => {
  const { storage, kept } = keeping();
  const { simulator, start, look } = page(storage);
  const id = await start({ "X-Mock-Session": "other" });
  await look(id, { "X-Mock-Session": "other" });
  expect(kept.size).toBe(0);
  const own = await start();
  simulator.session("other").reset();
  simulator.removeSession("other");
  expect([...kept.keys()]).toEqual([expect.stringContaining(own)]);
});

test("an injected response that no poll has had yet waits for the next page, too", async () => {
  const { storage } = keeping();
  const { simulator, start, look } = page(storage);
  const id = await start();
  await look(id);
  simulator.inject(id, { error: "locked" }, 2);
  const next = page(storage);
  await next.look(id);
  expect(next.simulator.journal().entries()[0]?.response.status).toBe(423);
  const third = page(storage);
  await third.look(id);
  await third.look(id);
  expect(
    third.simulator
      .journal()
      .entries()
      .map(({ response }) => response.status),
  ).toEqual([423, 200]);
});

test("the poll that shows a file keeps it for the next page", async () => {
  const { storage, kept } = keeping();
  const { start, look } = page(storage);
  const id = await start();
  await look(id);
  await look(id);
  expect(await look(id)).toBe("COMPLETE");
  expect(JSON.parse(kept.get(`hubspot-import-kit:${id}`) ?? "").file).toEqual({ id: expect.stringMatching(/^\d+$/) });
});

test("what a snapshot brings survives a reload, and what it replaces does not", async () => {
  const elsewhere = page(keeping().storage);
  const brought = await elsewhere.start({ "X-Mock-Seed": "7" });
  await elsewhere.look(brought);
  const { storage } = keeping();
  const { simulator, start, look } = page(storage);
  const replaced = await start();
  await look(replaced);
  simulator.restore("default", elsewhere.simulator.snapshot());
  expect([await look(replaced), await look(brought)]).toEqual(["PENDING", "PROCESSING"]);
  const next = page(storage);
  expect(await next.look(brought)).toBe("COMPLETE");
});
