import { expect, test } from "vitest";
import type { Schemas } from "../../mocks/control/operations.js";
import { fileMock, ownSession } from "./mock.js";

const file = fileMock();
const elsewhere = fileMock();

/** JSON that a test breaks. */
// biome-ignore lint/suspicious/noExplicitAny: each breakage reaches into a snapshot of any shape
type Breakage = (snapshot: any) => unknown;

const END = { end: { state: "COMPLETE", errors: 0 }, startedAt: 0, completedAt: 0 };

async function lived() {
  const own = file.own();
  await own.configure({ seed: 7, failure: "silent" });
  const [id, held, moved] = [await own.start(), await own.start(), await own.start({ "X-Mock-Scenario": "canceled" })];
  await own.clock.advance("1s");
  await own.look(id);
  await own.force(held, "PROCESSING");
  await own.cancel(moved, { message: "By hand." });
  await own.clock.freeze();
  return { own, ids: [id, held, moved] };
}

test("a session goes on in another mock: states, dates, clock, settings and the next random value", async () => {
  const { own, ids } = await lived();
  const there = ownSession(elsewhere.client.session(own.name), elsewhere.url);
  await there.restore(await own.snapshot());
  expect(await there.snapshot()).toEqual(await own.snapshot());
  const bodies = async (session: typeof own) => {
    const texts = await Promise.all(ids.map(async (id) => (await session.poll(id)).text()));
    return texts.map((text) => text.replaceAll(/127\.0\.0\.1:\d+/g, "HOST"));
  };
  expect(await bodies(there)).toEqual(await bodies(own));
  expect(await there.start()).toBe(await own.start());
});

test("limits that are used up and files that were deleted go along", async () => {
  const own = file.own();
  await own.configure({ limits: { daily: 5 }, pace: "immediate" });
  const { result } = (await (await own.poll("happy")).json()) as { result: { id: string } };
  const remove = async ({ baseUrl, name }: typeof own) => {
    const headers = { Authorization: "Bearer any", "X-Mock-Session": name };
    return (await fetch(`${baseUrl}/files/v3/files/${result.id}`, { method: "DELETE", headers })).status;
  };
  expect([await remove(own), (await own.poll("rate-budget;calls=1")).status]).toEqual([204, 200]);
  const there = ownSession(elsewhere.client.session(own.name), elsewhere.url);
  await there.restore(await own.snapshot());
  expect([(await there.poll("rate-budget;calls=1")).status, (await there.poll("happy")).status]).toEqual([429, 200]);
  expect([await remove(there), (await there.poll("happy")).status]).toEqual([429, 429]);
  await there.configure({ limits: {} });
  expect(await remove(there)).toBe(404);
});

test("the whole mock is exported and imported, and sessions that the export lacks are gone", async () => {
  const { own } = await lived();
  const all = await file.client.exportAll();
  await elsewhere.client.session("leftover").configure({});
  await elsewhere.client.importAll(all);
  expect((await elsewhere.client.sessions()).toSorted()).toEqual((await file.client.sessions()).toSorted());
  expect(await elsewhere.client.session(own.name).tasks()).toEqual(await own.tasks());
});

test.each<[string, Breakage]>([
  ["an unknown scenario of the session", (s) => (s.settings.scenario = "nope")],
  ["an unknown scenario of its last task", (s) => (s.tasks.at(-1).scenario = "nope")],
  ["an unknown property", (s) => (s.more = 1)],
  ["a missing part", (s) => delete s.counters],
  ["a clock that shows no instant", (s) => (s.clock.shows = -1)],
  ["a clock without a rate", (s) => (s.clock.rate = 0)],
  ["an end without a start", (s) => delete s.tasks.find((task: Schemas["KeptTask"]) => task.forced).forced.startedAt],
  ["a seed that is none", (s) => (s.tasks[0].seed = 2 ** 32)],
  ["an access that is none", (s) => (s.tasks[0].draft.access = "NOBODY")],
  ["a task that was moved at no instant", (s) => (s.tasks[0].moves = ["soon"])],
  ["files that are no list", (s) => (s.files = {})],
  ["an answer that waits and is none", (s) => (s.tasks[0].injected = [{ error: "nope" }])],
  ["an answer that waits for no poll", (s) => (s.tasks[0].injected = [{ wire: "reset", times: 0 }])],
  ["an end before its start", (s) => (s.tasks[0].settled = { ...END, startedAt: 2, completedAt: 1 })],
  ["an end that is under way", (s) => (s.tasks[0].settled = { ...END, end: { state: "PENDING", errors: 0 } })],
  ["calls at no instant", (s) => (s.spent.session.tenSecondly = [{ at: "now", calls: 1 }])],
])("a snapshot with %s is refused, and nothing is changed", async (_, breakIt) => {
  const { own } = await lived();
  const before = await file.client.exportAll();
  const broken = structuredClone(await own.snapshot());
  breakIt(broken);
  await expect(own.restore(broken)).rejects.toMatchObject({ name: "ControlError" });
  await expect(file.client.session("never-made").restore(broken)).rejects.toMatchObject({ name: "ControlError" });
  await expect(file.client.importAll({ sessions: { ...before.sessions, broken } })).rejects.toMatchObject({
    name: "ControlError",
  });
  expect(await file.client.exportAll()).toEqual(before);
});

