import { expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { CAT, IMPORT } from "../doors.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls", scenario: "happy" });
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

/** Six polls at once of a task that needs two to end: one sees PENDING, one PROCESSING, and four the end. */
const EACH_ONCE = ["COMPLETE", "COMPLETE", "COMPLETE", "COMPLETE", "PENDING", "PROCESSING"];

// test/bench/polls.mjs has the full ten thousand.
test("in 1,000 rounds of six concurrent polls each poll moves the task by one state", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls" });
  const begin = { method: "POST", headers, body: JSON.stringify(CAT) };
  for (let round = 0; round < 1000; round += 1) {
    const started = await simulator.handle(new Request(`https://api.hubapi.com${IMPORT}`, begin));
    const { id } = (await started.json()) as { id: string };
    const url = `https://api.hubapi.com${IMPORT}/tasks/${id}/status`;
    const answers = await Promise.all(Array.from({ length: 6 }, () => simulator.handle(new Request(url, { headers }))));
    const seen = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { status: string }).status));
    if (seen.toSorted().join() !== EACH_ONCE.join()) expect(seen.toSorted(), `round ${round}`).toEqual(EACH_ONCE);
    simulator.remove(id);
  }
});

test("over HTTP, too, through Prism", async () => {
  const own = file.own();
  for (let round = 0; round < 200; round += 1) {
    const id = await own.start();
    const seen = await Promise.all(Array.from({ length: 6 }, () => own.look(id)));
    expect(seen.toSorted(), `round ${round}`).toEqual(EACH_ONCE);
  }
});
