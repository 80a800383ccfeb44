import { expect, test } from "vitest";
import { START } from "./clock.js";
import { openDoor, throughEachDoor } from "./doors.js";

throughEachDoor("a task goes from PENDING over PROCESSING to COMPLETE as time passes", async (open) => {
  const { clock, start, look } = await open();
  const id = await start();
  expect(await look(id)).toMatchObject({ taskId: id, status: "PENDING", requestedAt: "2026-09-14T12:00:00.000Z" });
  clock.advance(999);
  expect((await look(id)).status).toBe("PENDING");
  clock.advance(1);
  expect(await look(id)).toMatchObject({ status: "PROCESSING", startedAt: "2026-09-14T12:00:01.000Z" });
  clock.advance(2000);
  expect(await look(id)).toMatchObject({
    status: "COMPLETE",
    startedAt: "2026-09-14T12:00:01.000Z",
    completedAt: "2026-09-14T12:00:03.000Z",
    result: { name: "cat", path: "/library/cat.png", access: "PRIVATE" },
  });
});

throughEachDoor("an accepted import names its task and where to ask, on the origin that was called", async (open) => {
  const { call } = await open();
  const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
  const answer = await call("/files/v3/files/import-from-url/async", { method: "POST", body });
  expect(answer.status).toBe(202);
  expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
  const { id, links } = (await answer.json()) as { id: string; links: { status: string } };
  const link = new URL(links.status);
  expect(link.pathname).toBe(`/files/v3/files/import-from-url/async/tasks/${id}/status`);
  expect((await call(link.pathname)).status).toBe(200);
  expect(answer.url === "" || answer.url.startsWith(link.origin)).toBe(true);
});

const transcript = async (scenario: string, options: Parameters<typeof openDoor>[1] = {}) => {
  const { start, poll } = await openDoor("simulator", { pace: "polls", ...options });
  const id = await start({}, { "X-Mock-Scenario": scenario });
  const seen: (string | number)[] = [];
  for (let count = 0; count < 5; count += 1) {
    const answer = await poll(id);
    const body = (await answer.json().catch(() => ({ status: "unreadable" }))) as { status: string };
    seen.push(answer.ok ? body.status : answer.status);
  }
  return seen.join(" ");
};

test.each([
  ["happy", "PENDING PROCESSING COMPLETE COMPLETE COMPLETE"],
  ["instant", "COMPLETE COMPLETE COMPLETE COMPLETE COMPLETE"],
  ["slow", "PENDING PENDING PENDING PENDING PENDING"],
  ["skip-processing", "PENDING COMPLETE COMPLETE COMPLETE COMPLETE"],
  ["stuck-pending", "PENDING PENDING PENDING PENDING PENDING"],
  ["stuck-processing", "PENDING PROCESSING PROCESSING PROCESSING PROCESSING"],
  ["canceled", "PENDING PROCESSING CANCELED CANCELED CANCELED"],
  ["canceled-silent", "PENDING PROCESSING CANCELED CANCELED CANCELED"],
  ["complete-with-errors", "PENDING PROCESSING COMPLETE COMPLETE COMPLETE"],
  ["not-found", "404 404 404 404 404"],
  ["rate-limited", "PENDING 429 PROCESSING COMPLETE COMPLETE"],
  ["server-error", "503 503 PENDING PROCESSING COMPLETE"],
  ["malformed-json", "unreadable unreadable unreadable unreadable unreadable"],
])("%s shows, poll by poll: %s", async (scenario, expected) => {
  expect(await transcript(scenario)).toBe(expected);
});

test.each(["missing-scopes", "expired-token"])("%s refuses the import itself", async (scenario) => {
  await expect(transcript(scenario)).rejects.toThrow(/not accepted: 40[13]/);
});

test("under pace immediate a task is at its end at the first poll, and a stuck one stays stuck", async () => {
  expect(await transcript("happy", { pace: "immediate" })).toMatch(/^COMPLETE/);
  expect(await transcript("stuck-processing", { pace: "immediate" })).toMatch(/^PROCESSING/);
});

test("speed shortens every step and never dates a task into the future", async () => {
  const { clock, start, look } = await openDoor("simulator", { speed: 20 });
  const id = await start();
  clock.advance(149);
  expect((await look(id)).status).toBe("PROCESSING");
  clock.advance(1);
  expect(await look(id)).toMatchObject({ status: "COMPLETE", completedAt: new Date(START + 150).toISOString() });
});

throughEachDoor("a HEAD request is answered like a GET without a body, and is no poll", async (open) => {
  const { call, start, look } = await open({ pace: "polls" });
  const id = await start();
  for (let count = 0; count < 3; count += 1) {
    const answer = await call(`/files/v3/files/import-from-url/async/tasks/${id}/status`, { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json;charset=utf-8");
    expect(await answer.text()).toBe("");
  }
  expect((await look(id)).status).toBe("PENDING");
});

throughEachDoor("a file that a task showed can be deleted once", async (open) => {
  const { call, look } = await open();
  const task = await look("instant");
  const path = `/files/v3/files/${task.status === "COMPLETE" && task.result?.id}`;
  expect((await call(path, { method: "DELETE", headers: { "Content-Type": "" } })).status).toBe(204);
  expect((await call(path, { method: "DELETE", headers: { "Content-Type": "" } })).status).toBe(404);
});

throughEachDoor("six polls at once see one state each", async (open) => {
  const { start, look } = await open({ pace: "polls" });
  const id = await start();
  const states = await Promise.all(Array.from({ length: 6 }, async () => (await look(id)).status));
  expect(states.sort()).toEqual(["COMPLETE", "COMPLETE", "COMPLETE", "COMPLETE", "PENDING", "PROCESSING"]);
});