test("a whole mock without the default session, or with a session of no name, is rejected", async () => {
  const { sessions } = await file.client.exportAll();
  const { default: kept, ...others } = sessions;
  await expect(file.client.importAll({ sessions: others as never })).rejects.toThrow(
    "/body/sessions/default is missing",
  );
  await expect(file.client.importAll({ sessions: { default: kept as never, "a b": kept as never } })).rejects.toThrow(
    "/body/sessions",
  );
});

test("a reset of all leaves the default session alone, as it began", async () => {
  await elsewhere.client.use("canceled");
  await elsewhere.client.session("more").configure({});
  await elsewhere.client.resetAll();
  expect(await elsewhere.client.sessions()).toEqual(["default"]);
  expect((await elsewhere.client.settings()).scenario).toBe("happy");
});

test("a fault does not apply to its token again in another mock, and a reference of any length is kept", async () => {
  const own = file.own();
  const poll = (session: typeof own, token: string) =>
    session.poll("token-expires", { Authorization: `Bearer ${token}`, "X-Mock-Session": session.name });
  for (let polls = 0; polls < 4; polls += 1) await poll(own, "first");
  const answers = [(await poll(own, "first")).status, (await poll(own, "second")).status];
  await own.poll(`result-named;name=${"\u6F22".repeat(150)}`);
  const there = ownSession(elsewhere.client.session(own.name), elsewhere.url);
  await there.restore(await own.snapshot());
  expect([(await poll(there, "first")).status, (await poll(there, "second")).status]).toEqual(answers);
  expect(answers).toEqual([401, 200]);
});

test.each<[string, Breakage]>([
  ["a task that stands there twice", (one) => one.tasks.push(structuredClone(one.tasks[0]))],
  ["half a character in a file's name", (one) => (one.tasks[0].draft.fileName = "\ud800.png")],
  [
    "a state forced before its task began",
    (one) => (one.tasks[0].forced = { state: "COMPLETE", at: 5, startedAt: 1e12 }),
  ],
])("%s is refused, and nothing is changed", async (_, breakIt) => {
  const { own } = await lived();
  const before = await own.snapshot();
  const broken = structuredClone(before);
  breakIt(broken);
  await expect(own.restore(broken)).rejects.toMatchObject({ problem: { status: 400 } });
  expect(await own.snapshot()).toEqual(before);
});

test("what is exported can be imported, also when it is larger than any other body may be", async () => {
  const { own } = await lived();
  const snapshot = await own.snapshot();
  const task = snapshot.tasks[0] as Schemas["KeptTask"];
  const tasks = Array.from({ length: 1500 }, (_, index) => ({ ...task, id: `${index}`.padEnd(9000, "x") }));
  const there = elsewhere.client.session(own.name);
  await there.restore({ ...snapshot, tasks });
  expect(await there.tasks()).toHaveLength(1500);
  const all = await elsewhere.client.exportAll();
  expect(JSON.stringify(all).length).toBeGreaterThan(12_000_000);
  await elsewhere.client.importAll(all);
  await there.reset();
});

test("a body that is larger than a snapshot can be is rejected with what to do", async () => {
  const megabyte = new Uint8Array(1024 ** 2).fill(0x20);
  let left = 201;
  const body = new ReadableStream({
    pull(controller) {
      if (left === 0) return controller.close();
      left -= 1;
      controller.enqueue(megabyte);
    },
  });
  const answer = await elsewhere.control("/snapshot", { method: "PUT", body, duplex: "half" } as RequestInit);
  expect(answer.status).toBe(413);
  expect(await answer.text()).toContain("larger than 200 MB. Export less: one session with GET");
});

test("a snapshot that is sent to the wrong one of the two addresses gets the right one", async () => {
  const { own } = await lived();
  await expect(own.restore((await file.client.exportAll()) as never)).rejects.toThrow(
    "/body/settings is missing. It is a snapshot of a whole mock: send it to /__mock/snapshot.",
  );
  await expect(file.client.importAll((await own.snapshot()) as never)).rejects.toThrow(
    "/body/sessions is missing. It is a snapshot of one session: send it to /__mock/sessions/NAME/snapshot.",
  );
});

test("of a snapshot with thousands of broken tasks the first mistake is reported", async () => {
  const { own } = await lived();
  const snapshot = { ...(await own.snapshot()), tasks: Array.from({ length: 40_000 }, () => ({})) } as never;
  await expect(own.restore(snapshot)).rejects.toThrow("/body/tasks/0/id is missing.");
});

test("a snapshot contains its format; one of another format is rejected with it, an older one without is accepted", async () => {
  const { own } = await lived();
  const { version, ...older } = await own.snapshot();
  expect([version, (await file.client.exportAll()).version]).toEqual([3, 3]);
  await own.restore(older);
  const newer = { ...older, version: 4, novelty: {} } as never;
  const sentence =
    "must be a format from 1 to 3; got 4. Export the snapshot with a mock of the same version. See /__mock/openapi.yaml.";
  await expect(own.restore(newer)).rejects.toThrow(`/body/version ${sentence}`);
  await expect(file.client.importAll({ sessions: { default: newer } })).rejects.toThrow(
    `/body/sessions/default/version ${sentence}`,
  );
});
