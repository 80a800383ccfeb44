import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";
import { IMPORT } from "./doors.js";

const FOUR = ["canceled", "happy", "instant", "stuck-pending"];
const scenarios = (await readScenarios()).filter(({ name }) => FOUR.includes(name));

function open() {
  const simulator = createSimulator({ scenarios, now: createClock().now });
  const poll = (scenario: string, session: string) =>
    simulator.handle(
      new Request(`https://api.hubapi.com/s/${session}${IMPORT}/tasks/${scenario}/status`, {
        headers: { Authorization: "Bearer any" },
      }),
    );
  return { simulator, poll };
}

test("what sessions exercised counts for all of them together, and for each separately", async () => {
  const { simulator, poll } = open();
  await poll("instant", "anna");
  await poll("stuck-pending", "ben");
  expect(simulator.coverageOfAll().scenarios.met).toEqual(["instant", "stuck-pending"]);
  expect(simulator.coverageOfAll().states).toEqual({
    met: ["PENDING", "COMPLETE"],
    missed: ["PROCESSING", "CANCELED"],
  });
  expect(simulator.session("anna").coverage().scenarios.met).toEqual(["instant"]);
  expect(simulator.coverageOfAll().percent).toBe(50);
});

test("what a session exercised stays covered when the session is reset or removed", async () => {
  const { simulator, poll } = open();
  await poll("instant", "anna");
  await poll("canceled", "ben");
  simulator.session("anna").reset();
  simulator.removeSession("ben");
  expect(simulator.coverageOfAll().scenarios.met).toEqual(["canceled", "instant"]);
  expect(simulator.session("anna").coverage().scenarios.met).toEqual([]);
});

test("a scenario that is taken away counts no more", async () => {
  const { simulator, poll } = open();
  await poll("instant", "anna");
  simulator.reload(scenarios.filter(({ name }) => name !== "instant"));
  expect(simulator.coverageOfAll().scenarios.met).toEqual([]);
});
