import { expect, test } from "vitest";
import { logConduct } from "../../bin/mock/conclusion.js";
import { IMPORT } from "../doors.js";
import type { Client } from "./client.js";
import { mistakes } from "./mistakes.js";
import { failuresIn, openSessions } from "./sessions.js";

const [, , waitsForFailed] = mistakes;
const fetchesWell = async (client: { poll: (task: string) => Promise<unknown> }) => client.poll("instant");

test("a mistake stays one when its session is reset or removed", async () => {
  const { simulator, visit, conduct } = openSessions();
  const log = logConduct(simulator);
  for (const forget of [() => simulator.session("anna").reset(), () => simulator.removeSession("anna")]) {
    if (waitsForFailed) await visit("anna", "canceled", waitsForFailed.behave);
    forget();
    await visit("anna", "happy", fetchesWell);
  }
  expect(failuresIn(conduct())).toEqual([]);
  expect(failuresIn(log.conduct())).toEqual(["reads-canceled", "reads-canceled"]);
});

test("what a session polls after a reset is not polled after the end before it", async () => {
  const { simulator, visit } = openSessions();
  const log = logConduct(simulator);
  for (let times = 0; times < 2; times += 1) {
    await visit("anna", "happy", fetchesWell);
    simulator.session("anna").reset();
  }
  expect(log.conduct().clients.map(({ result }) => result)).toEqual(["pass", "pass"]);
});

test("a log that is full judges the sessions that were quiet for longest, and forgets no verdict", async () => {
  const { simulator, visit } = openSessions();
  const log = logConduct(simulator, { maxBytes: 100_000 });
  if (waitsForFailed) await visit("bad", "canceled", (client) => waitsForFailed.behave(client));
  for (let times = 0; times < 30; times += 1) await visit(`good-${times}`, "happy", fetchesWell);
  expect(new Set(failuresIn(log.conduct()))).toEqual(new Set(["reads-canceled"]));
  expect(log.conduct().clients.filter(({ session }) => session.startsWith("good"))).toHaveLength(30);
});

test("where verdicts have no room, good ones go first: a broken rule stays one", async () => {
  const { simulator, visit } = openSessions();
  const log = logConduct(simulator, { maxBytes: 100_000, maxVerdictBytes: 60_000 });
  if (waitsForFailed) await visit("bad", "canceled", (client) => waitsForFailed.behave(client));
  for (let times = 0; times < 40; times += 1) await visit(`good-${times}`, "happy", fetchesWell);
  const { result, clients } = log.conduct();
  expect(result).toBe("fail");
  expect(clients.map(({ session }) => session)).toEqual(expect.arrayContaining(["bad", "good-39"]));
  expect(clients.length).toBeLessThan(30);
});

/** Polls what never moves, as often as said, a second apart. */
const polls = (times: number) => async (client: Client) => {
  for (let polled = 0; polled < times; polled += 1) {
    await client.poll("stuck-pending");
    await client.sleep(1000);
  }
};

test("who polls until the log is read has not given up; who was silent for a while has", async () => {
  const { simulator, visit, advance } = openSessions();
  const log = logConduct(simulator);
  await visit("anna", "happy", polls(12));
  const told = () =>
    log
      .conduct()
      .clients.map(({ checks, stillPolled }) => [
        checks.find(({ id }) => id === "bounded-polling")?.result,
        stillPolled,
      ]);
  expect(told()).toEqual([["not-exercised", ["stuck-pending"]]]);
  advance(2000);
  expect(told()).toEqual([["pass", []]]);
});

test("a client whose time was advanced by hand is watched on from there", async () => {
  const { simulator, visit, advance } = openSessions();
  const log = logConduct(simulator);
  await visit("anna", "happy", async (client) => {
    for (let polled = 0; polled < 12; polled += 1) {
      await client.poll("stuck-pending");
      simulator.session("anna").clock.advance(1000);
    }
  });
  const stillPolled = () => log.conduct().clients.map((client) => client.stillPolled);
  expect(stillPolled()).toEqual([["stuck-pending"]]);
  // It was advanced by a second after the last poll, too.
  advance(1999);
  expect(stillPolled()).toEqual([["stuck-pending"]]);
  advance(1);
  expect(stillPolled()).toEqual([[]]);
});

test("the log and the journal agree on who has given up, however a client's time passed", async () => {
  const { simulator, advance, conduct } = openSessions();
  const log = logConduct(simulator);
  const poll = (session: string, ahead = "+0s") =>
    simulator.handle(
      new Request(`https://api.hubapi.com/s/${session}${IMPORT}/tasks/stuck-pending/status`, {
        headers: { Authorization: "Bearer any", "X-Mock-Clock": ahead },
      }),
    );
  for (let polled = 0; polled < 8; polled += 1) {
    await poll("wished", `+${polled * 10}s`);
    await poll("moved");
    advance(1000);
  }
  const given = () =>
    [conduct(), log.conduct()].map(({ clients }) =>
      clients.map(({ session, stillPolled }) => [session, stillPolled.length === 0]),
    );
  const both = (wished: boolean, moved: boolean) =>
    [
      ["wished", wished],
      ["moved", moved],
    ] as const;
  expect(given()).toEqual([both(false, false), both(false, false)]);
  simulator.session("moved").clock.advance(60_000);
  expect(given()).toEqual([both(false, true), both(false, true)]);
  advance(60_000);
  expect(given()).toEqual([both(true, true), both(true, true)]);
});

test("what is polled on after a reset was not given up before it", async () => {
  const { simulator, visit } = openSessions();
  const log = logConduct(simulator);
  await visit("anna", "happy", polls(12));
  simulator.session("anna").reset();
  await visit("anna", "happy", polls(1));
  expect(log.conduct().clients.map(({ stillPolled }) => stillPolled)).toEqual([[], []]);
  expect(log.conduct().clients.map(({ checks }) => checks.find(({ id }) => id === "bounded-polling")?.result)).toEqual([
    "not-exercised",
    "not-exercised",
  ]);
});
