import fc from "fast-check";
import { expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { encodeTaskId } from "../src/task/task-id.js";
import { START } from "./clock.js";
import { fileMock } from "./control/mock.js";
import { CAT, IMPORT, openDoor, throughEachDoor } from "./doors.js";

const file = fileMock();

throughEachDoor("a misspelt task id gets the nearest scenario, in HubSpot's response", async (open) => {
  const { poll } = await open();
  for (const id of [
    "cancelled",
    "Canceled",
    "cancelled~2",
    "cancelled;queued=1",
    "cancelled@anna",
    "cancelled%253Bqueued=1",
  ]) {
    const answer = await poll(id);
    expect(answer.status, id).toBe(400);
    expect(await answer.json(), id).toMatchObject({
      message: "Provided ID could not be decoded. Did you mean the scenario canceled?",
      category: "VALIDATION_ERROR",
      context: { id: [decodeURIComponent(id)], nearest: ["canceled"] },
    });
  }
  const ofHubspotsForm = await poll("skip-pendig");
  expect([ofHubspotsForm.status, await ofHubspotsForm.json()]).toEqual([
    404,
    expect.objectContaining({
      message: "resource not found. Did you mean the scenario skip-pending?",
      context: { nearest: ["skip-pending"] },
    }),
  ]);
});

test("no id that HubSpot, or a mock, can have given is taken for a scenario's name", async () => {
  const { poll } = await openDoor("simulator");
  const ofHubspot = fc
    .uint8Array({ minLength: 8, maxLength: 8 })
    .map((bytes) => Buffer.from(bytes).toString("base64url"));
  const ofMock = fc
    .record({ seed: fc.nat(), serial: fc.nat(1000), end: fc.integer({ min: 1, max: 8 }) })
    .map(({ end, ...one }) => encodeTaskId({ requestedAt: START, scenario: "happy", ...one }).slice(0, -end));
  await fc.assert(
    fc.asyncProperty(fc.oneof(ofHubspot, ofMock, fc.uuid(), fc.nat().map(String)), async (id) => {
      const answer = (await (await poll(id)).json()) as { message: string };
      expect(answer.message).toMatch(/^(resource not found|Provided ID could not be decoded\.)$/);
    }),
    { numRuns: 500 },
  );
});

throughEachDoor("separators that a client has percent-encoded are read", async (open) => {
  const { poll, start } = await open({ pace: "polls" });
  const encoded = "rate-limited%3Bburst%3D2";
  const ids = [
    await start({ url: `https://example.com/cat.png#mock=${encoded}` }),
    await start({}, { "X-Mock-Scenario": encoded }),
    await start({}, { "X-Mock-Scenario": "rate-limited;burst%3D2" }),
    encoded,
    encodeURIComponent(encoded),
  ];
  for (const id of ids) {
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await poll(id)).status);
    expect(statuses, id).toEqual([200, 429, 429, 200]);
  }
});

test("the journal names the nearest scenario, whatever place the wrong name stood in", async () => {
  const own = file.own();
  const init = {
    method: "POST",
    headers: { Authorization: `Bearer ${own.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ ...CAT, url: "https://example.com/cat.png#mock=Rate_limitd,burst=3" }),
  };
  await fetch(file.url + IMPORT, init);
  await own.poll("cancelled");
  await own.poll("happy", { "X-Mock-Scenario": "hapy" });
  expect((await own.journal()).map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/There is no scenario "Rate_limitd,burst=3"\. Did you mean rate-limited/),
    "Rejected before any scenario: Provided ID could not be decoded. Did you mean the scenario canceled?",
    'Rejected before any scenario: There is no scenario "hapy". Did you mean happy?',
  ]);
});

test("settings, MSW's use and the control API name the nearest scenario", async () => {
  const own = file.own();
  const sentence = 'there is no scenario "cancelled". Did you mean canceled';
  await expect(own.use("cancelled")).rejects.toThrow(sentence);
  await expect(own.configure({ scenario: "Cancelled;queued=1" })).rejects.toThrow("Did you mean canceled");
  const shown = await file.control("/scenarios/cancelled");
  expect([shown.status, await shown.json()]).toEqual([
    404,
    expect.objectContaining({ detail: expect.stringContaining(sentence) }),
  ]);
  await expect(own.complete("cancelled")).rejects.toThrow(
    'no task "cancelled". Did you mean the scenario canceled? Start it',
  );
  await expect(own.verify({ scenario: "cancelled", exactly: 0 })).rejects.toThrow(sentence);
  await expect(own.verify({ scenario: "canceled;mesage=x", exactly: 0 })).rejects.toThrow("Write canceled;message=x.");
  expect(() => createImportMock().use("cancelled")).toThrow(sentence);
  expect(() => createImportMock({ scenario: "CANCELED" })).toThrow("Did you mean canceled");
  await expect(openDoor("prism", { scenario: "hapy", scenarios: await readScenarios() })).rejects.toThrow(
    "Did you mean happy",
  );
});
