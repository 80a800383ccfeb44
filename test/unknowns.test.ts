import { expect, test } from "vitest";
import { openDoor, throughEachDoor } from "./doors.js";

throughEachDoor("in-flight-status 202 holds until the end, and not after it", async (open) => {
  const { clock, start, poll } = await open({ inFlightStatus: 202 });
  const id = await start();
  expect((await poll(id)).status).toBe(202);
  clock.advance(1000);
  expect((await poll(id)).status).toBe(202);
  clock.advance(2000);
  expect((await poll(id)).status).toBe(200);
});

test.each([
  ["omit", {}, { startedAt: "2026-09-14T12:00:01.000Z" }],
  ["null", { startedAt: null, completedAt: null }, { startedAt: "2026-09-14T12:00:01.000Z", completedAt: null }],
  [
    "filled",
    { startedAt: "2026-09-14T12:00:00.000Z", completedAt: "2026-09-14T12:00:00.000Z" },
    { startedAt: "2026-09-14T12:00:01.000Z", completedAt: "2026-09-14T12:00:01.000Z" },
  ],
] as const)(
  "in-flight-dates %s shows the dates of a task before its end",
  async (inFlightDates, pending, processing) => {
    const { clock, start, look } = await openDoor("prism", { inFlightDates });
    const id = await start();
    const { startedAt, completedAt } = await look(id);
    expect(JSON.parse(JSON.stringify({ startedAt, completedAt }))).toEqual(pending);
    clock.advance(1000);
    const later = await look(id);
    expect(JSON.parse(JSON.stringify({ startedAt: later.startedAt, completedAt: later.completedAt }))).toEqual(
      processing,
    );
  },
);

test.each([
  ["canceled", "CANCELED", 1],
  ["complete", "COMPLETE", 1],
  ["silent", "CANCELED", undefined],
] as const)("failure %s ends a failed import as %s with numErrors %s", async (failure, status, numErrors) => {
  const { clock, look } = await openDoor("prism", { failure });
  await look("canceled");
  clock.advance(3000);
  const task = await look("canceled");
  expect(task).toMatchObject({ status });
  expect(task.numErrors).toBe(numErrors);
  expect(task).not.toHaveProperty("result");
});

test("the failure option leaves alone the scenarios that name their end", async () => {
  const { clock, look } = await openDoor("simulator", { failure: "complete" });
  await look("canceled-silent");
  await look("complete-with-errors");
  clock.advance(3000);
  expect(await look("canceled-silent")).toMatchObject({ status: "CANCELED" });
  expect(await look("complete-with-errors")).toMatchObject({
    status: "COMPLETE",
    numErrors: 1,
    errors: [{ status: "error" }],
  });
});
