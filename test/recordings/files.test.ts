import { execFileSync } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readHar } from "../../mocks/har-file.js";
import { fromHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { run, runMock } from "../command.js";
import { directoryOf, verify } from "../verify-command.js";
import { type Entry, harOf, pollOf, STATES } from "./har.js";

const TEXT = JSON.stringify(harOf());

/** What the file of a recording comes to. */
async function read(bytes: string | Uint8Array, files: Readonly<Record<string, string>> = {}) {
  const directory = await directoryOf({ ...files, "run.har": bytes });
  return readHar(join(directory, "run.har"));
}

function statesIn({ exchanges }: Awaited<ReturnType<typeof read>>): readonly unknown[] {
  return judge(exchanges).tasks.flatMap(({ polls }) => polls.map(({ state, status }) => state ?? status));
}

const utf16 = Buffer.from(`\uFEFF${TEXT}`, "utf16le");

test.each<[string, string | Uint8Array]>([
  ["UTF-8", TEXT],
  ["UTF-8 with a mark", `\uFEFF${TEXT}`],
  ["UTF-16, as Windows' shell writes it", utf16],
  ["UTF-16 of the other order", Buffer.from(utf16).swap16()],
  ["JSON as Python writes it", TEXT.replaceAll('"time":40', '"time": NaN').replaceAll('"wait":40', '"wait":-Infinity')],
  ["JSON that is filled up with zeros", `${TEXT}\0\0\0`],
])("a recording in %s is read", async (_, bytes) => {
  expect(statesIn(await read(bytes))).toEqual(STATES);
});

test("a word that is no number of JSON's stays what it is in a text", async () => {
  const har = harOf((all) => Object.assign(all[0].request, { postData: { text: '{"name":"NaN, \\"Infinity"}' } }));
  const { exchanges } = await read(JSON.stringify(har).replace('"time":40', '"time":NaN'));
  expect(exchanges[0]?.request.body).toBe('{"name":"NaN, \\"Infinity"}');
});

test.each<[string, string | Uint8Array, string]>([
  [
    "a zip",
    Buffer.from("PK\u0003\u0004"),
    "is a zip archive: unpack it, and pass the .har in it, with the files beside it.",
  ],
  ["gzip", gzipSync(TEXT), "is compressed with gzip: unpack it, and pass the .har in it, with the files beside it."],
  [
    "zlib",
    deflateSync(TEXT, { level: 9 }),
    "is compressed with zlib: unpack it, and pass the .har in it, with the files beside it.",
  ],
  ["nothing", "", "is not JSON."],
  ["half a recording", TEXT.slice(0, -10), "is not JSON."],
])("a file of %s is rejected by what it is", async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(`run.har ${message} Pass a HAR file, such as one of verify --record.`);
});

/** As Playwright writes it with `content: "attach"`. */
function attach({ response }: Entry, name: unknown): void {
  response.content = { size: 9, mimeType: "application/json;charset=utf-8", _file: name };
}

const BODY = JSON.stringify({
  taskId: "AAAAEqTIHz0",
  status: "PROCESSING",
  requestedAt: "2026-09-14T12:00:00.000Z",
  startedAt: "2026-09-14T12:00:01.000Z",
  links: {},
});

test("bodies that are attached as files beside the recording are read", async () => {
  const har = harOf((all) => {
    attach(pollOf(all, 2), "second.json");
    all[0].request["postData"] = { mimeType: "application/json", text: "", params: [], _file: "import.json" };
  });
  const recording = await read(JSON.stringify(har), {
    "second.json": BODY,
    "import.json": '{"url":"https://example.com/"}',
  });
  expect(statesIn(recording)).toEqual(STATES);
  expect(recording.leftOut).toEqual([]);
  expect(recording.exchanges[0]?.request.body).toBe('{"url":"https://example.com/"}');
});

test("no file is read that is outside the recording's directory, is not a regular file, or is too large", async () => {
  const outside = await directoryOf({ "secret.json": BODY });
  const directory = await directoryOf({ "large.json": " ".repeat(10_000_001) });
  await symlink(join(outside, "secret.json"), join(directory, "link.json"));
  await symlink(outside, join(directory, "door"));
  execFileSync("mkfifo", [join(directory, "pipe.json")]);
  const names = [
    "../secret.json",
    join(outside, "secret.json"),
    "link.json",
    "door/secret.json",
    ".",
    "pipe.json",
    "large.json",
    "none.json",
    "a\0b",
    "x".repeat(5000),
    `${"../".repeat(30)}etc/passwd`,
  ];
  for (const name of names) {
    const har = harOf((all) => attach(pollOf(all, 2), name));
    await writeFile(join(directory, "run.har"), JSON.stringify(har));
    const { exchanges, leftOut } = await readHar(join(directory, "run.har"));
    expect(exchanges[2]?.response, name).toMatchObject({ body: "", flaw: "not-recorded" });
    expect(leftOut, name).toEqual([
      { place: "log.entries[2]", why: expect.stringMatching(/^its body is in the file .*: it (is|has|does|cannot)/s) },
    ]);
  }
});

test("without its files, a recording reports which of its bodies are in one", () => {
  const { leftOut } = fromHar(harOf((all) => attach(pollOf(all, 2), "second.json")));
  expect(leftOut).toEqual([
    { place: "log.entries[2]", why: "its body is in the file second.json: the file was not read" },
  ]);
});

test("the parts of a recording that are not judged are listed on standard error, and in the JSON report", async () => {
  const har = harOf((all) => {
    for (const number of [1, 2]) pollOf(all, number).response.content["text"] = null;
    pollOf(all, 3).startedDateTime = null;
  });
  const cwd = await directoryOf({ "run.har": JSON.stringify(har) });
  const { code, stdout, stderr } = await verify(["--recording", "run.har", "--json"], { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain("verify: log.entries[1], log.entries[2] are not judged: its body is not in the recording\n");
  expect(stderr).toContain("verify: log.entries[3] is not judged: startedDateTime is missing\n");
  expect(JSON.parse(stdout).leftOut).toEqual([
    { place: "log.entries[1]", why: "its body is not in the recording" },
    { place: "log.entries[2]", why: "its body is not in the recording" },
    { place: "log.entries[3]", why: "startedDateTime is missing" },
  ]);
});

test("a replay reports at its start what it omits, and a recording without bodies does not start it", async () => {
  const odd = harOf((all) => {
    pollOf(all, 2).response.status = 999;
    pollOf(all, 3).startedDateTime = null;
  });
  const bare = harOf((all) => all.map(({ response }) => Object.assign(response, { content: null })));
  const cwd = await directoryOf({ "odd.har": JSON.stringify(odd), "bare.har": JSON.stringify(bare) });
  const { stderr } = await runMock(["--replay", "odd.har"], { cwd });
  expect(stderr()).toBe(
    "mock: log.entries[3] is not replayed unchanged: startedDateTime is missing\n" +
      "mock: log.entries[2] is not replayed unchanged: no response can have the status 999\n",
  );
  expect(await run("mock", "--port", "0", "--replay", join(cwd, "bare.har"))).toEqual({
    code: 2,
    stdout: "",
    stderr: `mock: ${join(cwd, "bare.har")}: It has no response body. Export it with content: in a browser's network panel "Save all as HAR with content".\n`,
  });
});
