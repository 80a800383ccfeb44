import { getResponse } from "msw";
import { expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { fileMock } from "./control/mock.js";
import { CAT, IMPORT, openDoor, throughEachDoor } from "./doors.js";

const file = fileMock();
const APP = { Authorization: "Bearer the-apps-token", "Content-Type": "application/json" };

async function start(end: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const body = JSON.stringify({ ...CAT, url: `https://example.com/cat.png${end}` });
  const answer = await fetch(file.url + IMPORT, { method: "POST", headers: { ...APP, ...headers }, body });
  return ((await answer.json()) as { id: string }).id;
}

const poll = (id: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${file.url}${IMPORT}/tasks/${encodeURIComponent(id)}/status`, { headers: { ...APP, ...headers } });

const look = async (id: string, headers: Readonly<Record<string, string>> = {}) =>
  (await (await poll(id, headers)).json()) as { status: string; taskId: string; links: { status: string } };

test("two people with one app's token each have a session, by the fragment of their import's url", async () => {
  const [anna, bob] = [file.client.session("anna"), file.client.session("bob")];
  const hers = await start("#mock=canceled@anna");
  const his = await start("#mock=slow;queued=5s@bob");
  await anna.clock.advance("1m");
  expect([(await look(hers)).status, (await look(his)).status]).toEqual(["CANCELED", "PENDING"]);
  expect((await anna.tasks()).map(({ id }) => id)).toEqual([hers]);
  expect((await bob.tasks()).map(({ id, scenario }) => [id, scenario])).toEqual([[his, "slow;queued=5s"]]);
  expect((await anna.journal()).map(({ operation, taskId }) => [operation, taskId])).toEqual([
    ["importFromUrl", hers],
    ["checkImportStatus", hers],
  ]);
  expect((await anna.conduct()).clients.map(({ session }) => session)).toEqual(["anna"]);
  expect(await file.client.tasks()).toEqual([]);
  expect(await file.client.journal()).toEqual([]);
});

test("a task's link, its id after a reset and another poll's header find the session again", async () => {
  const id = await start("#mock=happy@carol");
  const { links, taskId } = await look(id);
  expect(taskId).toBe(id);
  expect(((await (await fetch(links.status, { headers: APP })).json()) as { taskId: string }).taskId).toBe(id);
  await file.client.session("carol").reset();
  expect((await look(id)).status).toBe("PENDING");
  await look("happy", { "X-Mock-Scenario": "happy@carol" });
  expect((await file.client.session("carol").tasks()).map((task) => task.id)).toEqual([id, "happy"]);
});

test("what a request itself says of its session comes before what its task says", async () => {
  const token = { Authorization: "Bearer pat-mock-dora" };
  const id = await start("#mock=canceled@erin", token);
  expect(id).not.toContain("@");
  await look(await start("#mock=canceled@erin"), { "X-Mock-Session": "dora" });
  expect((await file.client.session("dora").tasks()).map(({ scenario }) => scenario)).toEqual(["canceled", "canceled"]);
  expect(await file.client.session("erin").tasks()).toHaveLength(1);
});

test.each([
  "canceled@fay",
  "canceled~2@fay",
  "canceled@fay~2",
  "canceled;queued=2@fay",
  "canceled;queued=2~3@fay",
  "canceled;message=To%40o%20large@fay",
  "canceled%40fay",
  "canceled%3Bqueued%3D2%40fay",
])("%s names fay's session as a fragment, a header and a task's name", async (reference) => {
  const fay = file.client.session("fay");
  await fay.reset();
  await start(`#mock=${reference}`);
  await start("", { "X-Mock-Scenario": reference });
  expect((await look(reference)).taskId).toBe(reference);
  const scenarios = (await fay.tasks()).map(({ scenario }) => scenario);
  expect(scenarios).toHaveLength(3);
  expect(new Set(scenarios).size).toBe(1);
  expect(scenarios[0]).toMatch(/^canceled(;queued=2s|;message=To%40o%20large)?$/);
});

