import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectMock, defineScenario, startMock } from "../../mocks/client.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls" });
const poll = (url: string, id: string, token = "any") =>
  fetch(`${url}/files/v3/files/import-from-url/async/tasks/${id}/status`, {
    headers: { Authorization: `Bearer ${token}` },
  });

test("a mock that is awaited with using is closed at the end of its block", async () => {
  let url = "";
  {
    await using mock = await startMock({ port: 0, scenario: "canceled", pace: "immediate" });
    ({ url } = mock);
    expect(await (await poll(url, "canceled")).json()).toMatchObject({ status: "CANCELED" });
    await mock.verify({ operation: "checkImportStatus", exactly: 1 });
  }
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("scenarios of one's own stand beside the catalogue, from code or a directory", async () => {
  const source = { summary: "Never starts.", steps: [{ state: "PENDING" as const }] };
  const directory = await mkdtemp(join(tmpdir(), "scenarios-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "of-file.yaml"), "summary: Never starts.\nsteps:\n  - state: PENDING\n");
  for (const [name, scenarios] of [
    ["of-code", [defineScenario("of-code", source), defineScenario("happy", source)]],
    ["of-file", directory],
  ] as const) {
    await using mock = await startMock({ port: 0, scenarios });
    const names = (await mock.scenarios()).map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining([name, "canceled", "happy"]));
    expect(new Set(names).size).toBe(names.length);
    await mock.use(name);
  }
});

test("what a mock offers directly is its default session", async () => {
  await poll(file.url, "happy");
  expect((await file.client.tasks()).map(({ id }) => id)).toEqual(["happy"]);
  expect(await file.client.session("default").tasks()).toEqual(await file.client.tasks());
  expect(file.client.baseUrl).toBe(`${file.url}/s/default`);
});

test("a session's token and address both lead to it", async () => {
  const { token, baseUrl, tasks } = file.client.session("two-ways");
  await poll(file.url, "happy", token);
  await poll(baseUrl, "happy");
  expect((await tasks()).map(({ polls }) => polls)).toEqual([2]);
});

test("a session is there at its first use, and again after it was forgotten", async () => {
  const { tasks, name } = file.client.session("first-use");
  expect(await tasks()).toEqual([]);
  await file.control(`/sessions/${name}`, { method: "DELETE" });
  expect(await tasks()).toEqual([]);
});

test("a rejected request throws its code and what to do", async () => {
  await expect(file.client.task("nobody")).rejects.toMatchObject({
    name: "ControlError",
    code: "unknown-task",
    message: 'there is no task "nobody". Start it with an import, or poll it once.',
    problem: { status: 404 },
  });
  await expect(file.client.use("cancelled")).rejects.toThrow("Did you mean canceled");
  await expect(file.client.inject("nobody", {})).rejects.toMatchObject({ code: "invalid-request" });
});

test("what is no mock says so", async () => {
  await using mock = await startMock({ port: 0 });
  const client = connectMock({ url: `${mock.url}/elsewhere/` });
  await expect(client.tasks()).rejects.toThrow(/responds 404 to \/__mock\/sessions\/default\/tasks. Is it a mock/);
});

test("a name that would lead to another place of the API is no session's", () => {
  const mock = connectMock({ url: "http://127.0.0.1:4010" });
  for (const name of ["..", ".", "a/b", ""]) expect(() => mock.session(name)).toThrow("is not a valid session name");
});

test("an id that would lead to another place of the API is no task's", async () => {
  const session = file.client.session("segments");
  await session.configure({ pace: "manual" });
  await poll(session.baseUrl, "happy");
  for (const id of ["..", "."]) {
    await expect((async () => session.next(id))()).rejects.toMatchObject({ code: "unknown-task" });
    await expect((async () => session.remove(id))()).rejects.toMatchObject({ code: "unknown-task" });
  }
  expect((await session.tasks()).map(({ status }) => status)).toEqual(["PENDING"]);
});

test("what is left undefined in a filter is left out", async () => {
  const own = file.own();
  await own.look("happy");
  expect(await own.journal({ taskId: undefined, limit: 1 } as never)).toHaveLength(1);
});
