import { expect, test } from "vitest";
import { requestLine } from "../bin/mock/request-line.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { IMPORT } from "./doors.js";

test("the mock's log says of a call that was never answered that it has no answer", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls", now: () => 0 });
  const poll = () =>
    simulator.answer(
      new Request(`https://api.hubapi.com${IMPORT}/tasks/connection-reset/status`, {
        headers: { Authorization: "Bearer any" },
      }),
    );
  await poll();
  expect(requestLine(await poll(), [])).toBe(
    `GET ${IMPORT}/tasks/connection-reset/status no answer connection-reset (name) - on the wire: reset`,
  );
});
