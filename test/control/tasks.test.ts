import { expect, onTestFinished, test } from "vitest";
import { startMock } from "../../mocks/client.js";
import type { Schemas } from "../../mocks/control/operations.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { fileMock } from "./mock.js";

const file = fileMock();

test("a forced state stays whatever time and polls say, until another is forced", async () => {
  const own = file.own();
  const id = await own.start();
  await own.force(id, "PROCESSING");
  await own.clock.advance("1h");
  expect([await own.look(id), await own.look(id)]).toEqual(["PROCESSING", "PROCESSING"]);
  await own.complete(id);
  const task = (await (await own.poll(id)).json()) as { status: string; startedAt: string; completedAt: string };
  expect(task.status).toBe("COMPLETE");
  expect(Date.parse(task.completedAt) - Date.parse(task.startedAt)).toBe(3_600_000);
});

test("behind a base path the preview of a poll is what the poll gets", async () => {
  const mock = await startMock({ port: 0, basePath: "/hubspot" });
  onTestFinished(() => mock.close());
  const headers = { Authorization: "Bearer any" };
  const path = "/hubspot/files/v3/files/import-from-url/async/tasks/canceled/status";
  const polled = (await (await fetch(mock.url + path, { headers })).json()) as { status: string };
  const preview = await fetch(`${mock.url}/__mock/sessions/default/tasks/canceled/preview`);
  expect(await preview.json()).toMatchObject({ state: polled.status, response: { status: 200 } });
});

test("a task that is held in PENDING does not start before it is released", async () => {
  const own = file.own();
  const id = await own.start();
  await own.force(id, "PENDING");
  const { now } = await own.clock.advance("1h");
  expect(await own.look(id)).toBe("PENDING");
  await own.cancel(id, { message: "Too large." });
  expect(await (await own.poll(id)).json()).toMatchObject({
    status: "CANCELED",
    startedAt: now,
    completedAt: now,
    numErrors: 1,
    errors: [{ message: "Too large.", category: "VALIDATION_ERROR" }],
  });
});

test("of more than ten thousand tasks the least recently polled is listed no more, and yet goes on where it was", async () => {
  const simulator = createSimulator({
    scenarios: await readScenarios(),
    pace: "polls",
    now: () => Date.UTC(2026, 8, 14),
  });
  const headers = new Headers({ Authorization: "Bearer any" });
  const ask = (id: string) => {
    const url = `http://localhost/files/v3/files/import-from-url/async/tasks/${id}/status`;
    // Without a Request of the platform's, which takes longer to make than the poll.
    return simulator.exchange({ method: "GET", url, headers }, { kind: "empty" });
  };
  const body = (id: string) => ask(id).response.body;
  const poll = (id: string) => (JSON.parse(body(id)) as { status: string }).status;
  poll("slow~ended");
  simulator.cancel("slow~ended", { message: "Too large." });
  const end = body("slow~ended");
  expect(end).toContain("Too large.");
  const [kept, unlisted] = ["happy~kept", "happy~unlisted"];
  expect([poll(unlisted), poll(kept)]).toEqual(["PENDING", "PENDING"]);
  for (let n = 0; n < 9998; n += 1) ask(`instant~${n}`);
  simulator.configure({ failure: "silent", asPublished: true });
  expect(poll(kept)).toBe("PROCESSING");
  poll("instant~more");
  expect(simulator.tasks()).toHaveLength(10_000);
  expect(simulator.tasks().at(-1)?.id).toBe("instant~more");
  expect(simulator.tasks().map(({ id }) => id)).not.toContain(unlisted);
  expect([poll(unlisted), poll(kept)]).toEqual(["PROCESSING", "COMPLETE"]);
  expect(body("slow~ended")).toBe(end);
});

test("tasks that began in one moment are listed as they began, whichever was polled since", async () => {
  const own = file.own();
  await own.clock.freeze();
  const ids = [await own.start(), await own.start(), await own.start()];
  await own.look(ids[0] ?? "");
  expect((await own.tasks()).map(({ id }) => id)).toEqual(ids);
});

test("an end never changes, and no task goes back to PENDING", async () => {
  const own = file.own();
  const id = await own.start();
  await own.force(id, "PROCESSING");
  await expect(own.force(id, "PENDING")).rejects.toMatchObject({ code: "task-started", problem: { status: 409 } });
  await own.complete(id);
  const before = await own.task(id);
  for (const state of ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"] as const) {
    await expect(own.force(id, state), state).rejects.toMatchObject({ code: "task-ended", problem: { status: 409 } });
  }
  expect(await own.task(id)).toEqual(before);
});

test("an end that came by itself cannot be forced into another", async () => {
  const own = file.own();
  const id = await own.start();
  await own.clock.advance("3s");
  await expect(own.cancel(id)).rejects.toThrow("has ended as COMPLETE");
  expect(await own.look(id)).toBe("COMPLETE");
});