throughEachDoor("an invalid session name is rejected as everywhere", async (open) => {
  const { call, poll: ask } = await open();
  const body = JSON.stringify({ ...CAT, url: "https://example.com/cat.png#mock=canceled@-x" });
  for (const [place, answer] of [
    ["url", await call(IMPORT, { method: "POST", body })],
    ["taskId", await ask("canceled@-x")],
    ["X-Mock-Scenario", await ask("happy", { "X-Mock-Scenario": "canceled@-x" })],
    ["Authorization", await ask("happy", { Authorization: "Bearer pat-mock-an~na~2" })],
  ] as const) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "INVALID_SESSION", in: place }] });
  }
  const early = { ...CAT, url: "https://example.com/cat.png#mock=canceled@anna;message=x" };
  const answer = await call(IMPORT, { method: "POST", body: JSON.stringify(early) });
  expect(((await answer.json()) as { message: string }).message).toBe(
    '"anna;message=x" is not a valid session name. It comes last: write SCENARIO;message=x@anna.',
  );
});

test("the app's token deletes the file that a task of the session has shown, and of no other session", async () => {
  const id = await start("#mock=instant@gina");
  const file1 = ((await (await poll(id)).json()) as { result: { id: string } }).result.id;
  const own = await start("", { "X-Mock-Scenario": "instant", "X-Mock-Session": "hal" });
  const file2 = ((await (await poll(own, { "X-Mock-Session": "hal" })).json()) as { result: { id: string } }).result.id;
  const remove = async (fileId: string) =>
    (await fetch(`${file.url}/files/v3/files/${fileId}`, { method: "DELETE", headers: APP })).status;
  expect([await remove(file1), await remove(file1), await remove(file2)]).toEqual([204, 404, 404]);
  expect((await file.client.session("gina").journal()).at(-1)).toMatchObject({ operation: "deleteFile" });
});

test("MSW's door finds the sessions, too", async () => {
  const mock = createImportMock({ scenario: "happy" });
  const send = async (path: string, init: RequestInit = {}) =>
    (await getResponse(
      [...mock.handlers],
      new Request(`https://api.hubapi.com${path}`, { headers: APP, ...init }),
    )) as Response;
  const body = JSON.stringify({ ...CAT, url: "https://example.com/cat.png#mock=canceled@anna" });
  const { id } = (await (await send(IMPORT, { method: "POST", body })).json()) as { id: string };
  expect(id.endsWith("@anna")).toBe(true);
  for (const state of ["PENDING", "PROCESSING", "CANCELED"]) {
    expect(await (await send(`${IMPORT}/tasks/${id}/status`)).json()).toMatchObject({ status: state });
  }
  expect(mock.tasks).toEqual([]);
});

throughEachDoor(
  "a renewed token pat-mock-anna~2 finds anna's tasks, and ends what waits for a new token",
  async (open) => {
    const { poll: ask, clock } = await open();
    const status = async (token: string) => (await ask("token-expires", { Authorization: `Bearer ${token}` })).status;
    expect([await status("pat-mock-anna"), await status("pat-mock-anna")]).toEqual([200, 401]);
    clock.advance(3000);
    const answer = await ask("token-expires", { Authorization: "Bearer pat-mock-anna~2" });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ status: "COMPLETE" })]);
    expect(await status("pat-mock-anna")).toBe(401);
    expect(await status("pat-mock-bob")).toBe(200);
  },
);

test("a default scenario chooses no session", async () => {
  const sentence =
    '"canceled@anna" names a session, but only a request can choose its session. Write canceled; in the text of a parameter, write an at sign as %40.';
  await expect(file.client.session("ivy").use("canceled@anna")).rejects.toThrow(sentence);
  await expect(openDoor("simulator", { scenario: "canceled@anna" })).rejects.toThrow(sentence);
  await file.client.session("ivy").use("canceled;message=me%40home");
});

test("an id that names a session works on a mock that was started since", async () => {
  const before = await openDoor("simulator");
  const id = await before.start({ url: "https://example.com/cat.png#mock=slow@anna" });
  const after = await openDoor("simulator");
  after.clock.advance(60_000);
  expect(await after.look(id)).toMatchObject({ taskId: id, status: "COMPLETE" });
});
