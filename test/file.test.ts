import { expect, test } from "vitest";
import type { File, ImportRequest } from "../src/contract/contract.js";
import { encodeTaskId } from "../src/task/task-id.js";
import { START } from "./clock.js";
import { type Door, openDoor } from "./doors.js";

const instant = () => openDoor("simulator", { scenario: "instant" });

type Asked = { [Key in keyof ImportRequest]?: ImportRequest[Key] | undefined };

async function imported(request: Asked, door?: Door): Promise<File> {
  const { start, look } = door ?? (await instant());
  const task = await look(await start(request));
  if (task.status !== "COMPLETE" || task.result === undefined) throw new Error(`no file: ${JSON.stringify(task)}`);
  return task.result;
}

const HOST = "https://8812345.fs1.hubspotusercontent-na1.net/hubfs/8812345";

test.each<[string, Asked, Partial<File>]>([
  ["a plain url", {}, { name: "cat", extension: "png", path: "/library/cat.png", type: "IMG", encoding: "png" }],
  [
    "archive.tar.gz",
    { url: "https://example.com/archive.tar.gz" },
    { name: "archive.tar", extension: "gz", type: "OTHER" },
  ],
  ["no extension", { url: "https://example.com/README" }, { name: "README", extension: "", path: "/library/README" }],
  [
    "unicode",
    { url: "https://example.com/%E7%8C%AB-%C3%A4.pdf" },
    { name: "猫-ä", path: "/library/猫-ä.pdf", url: `${HOST}/library/%E7%8C%AB-%C3%A4.pdf`, type: "DOCUMENT" },
  ],
  [
    "spaces",
    { url: "https://example.com/my%20cat.jpg" },
    { name: "my cat", path: "/library/my cat.jpg", url: `${HOST}/library/my%20cat.jpg`, encoding: "jpeg" },
  ],
  ["a query string", { url: "https://example.com/cat.png?size=large&name=dog.pdf" }, { name: "cat", extension: "png" }],
  ["a fragment", { url: "https://example.com/cat.png#mock=instant" }, { name: "cat", extension: "png" }],
  [
    "a name of 300 characters",
    { name: "n".repeat(300) },
    { name: "n".repeat(300), path: `/library/${"n".repeat(300)}.png` },
  ],
  ["no name at all", { url: "https://example.com/" }, { name: "file", extension: "", path: "/library/file" }],
  ["a name that wins over the url's", { name: "dog" }, { name: "dog", extension: "png" }],
  ["a name with its own extension", { name: "dog.pdf" }, { name: "dog", extension: "pdf", type: "DOCUMENT" }],
  ["a name of slashes", { name: "../../etc/passwd" }, { path: "/library/..-..-etc-passwd.png" }],
  ["two dots", { url: "https://example.com/", name: ".." }, { path: "/library/file" }],
  ["a folder above", { folderPath: "../../x/./y" }, { path: "/x/y/cat.png" }],
  ["a line break", { name: "two\nlines" }, { path: "/library/two lines.png" }],
  ["a name of nothing that can be seen", { name: "\u0001" }, { path: "/library/cat.png" }],
  ["5,000 characters", { name: "n".repeat(5000) }, { name: "n".repeat(996), extension: "png" }],
  ["a hidden file", { url: "https://example.com/.env" }, { name: ".env", extension: "" }],
  ["a broken percent-encoding", { url: "https://example.com/%E0%A4%A.png" }, { name: "%E0%A4%A", extension: "png" }],
  ["a url that is none", { url: "cat.mp4" }, { name: "cat", extension: "mp4", type: "MOVIE" }],
  ["audio", { url: "https://example.com/a.MP3" }, { type: "AUDIO", extension: "MP3" }],
  ["an untidy folder path", { folderPath: "a//b/" }, { path: "/a/b/cat.png" }],
  ["half an emoji in the name", { name: "\ud83d" }, { url: `${HOST}/library/%EF%BF%BD.png` }],
])("the file follows from the request: %s", async (_, request, expected) => {
  expect(await imported(request)).toMatchObject({ ...expected, access: "PRIVATE" });
});

test.each([
  ["missing.invalid", "CANCELED"],
  ["missing.invalid.", "CANCELED"],
  ["INVALID:8443", "CANCELED"],
  ["invalid.example.com", "COMPLETE"],
  ["notinvalid", "COMPLETE"],
])("from the host %s, as its name says, an import ends %s", async (host, status) => {
  const { start, look } = await instant();
  expect((await look(await start({ url: `https://${host}/cat.png` }))).status).toBe(status);
});

