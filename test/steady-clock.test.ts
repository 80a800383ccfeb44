import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import type { TaskStatus } from "../src/contract/contract.js";
import { createSteadyClock } from "../src/session/clock.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { START } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";

const HOUR = 3_600_000;
const scenarios = await readScenarios();
const machineNow = Date.now;

afterEach(() => {
  Date.now = machineNow;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** How long a machine ran between two looks at its clocks, and by how much somebody moved its wall clock meanwhile. */
const stretches = fc.array(
  fc.record({ ranMs: fc.integer({ min: 0, max: HOUR }), movedMs: fc.constantFrom(0, 0, 0, 1, -1, -50, HOUR, -HOUR) }),
  { minLength: 1, maxLength: 50 },
);

test("a steady clock never runs backwards, passes what passes, and shows the wall's time where that is never set back", () => {
  fc.assert(
    fc.property(stretches, (all) => {
      let [wall, passed, lag] = [START, 0, 0];
      const now = createSteadyClock({ wall: () => wall, passed: () => passed });
      let before = now();
      for (const { ranMs, movedMs } of all) {
        wall += ranMs + movedMs;
        passed += ranMs;
        lag = Math.max(lag, -movedMs);
        const shown = now();
        expect(shown).toBeGreaterThanOrEqual(Math.max(before, wall));
        if (movedMs <= 0) expect(shown - before).toBe(ranMs + (ranMs + movedMs >= 0 ? movedMs : 0));
        if (lag === 0) expect(shown).toBe(wall);
        before = shown;
      }
    }),
  );
});

test("a wall clock that was set back and is put right again is right here, too", () => {
  let [wall, passed] = [START, 0];
  const now = createSteadyClock({ wall: () => wall, passed: () => passed });
  const move = (ranMs: number, movedMs = 0) => {
    wall += ranMs + movedMs;
    passed += ranMs;
    return now() - START;
  };
  now();
  expect([move(1000, -HOUR), move(1000), move(1000, HOUR), move(1000)]).toEqual([1000, 2000, 3000, 4000]);
  expect(now()).toBe(wall);
});

function simulated() {
  const simulator = createSimulator({ scenarios });
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
    return (await simulator.handle(new Request(`https://api.hubapi.com${path}`, { ...init, headers }))).json();
  };
  return {
    start: async () => ((await call(IMPORT, { method: "POST", body: JSON.stringify(CAT) })) as { id: string }).id,
    look: async (id: string) => (await call(`${IMPORT}/tasks/${id}/status`)) as TaskStatus,
  };
}

test("where the machine's clock goes back by an hour no task goes back, and those under way go on", async () => {
  let at = START;
  // An engine's own function: a bound one says that it is native code, as the machine's does.
  Date.now = (() => at).bind(null);
  let passed = 0;
  vi.spyOn(performance, "now").mockImplementation(() => passed);
  const pass = (milliseconds: number) => {
    at += milliseconds;
    passed += milliseconds;
  };
  const { start, look } = simulated();
  const ended = await start();
  pass(3000);
  const end = await look(ended);
  const underWay = await start();
  pass(1000);
  expect([end.status, (await look(underWay)).status]).toEqual(["COMPLETE", "PROCESSING"]);
  at -= HOUR;
  expect(await look(ended)).toEqual(end);
  expect((await look(underWay)).status).toBe("PROCESSING");
  pass(2000);
  expect((await look(underWay)).status).toBe("COMPLETE");
});

test("fake timers are followed forwards and back, and an end that was shown stays all the same", async () => {
  vi.useFakeTimers({ now: START, toFake: ["Date"] });
  const { start, look } = simulated();
  const id = await start();
  vi.setSystemTime(START + 3000);
  const end = await look(id);
  expect(end).toMatchObject({ status: "COMPLETE", completedAt: "2026-09-14T12:00:03.000Z" });
  vi.setSystemTime(START - HOUR);
  expect(await look(id)).toEqual(end);
  expect(await look(await start())).toMatchObject({ status: "PENDING", requestedAt: "2026-09-14T11:00:00.000Z" });
});
