import fc from "fast-check";
import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { defineScenario } from "../src/scenario/define.js";
import { reasonFor } from "../src/simulator/reason.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { openDoor, throughEachDoor } from "./doors.js";

const lifecycle = (await readScenarios()).filter(({ tags, parameters = [] }) => {
  return tags.includes("lifecycle") && parameters.some(({ name }) => name === "queued" || name === "stored");
});

/** A duration as a tester writes it, and its milliseconds. */
const durations = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }).map((ms) => ({ text: `${ms}ms`, ms })),
  fc.integer({ min: 1, max: 9999 }).map((seconds) => ({ text: `${seconds}`, ms: seconds * 1000 })),
);

test("any lifecycle scenario is PENDING and PROCESSING as long as queued and stored say, to the millisecond", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lifecycle), durations, durations, async (scenario, queued, stored) => {
      const { clock, start, look } = await openDoor("simulator");
      const has = (name: string) => scenario.parameters?.some((one) => one.name === name);
      const given = [has("queued") && `queued=${queued.text}`, has("stored") && `stored=${stored.text}`];
      const id = await start({}, { "X-Mock-Scenario": [scenario.name, ...given.filter(Boolean)].join(";") });
      const seen = [];
      if (has("queued")) {
        clock.advance(queued.ms - 1);
        seen.push((await look(id)).status);
        clock.advance(1);
      }
      if (has("stored")) {
        clock.advance(stored.ms - 1);
        seen.push((await look(id)).status);
        clock.advance(1);
      }
      expect(seen).toEqual([...(has("queued") ? ["PENDING"] : []), ...(has("stored") ? ["PROCESSING"] : [])]);
      const end = scenario.steps.at(-1)?.state;
      expect((await look(id)).status).toBe(end === "FAILURE" ? "CANCELED" : end);
    }),
    { numRuns: 200 },
  );
});

throughEachDoor("a failure has the message and the category of its parameters, wherever it is named", async (open) => {
  const { clock, start, look } = await open();
  const reference = "canceled;message=Zu%20gro%C3%9F%3B%20100%25;category=FILE_TOO_LARGE;queued=0;stored=0";
  const ids = [
    await start({}, { "X-Mock-Scenario": reference }),
    await start({ url: `https://example.com/cat.png#mock=${reference}` }),
    encodeURIComponent(reference),
  ];
  clock.advance(1);
  for (const id of ids) {
    expect(await look(id)).toMatchObject({
      status: "CANCELED",
      numErrors: 1,
      errors: [{ message: "Zu groß; 100%", category: "FILE_TOO_LARGE" }],
    });
  }
  const plain = await start({ url: "https://example.com/cat.png#mock=source-too-large;message=Too large" });
  clock.advance(3000);
  expect(await look(plain)).toMatchObject({ errors: [{ message: "Too large", category: "VALIDATION_ERROR" }] });
});

throughEachDoor(
  "a fault that begins at one poll begins at another by poll, its own scenario's included",
  async (open) => {
    const patient = defineScenario("patient", {
      summary: "Is locked twice.",
      steps: [{ state: "PENDING" }],
      faults: [{ polls: [2, 3], error: "locked" }],
    });
    const { poll } = await open({ scenarios: [...(await readScenarios()), patient] });
    const statuses = async (id: string) => {
      const seen = [];
      for (let count = 0; count < 5; count += 1) seen.push((await poll(id)).status);
      return seen;
    };
    expect(await statuses("rate-limited;poll=3")).toEqual([200, 200, 429, 200, 200]);
    expect(await statuses("server-error;poll=4")).toEqual([200, 200, 200, 503, 503]);
    expect(await statuses("patient")).toEqual([200, 423, 423, 200, 200]);
    expect(await statuses("patient;poll=1")).toEqual([423, 423, 200, 200, 200]);
  },
);

test.each(["canceled", "complete"] as const)("a failure shown as %s has its words, too", async (failure) => {
  const { look } = await openDoor("simulator", { failure, pace: "immediate" });
  expect(await look("canceled;message=Too%20large")).toMatchObject({
    status: failure === "canceled" ? "CANCELED" : "COMPLETE",
    errors: [{ message: "Too large" }],
  });
});

test("under pace polls a time changes nothing, and the journal says so", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls" });
  const tasks = "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks";
  const request = () => new Request(`${tasks}/happy;queued=30/status`, { headers: { Authorization: "Bearer any" } });
  const states = [];
  for (let poll = 0; poll < 3; poll += 1) states.push((await simulator.answer(request())).state);
  expect(states).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
  const [first] = simulator.journal().entries();
  expect(first && reasonFor(first)).toBe(
    "Poll 1 under pace polls, where queued and stored have no effect: scenario happy;queued=30s, which the task is named after, shows PENDING.",
  );
});

throughEachDoor("a token lasts as many polls, and as long, as its parameters say", async (open) => {
  const { clock, poll } = await open();
  const statuses = async (id: string, waits: readonly number[]) => {
    const seen = [];
    for (const wait of waits) {
      clock.advance(wait);
      seen.push((await poll(id)).status);
    }
    return seen;
  };
  expect(await statuses("token-expires", [0, 0, 0])).toEqual([200, 401, 401]);
  expect(await statuses("token-expires;after=3", [0, 0, 0, 0])).toEqual([200, 200, 200, 401]);
  expect(await statuses("token-expires;after=0", [0])).toEqual([401]);
  expect(await statuses("token-expires;lifetime=30", [0, 29_999, 1, 0])).toEqual([200, 200, 401, 401]);
  expect((await poll("token-expires", { Authorization: "Bearer new" })).status).toBe(200);
});

test("a scenario of one's own has them, too, but for what it declares or takes from a parameter of its own", async () => {
  const mine = defineScenario("mine", {
    summary: "s",
    parameters: { wait: { type: "duration", default: "3s" }, category: { default: "OWN" } },
    steps: [
      { state: "PENDING", for: "$wait" },
      { state: "PROCESSING", for: "4s" },
      { state: "CANCELED", errors: 1, error: { category: "$category", message: "Long. ".repeat(40) } },
    ],
  });
  expect(mine.parameters?.map(({ name }) => name)).toEqual(["wait", "category", "stored"]);
  const parted = defineScenario("parted", {
    summary: "s",
    steps: [{ state: "PENDING", for: "1s" }, { state: "PENDING", for: "1s", polls: 2 }, { state: "FAILURE" }],
  });
  expect(parted.parameters?.map(({ name }) => name)).toEqual(["message", "category"]);
  const { clock, look } = await openDoor("simulator", { scenarios: [mine], scenario: "mine" });
  await look("mine;wait=1;stored=1");
  clock.advance(2000);
  expect(await look("mine;wait=1;stored=1")).toMatchObject({ status: "CANCELED", errors: [{ category: "OWN" }] });
});

test("a failure of one's own has its words in the file", async () => {
  const mine = defineScenario("mine", {
    summary: "s",
    steps: [{ state: "FAILURE", error: { message: "Gone.", context: { host: ["a.test"] } } }],
  });
  const { look } = await openDoor("simulator", { scenarios: [mine], scenario: "mine" });
  expect(await look("mine")).toMatchObject({
    errors: [{ message: "Gone.", category: "VALIDATION_ERROR", context: { host: ["a.test"] } }],
  });
});
