import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSnapshot } from "../bin/mock/snapshot-file.js";
import { connectMock } from "../mocks/client.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { run, runMock } from "./command.js";
import { OLD_SNAPSHOT } from "./control/old-snapshot.js";
import { IMPORT } from "./doors.js";

const scenarios = await readScenarios();

/** A file in a directory of the test's own. */
async function fileOf(text?: string) {
  const directory = await mkdtemp(join(tmpdir(), "import-kit-snapshot-"));
  // A mock that was just killed may still have written into it.
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
  const file = join(directory, "mock.json");
  if (text !== undefined) await writeFile(file, text);
  return { directory, file };
}

/** Half a minute, as twenty milliseconds. */
const SOON = `const s=setInterval;globalThis.setInterval=(f,ms,...a)=>s(f,ms===30000?20:ms,...a)`;
const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SOON)}` };

async function started(file: string) {
  const mock = await runMock(["--snapshot", file], { env });
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(mock.url + path, { ...init, headers: { Authorization: "Bearer any" } });
    return { status: response.status, text: (await response.text()).replaceAll(mock.url, "HOST") };
  };
  const poll = (id: string, session = "") => call(`${session}${IMPORT}/tasks/${id}/status`);
  return { ...mock, call, poll, client: connectMock({ url: mock.url }) };
}

test("the next mock continues with what a killed or terminated one kept", async () => {
  const { directory, file } = await fileOf();
  const first = await started(file);
  const { client } = first;
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await first.poll("instant");
  const { result } = JSON.parse((await first.poll("instant")).text) as { result: { id: string } };
  const path = `/files/v3/files/${result.id}`;
  expect((await first.call(path, { method: "DELETE" })).status).toBe(204);
  await first.poll("slow");
  await client.cancel("slow", { message: "Too large." });
  const anna = client.session("anna");
  await anna.configure({ limits: { daily: 1 } });
  await anna.clock.advance("1d");
  expect([(await first.poll("happy", "/s/anna")).status, (await first.poll("happy", "/s/anna")).status]).toEqual([
    200, 429,
  ]);
  const ends = [await first.poll("instant"), await first.poll("slow")];
  await client.inject("instant", { error: "rate-limited", times: 2 });
  expect((await first.poll("instant")).status).toBe(429);
  const { answers } = (await client.snapshot()).counters;
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toContain(`"answers":${answers}`), 10_000);
  first.child.kill("SIGKILL");
  await first.ended;

  const second = await started(file);
  expect((await second.poll("instant")).status).toBe(429);
  expect([await second.poll("instant"), await second.poll("slow")]).toEqual(ends);
  expect((await second.call(path, { method: "DELETE" })).status).toBe(404);
  expect((await second.poll("happy", "/s/anna")).status).toBe(429);
  expect(await second.printed("continued from")).toContain(`continued from ${file}\n`);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);

  const third = await started(file);
  expect(await third.poll("instant")).toEqual(ends[0]);
  expect((await third.client.task("instant")).polls).toBe(7);
  const tomorrow = (await third.client.session("anna").clock.read()).now;
  expect(Date.parse(tomorrow) - Date.parse((await third.client.clock.read()).now)).toBeGreaterThan(86_000_000);

  // Whoever takes its directory away is told once, and at the end.
  await rm(directory, { recursive: true, maxRetries: 10 });
  await third.poll("instant");
  await vi.waitFor(() => expect(third.stderr()).toContain("Trying again every 30 s.\n"), 10_000);
  expect((await third.poll("instant")).status).toBe(200);
  third.child.kill("SIGINT");
  expect(await third.ended).toBe(2);
  expect(third.stderr()).toBe(
    `mock: ${file} cannot be written: ENOENT. Trying again every 30 s.\n` +
      `mock: ${file} cannot be written: ENOENT. Changes since it was last written are lost.\n`,
  );
});

test("a file that is not a snapshot is reported in one line, before the mock listens", async () => {
  const { file } = await fileOf('{"version":4,"sessions":{}}');
  const advice = "Choose another file; a missing file is created.";
  const version = "/version must be a format from 1 to 3; got 4. Export the snapshot with a mock of the same version.";
  expect(await run("mock", "--port", "0", "--snapshot", file)).toEqual({
    code: 2,
    stdout: "",
    stderr: `mock: ${file} is not a snapshot of a whole mock: ${version} ${advice}\n`,
  });
});

const TASK = { id: "mine", requestedAt: 0, seed: 1, scenario: "mine", draft: { fileName: "a", access: "PRIVATE" } };
const withTask = (task: object) =>
  JSON.stringify({
    sessions: {
      default: { ...OLD_SNAPSHOT, tasks: [{ ...TASK, pace: "time", speed: 1, moves: [], polls: 1, ...task }] },
    },
  });

test.each([
  ["nothing", "", "is empty."],
  ["half of it", "{", "is not JSON."],
  ["a list", "[]", "is not a snapshot of a whole mock: it must be an object; got an array."],
  ["a HAR", '{"log":{"entries":[]}}', "is not a snapshot of a whole mock: /sessions is missing."],
  ["one session", JSON.stringify(OLD_SNAPSHOT), "is not a snapshot of a whole mock: /sessions is missing."],
  [
    "a task without its counts",
    withTask({}),
    "is not a snapshot of a whole mock: /sessions/default/tasks/0/answered is",
  ],
  ["a task of another scenario", withTask({ answered: 1 }), 'cannot be used: there is no scenario "mine".'],
  [
    "an invalid response",
    withTask({ answered: 1, scenario: "happy", injected: [{ error: "nope" }] }),
    "is not a snapshot of a whole mock: /sessions/default/tasks/0/injected/0",
  ],
])("of a file with %s is told what is wrong with it", async (_, text, problem) => {
  const { file } = await fileOf(text);
  const error = await openSnapshot(file, scenarios).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "snapshot-file", message: expect.stringContaining(`${file} ${problem}`) });
});

test("a directory, a device and a place that cannot be written are reported at the start", async () => {
  const { directory, file } = await fileOf();
  const problemOf = (path: string) => openSnapshot(path, scenarios).catch(({ message }: Error) => message);
  expect([await problemOf(directory), await problemOf("/dev/null"), await problemOf(join(file, "mock.json"))]).toEqual([
    expect.stringContaining(" is a directory. "),
    expect.stringContaining(" is not a regular file. "),
    `${join(file, "mock.json")} cannot be written: ${file} is not a directory. Choose another file.`,
  ]);
  const { snapshot } = await openSnapshot(file, scenarios);
  expect(snapshot).toBeUndefined();
});
