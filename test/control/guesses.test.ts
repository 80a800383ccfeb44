import { expect, onTestFinished, test } from "vitest";
import { guessLine } from "../../bin/mock/run.js";
import type { Guess } from "../../mocks/control/guard.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { startMock } from "../../mocks/server.js";
import { createClock } from "../clock.js";

const TOKEN = "a-long-secret";
/** Three hundred connections take a busy machine longer than the second that Vitest waits. */
const PATIENCE = { timeout: 30_000 };

/** A mock that says how long it holds answers back. Each waits no time, or from `hold` on until it is released. */
async function openGuessed() {
  const clock = createClock();
  const waits: number[] = [];
  const held = new Set<() => void>();
  const guesses: Guess[] = [];
  let isHolding = false;
  const mock = await startMock({
    scenarios: await readScenarios(),
    port: 0,
    control: { token: TOKEN },
    now: clock.now,
    wait(milliseconds, signal) {
      waits.push(milliseconds);
      if (!isHolding) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          held.delete(end);
          resolve();
        };
        held.add(end);
        signal.addEventListener("abort", end);
      });
    },
    onGuess: (guess) => guesses.push(guess),
  });
  onTestFinished(() => mock.close());
  const ask = (token?: string, signal?: AbortSignal) => {
    const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    return fetch(`${mock.url}/__mock/metrics`, { headers, ...(signal && { signal }) });
  };
  return {
    clock,
    waits,
    guesses,
    ask,
    async guess(times: number) {
      for (let count = 0; count < times; count += 1) expect((await ask("wrong")).status).toBe(401);
    },
    hold() {
      isHolding = true;
    },
    release() {
      for (const end of held) end();
    },
    /** Resolves once so many answers are held back. */
    async holds(count: number) {
      await expect.poll(() => held.size, PATIENCE).toBe(count);
    },
  };
}

test("the response to each wrong token is delayed more than the one before, up to five seconds, until a quiet minute", async () => {
  const { clock, waits, guess } = await openGuessed();
  await guess(14);
  expect(waits.splice(0)).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
  clock.advance(60_000);
  await guess(1);
  expect(waits.splice(0)).toEqual([5000]);
  clock.advance(60_001);
  await guess(6);
  expect(waits).toEqual([100]);
});

test("a right token gets its response at once, however many wrong ones wait, and a missing one is not a guess", async () => {
  const { waits, ask, guess, hold, holds, release } = await openGuessed();
  await guess(5);
  hold();
  let answered = 0;
  const wrong = Array.from({ length: 300 }, async () => {
    expect((await ask("wrong")).status).toBe(401);
    answered += 1;
  });
  await holds(256);
  expect((await ask(TOKEN)).status).toBe(200);
  expect((await ask()).status).toBe(401);
  // More are not held: each takes a little memory.
  await expect.poll(() => answered, PATIENCE).toBe(44);
  expect(waits).toHaveLength(256);
  release();
  await Promise.all(wrong);
});

test("a client that disconnects while its response is delayed leaves nothing waiting", async () => {
  const { ask, guess, hold, holds, release } = await openGuessed();
  await guess(5);
  hold();
  const gone = new AbortController();
  const left = Array.from({ length: 10 }, () => ask("wrong", gone.signal).catch(() => "gone"));
  await holds(10);
  gone.abort();
  expect(await Promise.all(left)).toEqual(left.map(() => "gone"));
  await holds(0);
  release();
});

test("wrong tokens are counted, and every doubling of their number is a line of the log, without the token", async () => {
  const { guesses, guess, ask } = await openGuessed();
  await guess(9);
  expect(guesses.map(guessLine)).toEqual([
    "control: wrong token from 127.0.0.1",
    "control: wrong token from 127.0.0.1, 2 in a row",
    "control: wrong token from 127.0.0.1, 4 in a row",
    "control: wrong token from 127.0.0.1, 8 in a row; response delayed by 400 ms",
  ]);
  expect(await (await ask(TOKEN)).text()).toContain('import_mock_control_denied_total{reason="wrong-token"} 9\n');
});
