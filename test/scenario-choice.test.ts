import { expect, test } from "vitest";
import { encodeTaskId } from "../src/task/task-id.js";
import { START } from "./clock.js";
import { IMPORT, openDoor, throughEachDoor } from "./doors.js";

const CANCELED_URL = { url: "https://example.com/cat.png#mock=canceled" };

throughEachDoor("the header chooses before the url's fragment, and the fragment before the default", async (open) => {
  const { call } = await open({ scenario: "slow" });
  const why = async (request: object, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/", ...request });
    return (await call(IMPORT, { method: "POST", body, headers })).headers.get("x-mock-scenario");
  };
  expect(await why(CANCELED_URL, { "X-Mock-Scenario": "happy" })).toBe("happy; why=header");
  expect(await why(CANCELED_URL)).toBe("canceled; why=fragment");
  expect(await why({})).toBe("slow; why=default");
});

throughEachDoor("in a url's fragment the last mock= chooses, and text before the # never does", async (open) => {
  const { call } = await open();
  const chosen = async (end: string) => {
    const body = JSON.stringify({ url: `https://example.com/cat.png${end}`, access: "PRIVATE", folderPath: "/" });
    return (await call(IMPORT, { method: "POST", body })).headers.get("x-mock-scenario")?.split(";")[0];
  };
  expect(await chosen("#a=1&mock=canceled")).toBe("canceled");
  expect(await chosen("#mock=slow&mock=canceled&b=2")).toBe("canceled");
  expect(await chosen("#/route#mock=canceled")).toBe("canceled");
  for (const none of ["?mock=canceled", "?a=1&mock=canceled", "#nomock=canceled", "#mock=", "?#"]) {
    expect(await chosen(none), none).toBe("happy");
  }
  expect(await chosen("#".repeat(1_000_000))).toBe("happy");
});

throughEachDoor("a task keeps the scenario that its import chose", async (open) => {
  const { clock, start, poll } = await open();
  const id = await start(CANCELED_URL);
  clock.advance(3000);
  const answer = await poll(id);
  expect(answer.headers.get("x-mock-scenario")).toBe("canceled; why=task");
  expect(await answer.json()).toMatchObject({ status: "CANCELED", numErrors: 1 });
});

throughEachDoor("a scenario's name is a task that starts at its first poll", async (open) => {
  const { clock, look } = await open();
  clock.advance(60_000);
  expect(await look("happy")).toMatchObject({
    taskId: "happy",
    status: "PENDING",
    requestedAt: "2026-09-14T12:01:00.000Z",
  });
  clock.advance(3000);
  expect((await look("happy")).status).toBe("COMPLETE");
});

throughEachDoor("a poll's header shows any task under another scenario", async (open) => {
  const { clock, start, poll } = await open();
  const id = await start();
  expect((await poll(id, { "X-Mock-Scenario": "missing-scopes" })).status).toBe(403);
  expect((await poll(id)).status).toBe(200);
  clock.advance(3000);
  const status = async (scenario: string) =>
    ((await (await poll(id, { "X-Mock-Scenario": scenario })).json()) as { status: string }).status;
  expect([await status(""), await status("canceled"), await status("")]).toEqual(["COMPLETE", "CANCELED", "COMPLETE"]);
});

throughEachDoor("an unknown scenario gets a 400 that names the nearest", async (open) => {
  const { call, poll } = await open();
  const body = '{"url":"https://example.com/a.png#mock=cancelled","access":"PRIVATE","folderPath":"/"}';
  for (const answer of [
    await call(IMPORT, { method: "POST", body }),
    await poll("happy", { "X-Mock-Scenario": "cancelled" }),
  ]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      status: "error",
      message: expect.stringContaining('no scenario "cancelled". Did you mean canceled'),
      category: "VALIDATION_ERROR",
    });
  }
});

throughEachDoor("X-Mock-Seed seeds one task, however it begins", async (open) => {
  const { start, look } = await open({ scenario: "instant" });
  const fileId = async (id: string) => {
    const task = await look(id);
    return task.status === "COMPLETE" ? task.result?.id : undefined;
  };
  const seven = await fileId(await start({}, { "X-Mock-Seed": "7" }));
  expect(await fileId(await start({}, { "X-Mock-Seed": "7" }))).toBe(seven);
  expect(await fileId(await start({}, { "X-Mock-Seed": "8" }))).not.toBe(seven);
  expect(await fileId(await start())).not.toBe(seven);
});

test.each(["-1", "4294967296", "1.5", "abc", ""])("the seed %j is rejected with a 400, or ignored", async (seed) => {
  const { poll } = await openDoor("simulator");
  const answer = await poll("happy", { "X-Mock-Seed": seed });
  expect(answer.status).toBe(seed === "" ? 200 : 400);
  if (seed !== "") expect(await answer.json()).toMatchObject({ message: expect.stringContaining("0 to 4294967295") });
});

test("two imports with the same seed in the same millisecond are two tasks", async () => {
  const { start } = await openDoor("simulator");
  expect(await start({}, { "X-Mock-Seed": "7" })).not.toBe(await start({}, { "X-Mock-Seed": "7" }));
});

throughEachDoor("a label after a scenario's name makes another task of it", async (open) => {
  const { clock, look } = await open();
  await look("happy");
  clock.advance(3000);
  expect(await look("happy~2")).toMatchObject({ taskId: "happy~2", status: "PENDING" });
  expect((await look("happy")).status).toBe("COMPLETE");
});

test("a task of a scenario that this mock lacks says what to start it with", async () => {
  const { poll } = await openDoor("simulator");
  const id = encodeTaskId({ requestedAt: START, seed: 1, serial: 0, scenario: "patience" });
  expect(await (await poll(id)).json()).toMatchObject({
    message:
      'This task\'s scenario is "patience", which this mock does not have. Start the mock with the --scenarios directory that has it.',
  });
});

test("where no name is near, none is guessed", async () => {
  const { poll } = await openDoor("simulator");
  expect(await (await poll("happy", { "X-Mock-Scenario": "429" })).json()).toMatchObject({
    message: 'There is no scenario "429". To list all: npx hubspot-import-kit scenarios',
  });
});

throughEachDoor("neither HEAD nor a rejected poll starts a task", async (open) => {
  const { call, clock, look, poll } = await open();
  await call(`${IMPORT}/tasks/happy/status`, { method: "HEAD" });
  await poll("happy", { "X-Mock-Scenario": "nope" });
  clock.advance(5000);
  expect((await look("happy")).status).toBe("PENDING");
});

throughEachDoor("another seed starts a new named task, and an invalid one is always rejected", async (open) => {
  const { clock, poll } = await open();
  const status = async (seed: string) =>
    ((await (await poll("happy", { "X-Mock-Seed": seed })).json()) as { status: string }).status;
  expect(await status("7")).toBe("PENDING");
  clock.advance(3000);
  expect(await status("7")).toBe("COMPLETE");
  expect(await status("8")).toBe("PENDING");
  expect((await poll("happy", { "X-Mock-Seed": "abc" })).status).toBe(400);
});

throughEachDoor("tasks of different names show different files", async (open) => {
  const { look } = await open({ pace: "immediate" });
  const tasks = [await look("happy"), await look("slow"), await look("happy~2")];
  expect(new Set(tasks.map((task) => task.status === "COMPLETE" && task.result?.id)).size).toBe(3);
});
