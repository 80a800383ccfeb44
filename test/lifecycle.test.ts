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

test.each(["missing-scopes", "expired-token"])("%s rejects the import itself", async (scenario) => {
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

throughEachDoor("a HEAD request gets the response of a GET without its body, and is not a poll", async (open) => {
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

throughEachDoor("a file is deleted under the scenario of its task, unless the request names another", async (open) => {
  const { call, look } = await open();
  const task = await look("missing-scope-to-delete;queued=0s;stored=0s");
  const path = `/files/v3/files/${task.status === "COMPLETE" && task.result?.id}`;
  const remove = (headers: Record<string, string>) =>
    call(path, { method: "DELETE", headers: { ...headers, "Content-Type": "" } });
  expect((await remove({})).status).toBe(403);
  expect((await remove({ "X-Mock-Scenario": "happy" })).status).toBe(204);
});

throughEachDoor("six polls at once see one state each", async (open) => {
  const { start, look } = await open({ pace: "polls" });
  const id = await start();
  const states = await Promise.all(Array.from({ length: 6 }, async () => (await look(id)).status));
  expect(states.sort()).toEqual(["COMPLETE", "COMPLETE", "COMPLETE", "COMPLETE", "PENDING", "PROCESSING"]);
});

throughEachDoor("the rate-limit headers count the calls of ten seconds, and a 429 has none left", async (open) => {
  const { clock, poll } = await open();
  const limits = async (id: string) => {
    const { headers } = await poll(id);
    return ["max", "remaining", "interval-milliseconds", "daily", "daily-remaining"].map((name) =>
      Number(headers.get(`x-hubspot-ratelimit-${name}`)),
    );
  };
  expect(await limits("happy")).toEqual([100, 99, 10_000, 250_000, 249_999]);
  expect(await limits("rate-limited")).toEqual([100, 98, 10_000, 250_000, 249_998]);
  const refused = await poll("rate-limited");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("2");
  expect(refused.headers.get("x-hubspot-ratelimit-remaining")).toBe("0");
  clock.advance(10_000);
  expect(await limits("happy")).toEqual([100, 99, 10_000, 250_000, 249_996]);
});

throughEachDoor("an error's correlation id is the same in header and body, and new for each request", async (open) => {
  const { poll } = await open();
  const seen = new Set<string>();
  for (let count = 0; count < 3; count += 1) {
    const answer = await poll("not-found");
    const { correlationId } = (await answer.json()) as { correlationId: string };
    expect(answer.headers.get("x-hubspot-correlation-id")).toBe(correlationId);
    expect(correlationId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    seen.add(correlationId);
  }
  expect(seen.size).toBe(3);
});

test("imports that choose no seed get files of their own, and the next run gets the same", async () => {
  const files = async () => {
    const { start, look } = await openDoor("simulator", { scenario: "instant" });
    const tasks = [await look(await start()), await look(await start())];
    return tasks.map((task) => (task.status === "COMPLETE" ? task.result?.id : undefined));
  };
  const [one, other] = await files();
  expect(one).not.toBe(other);
  expect(await files()).toEqual([one, other]);
});

throughEachDoor("error bodies have HubSpot's keys in HubSpot's order, and say what would have done", async (open) => {
  const { call, poll } = await open();
  const text = async (name: string) => (await poll(name)).text();
  const id = "[0-9a-f-]{36}";
  expect(await text("not-found")).toMatch(
    new RegExp(`^{"status":"error","message":"resource not found","correlationId":"${id}"}$`),
  );
  await poll("rate-limited");
  expect(await text("rate-limited")).toMatch(
    new RegExp(
      `^{"status":"error","message":"[^"]+","errorType":"RATE_LIMIT","correlationId":"${id}","policyName":"TEN_SECONDLY_ROLLING"}$`,
    ),
  );
  const expired = await poll("expired-token");
  expect(expired.headers.has("x-hubspot-ratelimit-max")).toBe(false);
  expect(await expired.text()).toContain(
    '"context":{"expire time":["2026-09-14T11:58:45.000Z"]},"category":"EXPIRED_AUTHENTICATION"}',
  );
  const scopes = (...names: readonly string[]) => `"requiredGranularScopes":${JSON.stringify(names)}`;
  expect(await text("missing-scopes")).toContain(scopes("files", "files.read", "files.ui_hidden.read"));
  const headers = { "X-Mock-Scenario": "missing-scopes" };
  const deleted = await call("/files/v3/files/1", { method: "DELETE", headers });
  expect(deleted.status).toBe(403);
  expect(await deleted.text()).toContain(scopes("files.delete"));
});

throughEachDoor("a status response links to itself, and a file says where it came from", async (open) => {
  const { look } = await open();
  const task = await look("instant");
  expect(task.links?.["status"]).toMatch(/\/tasks\/instant\/status$/);
  expect(task).toMatchObject({ result: { sourceGroup: "CONTENT", archived: false, isUsableInContent: true } });
});
