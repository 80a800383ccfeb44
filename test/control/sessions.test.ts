import { Client } from "@hubspot/api-client";
import { expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { IMPORT, throughEachDoor } from "../doors.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls" });

const states = async (look: () => Promise<Response>, times: number) => {
  const seen: string[] = [];
  for (let poll = 0; poll < times; poll += 1) seen.push(((await (await look()).json()) as { status: string }).status);
  return seen;
};

throughEachDoor("a header, a token and a path's prefix each choose a session of its own", async (open) => {
  const { call } = await open({ pace: "polls" });
  const path = `${IMPORT}/tasks/happy/status`;
  const ways = [
    () => call(path, { headers: { "X-Mock-Session": "ways-header" } }),
    () => call(path, { headers: { Authorization: "Bearer pat-mock-ways-token" } }),
    () => call(`/s/ways-path${path}`),
    () => call(path),
  ];
  for (const way of ways) expect(await states(way, 3)).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
});

throughEachDoor("the header chooses a session before the path, and the path before the token", async (open) => {
  const { call } = await open({ pace: "polls" });
  const path = `${IMPORT}/tasks/happy/status`;
  const Authorization = "Bearer pat-mock-of-token";
  await call(`/s/of-path${path}`, { headers: { Authorization, "X-Mock-Session": "of-header" } });
  await call(`/s/of-path${path}`, { headers: { Authorization } });
  await call(`/s/of-path${path}`, { headers: { Authorization } });
  const next = async (headers: Record<string, string>) => (await states(() => call(path, { headers }), 1))[0];
  expect(await next({ "X-Mock-Session": "of-header" })).toBe("PROCESSING");
  expect(await next({ "X-Mock-Session": "of-path" })).toBe("COMPLETE");
  expect(await next({ Authorization })).toBe("PENDING");
});

throughEachDoor("a link leads back into the session that was chosen by a path", async (open) => {
  const { call } = await open({ pace: "polls" });
  const answer = await call(`/s/linked${IMPORT}`, {
    method: "POST",
    body: JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/" }),
  });
  const { links } = (await answer.json()) as { links: { status: string } };
  expect(new URL(links.status).pathname).toMatch(/^\/s\/linked\/files\/v3/);
});

throughEachDoor("an invalid session name gets a 400 and creates no session", async (open) => {
  const { call } = await open();
  for (const name of ["a b", "ä", ".hidden", "n".repeat(65)]) {
    const answer = await call(`${IMPORT}/tasks/happy/status`, {
      headers: { "X-Mock-Session": encodeURIComponent(name) === name ? name : encodeURI(name) },
    });
    expect(answer.status, name).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "INVALID_SESSION" }] });
  }
});

throughEachDoor("each session has a rate budget of its own", async (open) => {
  const { poll } = await open();
  const left = async (session: string) =>
    (await poll("happy", { "X-Mock-Session": session })).headers.get("x-hubspot-ratelimit-remaining");
  expect([await left("a"), await left("a"), await left("b")]).toEqual(["99", "98", "99"]);
});

throughEachDoor("the same requests get the same responses in every session of one seed", async (open) => {
  const { start, look } = await open({ pace: "immediate" });
  const fileId = async (session: string) => {
    const id = await start({}, { "X-Mock-Session": session });
    const task = await look(id);
    return task.status === "COMPLETE" && "result" in task ? task.result.id : undefined;
  };
  const left = await fileId("left");
  expect(left).toMatch(/^\d+$/);
  expect(await fileId("right")).toBe(left);
});

test("a hundred parallel tests on one server do not see each other", async () => {
  const runs = Array.from({ length: 100 }, (_, index) => async () => {
    const own = file.own();
    await own.configure({ scenario: index % 2 === 1 ? "canceled" : "happy" });
    const { now } = await own.clock.advance(`${index}s`);
    const id = await own.start();
    const seen = [await own.look(id), await own.look(id), await own.look(id)];
    expect(seen).toEqual(["PENDING", "PROCESSING", index % 2 === 1 ? "CANCELED" : "COMPLETE"]);
    expect((await own.tasks()).map((task) => task.id)).toEqual([id]);
    expect(Date.parse(now) - file.clock.now()).toBe(index * 1000);
  });
  await Promise.all(runs.map((run) => run()));
});

test("HubSpot's own client gets a session by its token alone", async () => {
  const own = file.own();
  const { filesApi } = new Client({ accessToken: own.token, basePath: file.url }).files;
  await own.use("canceled");
  const { id } = await filesApi.importFromUrl({
    url: "https://example.com/cat.png",
    access: "PRIVATE",
    folderPath: "/library",
  } as never);
  for (let poll = 0; poll < 2; poll += 1) await filesApi.checkImport(id);
  expect((await filesApi.checkImport(id)).status).toBe("CANCELED");
  await own.verify({ operation: "checkImportStatus", taskId: id, exactly: 3 });
});

test("settings of one session leave the others as they are", async () => {
  const [one, other] = [file.own(), file.own()];
  await one.configure({ pace: "immediate", failure: "silent", inFlightStatus: 202 });
  expect(await one.settings()).toMatchObject({ pace: "immediate", failure: "silent", inFlightStatus: 202 });
  expect(await other.settings()).toMatchObject({ pace: "polls", failure: "canceled", inFlightStatus: 200 });
  expect(await one.look("happy")).toBe("COMPLETE");
  expect(await other.look("happy")).toBe("PENDING");
});

test("a session's tasks go on as they began when its settings change", async () => {
  const own = file.own();
  const id = await own.start();
  await own.configure({ pace: "immediate", scenario: "canceled" });
  expect(await own.look(id)).toBe("PENDING");
});

test("a session that is deleted begins anew at its next use, and its reset keeps its name", async () => {
  const own = file.own();
  await own.look("happy");
  await file.control(`/sessions/${own.name}`, { method: "DELETE" });
  expect(await file.client.sessions()).not.toContain(own.name);
  expect(await own.look("happy")).toBe("PENDING");
  await own.reset();
  expect(await own.tasks()).toEqual([]);
  expect(await file.client.sessions()).toContain(own.name);
});

test("looking for a session makes none, and PUT does", async () => {
  const missing = "/sessions/nobody";
  for (const path of [missing, `${missing}/tasks`, `${missing}/clock`, `${missing}/journal`]) {
    expect((await file.control(path)).status).toBe(404);
  }
  expect(await file.client.sessions()).not.toContain("nobody");
  expect((await file.control(missing, { method: "PATCH", body: "{}" })).status).toBe(404);
  expect((await file.control(missing, { method: "PUT", body: '{"scenario":"nope"}' })).status).toBe(404);
  expect(await file.client.sessions()).not.toContain("nobody");
  expect((await file.control(missing, { method: "PUT", body: "{}" })).status).toBe(200);
  expect(await file.client.sessions()).toContain("nobody");
});

test("of more than a thousand sessions the least recently used is forgotten, never the default one", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios() });
  simulator.session("kept").use("canceled");
  for (let n = 0; n < 1500; n += 1) {
    simulator.session(`s${n}`).settings();
    simulator.session("kept").settings();
  }
  expect(simulator.sessions()).toHaveLength(1000);
  expect(simulator.sessions()).toEqual(expect.arrayContaining(["default", "kept", "s1499"]));
  expect(simulator.hasSession("s0")).toBe(false);
  expect(simulator.session("kept").settings().scenario).toBe("canceled");
});