test("a task shows its past and future states, with their instants", async () => {
  const own = file.own();
  const { now } = await own.clock.set("2026-09-14T12:00:00Z");
  const id = await own.start();
  await own.clock.freeze();
  await own.clock.set("2026-09-14T12:00:01Z");
  expect((await own.task(id)).timeline).toEqual([
    { state: "PENDING", isReached: true, at: now },
    { state: "PROCESSING", isReached: true, at: "2026-09-14T12:00:01.000Z" },
    { state: "COMPLETE", isReached: false, at: "2026-09-14T12:00:03.000Z" },
  ]);
  await own.clock.advance("500ms");
  await own.cancel(id);
  expect((await own.task(id)).timeline).toEqual([
    { state: "PENDING", isReached: true, at: now },
    { state: "PROCESSING", isReached: true, at: "2026-09-14T12:00:01.000Z" },
    { state: "CANCELED", isReached: true, at: "2026-09-14T12:00:01.500Z" },
  ]);
});

test("a state that only a poll can bring has no instant yet", async () => {
  const own = file.own();
  await own.configure({ pace: "polls" });
  const id = await own.start();
  expect((await own.task(id)).timeline.map(({ at }) => at !== undefined)).toEqual([true, false, false]);
});

test("a task shows its own exchanges alone", async () => {
  const own = file.own();
  const [id, other] = [await own.start(), await own.start()];
  await own.look(id);
  await own.look(other);
  const { exchanges } = await own.task(id);
  expect(exchanges.map(({ operation, taskId }) => [operation, taskId])).toEqual([
    ["importFromUrl", id],
    ["checkImportStatus", id],
  ]);
});

test("under pace manual a task moves only when moved, and not while a state is forced", async () => {
  const own = file.own();
  await own.configure({ pace: "manual" });
  const [id, held] = [await own.start(), await own.start()];
  await own.force(held, "PENDING");
  expect(await own.next()).toBe(1);
  expect([await own.look(id), await own.look(held)]).toEqual(["PROCESSING", "PENDING"]);
  expect(await own.next(id)).toBe(1);
  expect(await own.next(id)).toBe(0);
  expect(await own.look(id)).toBe("COMPLETE");
});

test("a task that is forgotten begins anew by its id", async () => {
  const own = file.own();
  await own.look("happy");
  await own.cancel("happy");
  await own.remove("happy");
  expect(await own.tasks()).toEqual([]);
  expect(await own.look("happy")).toBe("PENDING");
});

test("a task's id may be any that a path can carry", async () => {
  const own = file.own();
  for (const id of ["happy~ä", "happy~a/b", "happy~%2F"]) await own.poll(id);
  for (const { id } of await own.tasks()) expect((await own.task(id)).id).toBe(id);
});

test("scenarios are listed, and each shows its steps", async () => {
  const names = (await file.client.scenarios()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["happy", "canceled", "rate-limited"]));
  const happy = (await (await file.control("/scenarios/happy")).json()) as { steps: object[] };
  expect(happy.steps).toEqual([
    { state: "PENDING", forMs: 1000, polls: 1 },
    { state: "PROCESSING", forMs: 2000, polls: 1 },
    { state: "COMPLETE" },
  ]);
  const unknown = await file.control("/scenarios/hapy");
  expect([unknown.status, ((await unknown.json()) as { detail: string }).detail]).toEqual([
    404,
    expect.stringContaining("Did you mean happy"),
  ]);
});

test("under pace polls a task is shown as its client knows it, and can be canceled from there", async () => {
  const own = file.own();
  await own.configure({ pace: "polls" });
  const id = await own.start();
  const shown = async () => {
    const { status, timeline } = await own.task(id);
    return [status, ...timeline.filter(({ isReached }) => isReached).map(({ state }) => state)];
  };
  expect(await shown()).toEqual(["PENDING", "PENDING"]);
  await own.look(id);
  expect(await shown()).toEqual(["PENDING", "PENDING"]);
  await own.look(id);
  expect(await shown()).toEqual(["PROCESSING", "PENDING", "PROCESSING"]);
  await own.cancel(id);
  expect(await own.look(id)).toBe("CANCELED");
  const other = await own.start();
  for (const state of ["PENDING", "PROCESSING", "COMPLETE"]) expect(await own.look(other)).toBe(state);
  await expect(own.cancel(other)).rejects.toMatchObject({ code: "task-ended" });
});

test("of a long list the newest tasks can be read alone, with their timelines", async () => {
  const own = file.own();
  for (const scenario of ["happy", "canceled", "slow"]) await own.start({ "X-Mock-Scenario": scenario });
  const response = await file.control(`/sessions/${own.name}/tasks?timeline=true&limit=2`);
  const { tasks } = (await response.json()) as Schemas["TaskList"];
  expect(tasks.map(({ name, timeline = [] }) => [name, timeline.map(({ state }) => state)])).toEqual([
    ["canceled#2", ["PENDING", "PROCESSING", "CANCELED"]],
    ["slow#3", ["PENDING", "PROCESSING", "COMPLETE"]],
  ]);
});
