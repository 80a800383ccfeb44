import { expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { IMPORT } from "../doors.js";
import { fileMock } from "./mock.js";

const file = fileMock();

test("a task has a short name, which does wherever its id does", async () => {
  const own = file.own();
  const [first, second] = [await own.start(), await own.start({ "X-Mock-Scenario": "rate-limited;burst=3" })];
  await own.look("slow~a");
  expect((await own.tasks()).map(({ name }) => name)).toEqual(["happy#1", "rate-limited#2", "slow#3"]);
  expect((await own.task("#1")).id).toBe(first);
  expect((await own.task("2")).id).toBe(second);
  expect((await own.task("rate-limited#2")).id).toBe(second);
  expect((await own.task("last")).id).toBe("slow~a");
  await own.inject("last", { error: "locked" });
  expect((await own.poll("slow~a")).status).toBe(423);
  expect(await own.cancel("#1", { message: "Too large." })).toMatchObject({ id: first, status: "CANCELED" });
  await own.clock.toNextChange("#2");
  await own.remove("last");
  expect((await own.task("last")).id).toBe(second);
});

test("a poll by a short name is one of that task, in the journal, to the judge and in a copied curl, too", async () => {
  const own = file.own();
  const id = await own.start();
  expect([await own.look("last"), await own.look("happy#1")]).toEqual(["PENDING", "PENDING"]);
  expect(await own.journal({ taskId: "last" })).toMatchObject([{ taskId: id }, { taskId: id }, { taskId: id }]);
  const path = `/__mock/sessions/${own.name}/journal?task=last&operation=checkImportStatus`;
  const { exchanges } = (await (await file.control(path.slice(7))).json()) as {
    exchanges: { task: string; request: { url: string } }[];
  };
  const asked = exchanges.map(({ task, request }) => [task, request.url]);
  expect(asked).toEqual(Array(2).fill(["happy#1", `${file.url}${IMPORT}/tasks/${id}/status`]));
  expect(await own.curl(2)).toContain(`/tasks/${id}/status`);
  expect((await own.conduct()).clients[0]?.tasks.map((task) => task.id)).toEqual([id]);
  await own.verify({ taskId: "last", exactly: 3 });
});

test("an unknown short name gets a list of those that exist; a number alone is not a name for a client", async () => {
  const own = file.own();
  const refused = async (id: string) => ((await (await own.poll(id)).json()) as { message: string }).message;
  expect(await refused("last")).toBe(
    `Session "${own.name}" has no task yet. Start one with an import, or poll a scenario's name.`,
  );
  await own.start();
  const sentence = `there is no task "#9" in session "${own.name}". Tasks there: happy#1.`;
  expect(await refused("#9")).toBe(`T${sentence.slice(1)}`);
  for (const ask of [own.task, own.complete, own.remove, own.next, own.clock.toNextChange]) {
    await expect(ask("#9")).rejects.toMatchObject({ code: "unknown-task", message: sentence });
  }
  await expect(own.journal({ taskId: "#9" })).rejects.toThrow(sentence);
  await expect(own.task("lst")).rejects.toThrow("Did you mean last, the newest task?");
  await expect(own.task("slow#1")).rejects.toThrow('no task "slow#1"');
  expect(await refused("1")).toBe("Provided ID could not be decoded.");
});

test("a task that is forgotten is named, and an address that was cut at # forgets none", async () => {
  const own = file.own();
  const at = `/sessions/${own.name}/tasks`;
  const id = await own.start({ "X-Mock-Scenario": "canceled" });
  const missing = await file.control(`${at}/canceled`, { method: "DELETE" });
  expect((await missing.json()) as object).toMatchObject({
    status: 404,
    detail:
      'there is no task with the id "canceled". Tasks of this scenario: canceled#1. Write only the number, as in …/tasks/1.',
  });
  await own.look("canceled");
  const cut = await file.control(`${at}/canceled`, { method: "DELETE" });
  expect((await cut.json()) as object).toMatchObject({
    type: "urn:hubspot-import-kit:ambiguous-task",
    status: 409,
    detail:
      '"canceled" may be one of canceled#1, canceled#2, because a URL ends at #. Write only the number, as in …/tasks/2.',
  });
  expect(await own.tasks()).toHaveLength(2);
  const gone = await file.control(`${at}/1`, { method: "DELETE" });
  expect([gone.status, await gone.json()]).toEqual([200, { id, name: "canceled#1" }]);
  const last = await file.control(`${at}/canceled`, { method: "DELETE" });
  expect(await last.json()).toEqual({ id: "canceled", name: "canceled#2" });
  const state = await file.control(`${at}/canceled`, { method: "PUT" });
  expect(await state.text()).toContain("cut the URL at #. Write only the number, as in …/tasks/3.");
});

test("a task of that very id comes before a short name", async () => {
  const [happy] = (await readScenarios()).filter(({ name }) => name === "happy");
  if (!happy) throw new Error("the catalogue has no happy");
  const simulator = createSimulator({ scenarios: [happy, { ...happy, name: "last" }] });
  const poll = async (id: string) => {
    const headers = { Authorization: "Bearer any" };
    return (await simulator.answer(new Request(`http://mock${IMPORT}/tasks/${id}/status`, { headers }))).taskId;
  };
  expect([await poll("last"), await poll("happy"), await poll("last")]).toEqual(["last", "happy", "last"]);
  expect(simulator.task("last").id).toBe("last");
});

test("numbers survive a snapshot and an eviction, and none is given twice", async () => {
  const own = file.own();
  await own.start();
  const second = await own.start();
  await own.remove("#1");
  const elsewhere = file.client.session("elsewhere");
  await elsewhere.restore(await own.snapshot());
  expect((await elsewhere.task("happy#2")).id).toBe(second);
  const { tasks, ...rest } = await own.snapshot();
  const [task] = tasks;
  if (!task) throw new Error("the snapshot has no task");
  const { number: _, ...unnumbered } = task;
  await elsewhere.restore({ ...rest, tasks: [{ ...unnumbered, id: "slow" }, task, { ...task, id: "happy" }] });
  expect((await elsewhere.tasks()).map(({ name }) => name)).toEqual(["happy#3", "happy#2", "happy#4"]);

  const simulator = createSimulator({ scenarios: await readScenarios() });
  const poll = async (id: string) => {
    const request = new Request(`http://mock${IMPORT}/tasks/${id}/status`, {
      headers: { Authorization: "Bearer any" },
    });
    return (await simulator.answer(request)).taskId;
  };
  for (let n = 1; n <= 10_001; n += 1) await poll(`happy~${n}`);
  expect(simulator.tasks()).toHaveLength(10_000);
  expect(simulator.task("last").name).toBe("happy#10001");
  expect(await poll("happy%231")).toBe("happy~1");
  expect(simulator.task("happy~1").name).toBe("happy#1");
});
