import { expect, test } from "vitest";
import { IMPORT, throughEachDoor } from "../doors.js";
import { fileMock } from "./mock.js";

const file = fileMock();

throughEachDoor("X-Mock-Clock moves one call and leaves the next as it was", async (open) => {
  const { start, poll } = await open();
  const id = await start();
  const at = async (moment: string) =>
    ((await (await poll(id, { "X-Mock-Clock": moment })).json()) as { status: string }).status;
  expect(await at("+90s")).toBe("COMPLETE");
  expect(await at("")).toBe("PENDING");
  expect(await at("2026-09-14T12:00:01Z")).toBe("PROCESSING");
  expect(await at("-1h")).toBe("PENDING");
});

throughEachDoor("a response under X-Mock-Clock has that moment's date", async (open) => {
  const { poll } = await open();
  const answer = await poll("happy", { "X-Mock-Clock": "2027-01-01T00:00:00+01:00" });
  expect(answer.headers.get("date")).toBe("Thu, 31 Dec 2026 23:00:00 GMT");
});

throughEachDoor("an invalid moment gets a 400 and does not count as a poll", async (open) => {
  const { poll, look } = await open({ pace: "polls" });
  for (const moment of [
    "soon",
    "90s",
    "+90",
    "2026-09-14",
    "2026-09-14T12:00:00",
    "2026-02-30T00:00:00Z",
    "+999999999d",
  ]) {
    const answer = await poll("happy", { "X-Mock-Clock": moment });
    expect(answer.status, moment).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: "INVALID_CLOCK" }] });
  }
  expect((await look("happy")).status).toBe("PENDING");
});

test("advancing a day takes no day", async () => {
  const own = file.own();
  const id = await own.start();
  const began = performance.now();
  const { now } = await own.clock.advance("1d");
  expect(now).toBe("2026-09-15T12:00:00.000Z");
  expect(await own.look(id)).toBe("COMPLETE");
  expect(performance.now() - began).toBeLessThan(5000);
});

test("a frozen clock stays until it is resumed, and is advanced only by hand", async () => {
  const own = file.own();
  await own.clock.freeze();
  file.clock.advance(5000);
  const { now: frozen } = await own.clock.read();
  const { now: advanced } = await own.clock.advance("1s");
  expect(Date.parse(advanced) - Date.parse(frozen)).toBe(1000);
  await own.clock.resume();
  file.clock.advance(2000);
  expect(Date.parse((await own.clock.read()).now) - Date.parse(advanced)).toBe(2000);
});

test("a clock that is turned back shows a task as it was", async () => {
  const own = file.own();
  const id = await own.start();
  await own.clock.advance("1.5s");
  expect(await own.look(id)).toBe("PROCESSING");
  await own.clock.advance("-1s");
  expect(await own.look(id)).toBe("PENDING");
});

test("under rate 60 a second is a minute", async () => {
  const own = file.own();
  await own.configure({ scenario: "slow" });
  const id = await own.start();
  await own.clock.rate(60);
  expect(await own.look(id)).toBe("PENDING");
  file.clock.advance(1000);
  expect(await own.look(id)).toBe("COMPLETE");
});

test("a clock can be set to any instant from 1970 to 9998, and to no other", async () => {
  const own = file.own();
  expect((await own.clock.set("9998-12-31T23:59:59Z")).now).toBe("9998-12-31T23:59:59.000Z");
  await expect(own.clock.advance("1d")).rejects.toMatchObject({ code: "clock-range" });
  expect((await own.clock.set(new Date(0))).now).toBe("1970-01-01T00:00:00.000Z");
  await expect(own.clock.advance("-1ms")).rejects.toMatchObject({ code: "clock-range" });
  expect(await own.look(await own.start())).toBe("PENDING");
});

test("to a task's next change is not a millisecond too far", async () => {
  const own = file.own();
  const id = await own.start();
  await own.clock.toNextChange(id);
  expect(await own.look(id)).toBe("PROCESSING");
  expect(await own.look(id, { "X-Mock-Clock": "-1ms" })).toBe("PENDING");
  await own.clock.toNextChange(id);
  expect(await own.look(id)).toBe("COMPLETE");
  await expect(own.clock.toNextChange(id)).rejects.toMatchObject({ code: "no-change" });
});

test("no time changes a task of another pace, and the clock stays", async () => {
  const own = file.own();
  await own.configure({ pace: "polls" });
  const id = await own.start();
  const before = await own.clock.read();
  await expect(own.clock.toNextChange(id)).rejects.toThrow("its pace is polls, not time");
  expect(await own.clock.read()).toEqual(before);
});

test("one session's clock moves no other's", async () => {
  const [one, other] = [file.own(), file.own()];
  await one.clock.advance("1h");
  await one.clock.freeze();
  expect(await other.clock.read()).toMatchObject({ isFrozen: false, advancedMs: 0, rate: 1 });
  expect(Date.parse((await other.clock.read()).now)).toBe(file.clock.now());
});

test("a link that expires in a day shows its date after a day", async () => {
  const own = file.own();
  const path = `${file.url}/s/${own.name}${IMPORT}`;
  const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/", ttl: "P1D" });
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const { id } = (await (await fetch(path, { method: "POST", headers, body })).json()) as { id: string };
  const began = Date.parse((await own.clock.read()).now);
  await own.clock.advance("1d");
  const task = (await (await own.poll(id)).json()) as { result: { expiresAt: number } };
  expect(task.result.expiresAt).toBe(began + 86_400_000);
});

test("for a client as much time has passed as its session was advanced by hand, and none that was turned back", async () => {
  const own = file.own();
  await own.clock.advance("1h");
  await own.clock.advance("-30m");
  await own.clock.freeze();
  expect((await own.clock.advance("1m")).advancedMs).toBe(3_660_000);
});

test("one request's moment uses up no limits", async () => {
  const own = file.own();
  await own.configure({ limits: { tenSecondly: 2 } });
  const statuses = [];
  for (const moment of ["", "", "", "+1d", ""]) {
    statuses.push((await own.poll("happy", { "X-Mock-Clock": moment })).status);
  }
  expect(statuses).toEqual([200, 200, 429, 429, 429]);
});

test("a client that moves each call's moment in place of waiting is not hasty", async () => {
  const own = file.own();
  for (const moment of ["+0s", "+1s", "+2s", "+3s"]) await own.poll("happy", { "X-Mock-Clock": moment });
  const { clients } = await own.conduct();
  expect(clients[0]?.checks.find(({ id }) => id === "polite-interval")?.result).toBe("pass");
});