test("images alone have width, height and encoding; the others lack them instead of showing null", async () => {
  const image = await imported({ url: "https://example.com/a.webp" });
  expect(image).toMatchObject({ width: expect.any(Number), height: expect.any(Number), encoding: "webp" });
  for (const name of ["a.pdf", "a.mp3", "a.mp4", "a.zip", "a"]) {
    const file = await imported({ url: `https://example.com/${name}` });
    expect(Object.keys(file)).not.toEqual(expect.arrayContaining(["width"]));
    expect(Object.values(file)).not.toContain(null);
    expect(file).not.toHaveProperty("height");
    expect(file).not.toHaveProperty("encoding");
  }
});

test("a folder's id is kept, and the same path is the same folder", async () => {
  const door = await instant();
  expect((await imported({ folderPath: undefined, folderId: "42" }, door)).parentFolderId).toBe("42");
  const { parentFolderId } = await imported({ folderPath: "/a/b" }, door);
  expect((await imported({ folderPath: "a/b/", name: "other" }, door)).parentFolderId).toBe(parentFolderId);
  expect((await imported({ folderPath: "/a" }, door)).parentFolderId).not.toBe(parentFolderId);
  expect(await imported({ folderPath: "/" }, door)).not.toHaveProperty("parentFolderId");
});

test.each([
  [{ ttl: "P3M" }, Date.UTC(2026, 11, 14, 12)],
  [{ ttl: "P2W" }, Date.UTC(2026, 8, 28, 12)],
  [{ ttl: "P1DT6H" }, Date.UTC(2026, 8, 15, 18)],
  [{ expiresAt: "2027-01-01T00:00:00Z" }, Date.UTC(2027, 0, 1)],
  [{}, undefined],
])("with %j the file expires at %s", async (request, expiresAt) => {
  expect((await imported(request)).expiresAt).toBe(expiresAt);
});

test("whatever the seed, a file is made between the start and the end of its task, with a plausible size and md5", async () => {
  const { clock, look } = await openDoor("simulator");
  const seeds = Array.from({ length: 200 }, (_, seed) =>
    encodeTaskId({ requestedAt: START, seed, serial: 0, scenario: "happy" }),
  );
  clock.advance(3000);
  const ids = new Set<string>();
  for (const id of seeds) {
    const task = await look(id);
    if (task.status !== "COMPLETE" || !task.result) throw new Error("not complete");
    const { createdAt, updatedAt, size = 0, fileMd5, url, defaultHostingUrl } = task.result;
    const order = [task.requestedAt, task.startedAt, createdAt, updatedAt, task.completedAt];
    expect(order).toEqual([...order].sort());
    expect(size).toBeGreaterThan(400);
    expect(fileMd5).toMatch(/^[0-9a-f]{32}$/);
    expect(defaultHostingUrl).toBe(url);
    ids.add(task.result.id);
  }
  expect(ids.size).toBe(200);
});

test("another simulator responds to a shared id with the same bytes, file included", async () => {
  const first = await openDoor("simulator", { seed: 5 });
  const id = await first.start({ name: "report", folderPath: "/a", access: "PUBLIC_INDEXABLE", ttl: "P1Y" });
  first.clock.advance(5000);
  const answer = await (await first.poll(id)).text();
  expect(await (await first.poll(id)).text()).toBe(answer);
  const second = await openDoor("simulator", { seed: 6 });
  second.clock.advance(99_000);
  expect(await (await second.poll(id)).text()).toBe(answer);
});

test("dates lie within the task's for every seed, also where they are a millisecond apart", async () => {
  const { start, look } = await openDoor("simulator", { pace: "polls" });
  // Of this seed a number drawn between the two instants themselves is rounded to one that is after both.
  const id = await start({}, { "X-Mock-Seed": "11319" });
  await look(id);
  await look(id);
  const task = await look(id);
  expect(task).toMatchObject({ status: "COMPLETE", startedAt: "2026-09-14T12:00:00.001Z" });
  const { createdAt, updatedAt } = (task as { result: File }).result;
  const order = ["2026-09-14T12:00:00.001Z", createdAt, updatedAt, "2026-09-14T12:00:00.002Z"];
  expect(order.toSorted()).toEqual(order);
});
