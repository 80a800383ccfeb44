import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readReplay } from "../mocks/replay.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { toHar } from "../src/verify/recording/har.js";
import type { Verification } from "../src/verify/verify.js";
import { openDoor } from "./doors.js";
import { failures, verifyMock } from "./verify-mock.js";

async function record({ exchanges, report }: Verification): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "kit-")), "recording.har");
  await writeFile(file, JSON.stringify(toHar(exchanges, { version: "1.0.0", target: report.target })));
  return file;
}

const polls = ({ report }: Verification) =>
  report.tasks.map((task) =>
    task.polls.map(({ atMs, status, state }) => `${atMs - (task.importedAtMs ?? 0)} ${status} ${state}`),
  );

test.each(["happy", "rate-limited", "server-error", "complete-with-errors", "malformed-json", "stuck-pending"])(
  "a mock that replays a recording of %s does what was recorded, when it was recorded",
  async (scenario) => {
    const original = await verifyMock({ scenario });
    const replay = await readReplay(await record(original));
    const again = await verifyMock({ scenarios: replay, scenario: "replay-1" });
    expect(failures(again)).toEqual(failures(original));
    expect(polls(again)).toEqual(polls(original));
    expect(again.defects).toEqual([]);
  },
);

test("a replayed task has an id, a link and dates of today", async () => {
  const original = await verifyMock();
  const scenarios = [...(await readScenarios()), ...(await readReplay(await record(original)))];
  const door = await openDoor("prism", { scenarios, scenario: "replay-1", pace: "polls" });
  door.clock.advance(86_400_000);
  const id = await door.start();
  await door.look(id);
  const task = await door.look(id);
  expect(task).toMatchObject({
    taskId: id,
    status: "PROCESSING",
    requestedAt: new Date(door.clock.now()).toISOString(),
  });
  expect(task.links?.["status"]).toMatch(new RegExp(`^http://127.0.0.1:\\d+/.*/${id}/status$`));
});

test("an import of a recorded url gets the scenario that was recorded for it", async () => {
  const scenarios = [...(await readScenarios()), ...(await readReplay(await record(await verifyMock())))];
  const door = await openDoor("simulator", { scenarios, scenario: "happy", pace: "immediate" });
  const failed = await door.start({ url: "https://import-kit.invalid/missing.png" });
  expect(await door.look(failed)).toMatchObject({ status: "CANCELED" });
  const other = await door.start({ url: "https://example.com/dog.png" });
  expect(await door.look(other)).toMatchObject({ status: "COMPLETE", result: { name: "dog" } });
});

test("an import that was refused at first is refused at first", async () => {
  let calls = 0;
  const limited: typeof fetch = async (input, init) => {
    const isImport = init?.method === "POST" && String(init.body).includes("w3c_home");
    if (isImport) calls += 1;
    if (!isImport || calls > 1) return fetch(input, init);
    const body = {
      status: "error",
      message: "You have reached your ten_secondly_rolling limit.",
      correlationId: "01a09f40-b241-7c31-9b5e-4d1f0a6e2c87",
    };
    return Response.json(body, { status: 429, headers: { "Retry-After": "2" } });
  };
  const original = await verifyMock({}, { fetch: limited });
  expect(original.report.waits).toEqual({ 429: 1 });
  const again = await verifyMock({ scenarios: await readReplay(await record(original)), scenario: "replay-1" });
  expect(again.report).toMatchObject({ conclusion: "conforms", waits: { 429: 1 } });
});

test("a file that holds no import is refused", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "kit-")), "empty.har");
  await writeFile(file, JSON.stringify({ log: { entries: [] } }));
  await expect(readReplay(file)).rejects.toThrow(`${file} holds no import.`);
});
