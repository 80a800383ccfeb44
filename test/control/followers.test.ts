import { expect, onTestFinished, test, vi } from "vitest";
import { createControl } from "../../mocks/control/control.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { waitFor } from "../../src/wait.js";
import { createClock } from "../clock.js";
import { IMPORT } from "../doors.js";

/** A control API without a socket, that says how many listen to its simulator. */
async function followed() {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const simulator = createSimulator({ scenarios: await readScenarios(), now: createClock().now });
  let listeners = 0;
  const subscribe: typeof simulator.subscribe = (listener) => {
    listeners += 1;
    const stop = simulator.subscribe(listener);
    return () => {
      listeners -= 1;
      stop();
    };
  };
  const { app } = await createControl({ ...simulator, subscribe }, { allowedHosts: [], now: Date.now, wait: waitFor });
  const others = listeners;
  const follow = async (headers: Readonly<Record<string, string>> = {}) => {
    const init = { headers: { Host: "localhost", ...headers } };
    const answer = await app.fetch(new Request("http://localhost/__mock/events", init), {});
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error(`no events: ${answer.status}`);
    expect((await reader.read()).value).toBe(": listening\n\n");
    return reader;
  };
  return {
    reader: await follow(),
    follow,
    /** Who follows the events, beside what the mock itself counts. */
    followers: () => listeners - others,
    poll: () => {
      const headers = { Authorization: "Bearer any" };
      return simulator.answer(new Request(`http://localhost${IMPORT}/tasks/happy/status`, { headers }));
    },
  };
}

test("who goes away is forgotten, and no timer is left behind", async () => {
  const { reader, followers } = await followed();
  expect([followers(), vi.getTimerCount()]).toEqual([1, 1]);
  await reader.cancel();
  expect([followers(), vi.getTimerCount()]).toEqual([0, 0]);
});

test("where nothing happens, a comment every fifteen seconds keeps the connection alive", async () => {
  const { reader } = await followed();
  for (let times = 0; times < 2; times += 1) {
    const next = reader.read();
    vi.advanceTimersByTime(15_000);
    expect((await next).value).toBe(": still here\n\n");
  }
});

test("who has a thousand events unread is let go, and can read those to their end", async () => {
  const { reader, followers, poll } = await followed();
  for (let polls = 0; polls < 1000; polls += 1) await poll();
  expect(followers()).toBe(1);
  // The streams on the way hold a few events, too.
  for (let polls = 0; polls < 10; polls += 1) await poll();
  expect([followers(), vi.getTimerCount()]).toEqual([0, 0]);
  let text = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) text += value;
  const numbers = [...text.matchAll(/^id: default\/(\d+)$/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
  expect(numbers.length).toBeGreaterThanOrEqual(1000);
});

test("who reads what comes is not let go, however much it is", async () => {
  const { reader, followers, poll } = await followed();
  for (let polls = 0; polls < 1500; polls += 1) {
    await poll();
    await reader.read();
  }
  expect(followers()).toBe(1);
});

test("who comes back after more than a thousand exchanges is told how many are lost, and gets the others", async () => {
  const { reader, follow, poll } = await followed();
  await poll();
  await reader.read();
  await reader.cancel();
  for (let polls = 0; polls < 1010; polls += 1) await poll();
  const text = (await (await follow({ "Last-Event-ID": "default/12" })).read()).value ?? "";
  expect(text.match(/^id: default\/\d+$/gm)?.at(0)).toBe("id: default/13");
  expect(text).not.toContain("event: lost");
  const [, run = ""] = /^id: (.*):\d+$/m.exec(text) ?? [];
  const late = (await (await follow({ "Last-Event-ID": `${run}:1` })).read()).value ?? "";
  const [notice, first] = late.split("\n\n");
  const message = "10 exchanges are forgotten: what is still known follows. Read the journals.";
  expect(notice).toBe(`event: lost\ndata: ${JSON.stringify({ exchanges: 10, message })}`);
  expect(first).toMatch(/^id: default\/12$/m);
  expect(late.match(/^event: exchange$/gm)).toHaveLength(1000);
});
