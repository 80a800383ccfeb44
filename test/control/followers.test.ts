import { expect, onTestFinished, test, vi } from "vitest";
import { createControl } from "../../mocks/control/api.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { waitFor } from "../../src/time.js";
import { createClock } from "../clock.js";
import { IMPORT } from "../doors.js";

/** A control API without a socket, and who follows its events. */
async function followed() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const simulator = createSimulator({ scenarios: await readScenarios(), now: createClock().now });
  const app = createControl(simulator, { allowedHosts: [], now: Date.now, wait: waitFor });
  const follow = async (headers: Readonly<Record<string, string>> = {}) => {
    const init = { headers: { Host: "localhost", ...headers } };
    const answer = await app.fetch(new Request("http://localhost/__mock/events", init), {});
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error(`no events: ${answer.status}`);
    expect((await reader.read()).value).toBe("retry: 500\n: listening\n\n");
    return reader;
  };
  return {
    reader: await follow(),
    follow,
    poll: () => {
      const headers = { Authorization: "Bearer any" };
      return simulator.answer(new Request(`http://localhost${IMPORT}/tasks/happy/status`, { headers }));
    },
  };
}

type Reader = Awaited<ReturnType<typeof followed>>["reader"];

/** What a follower reads up to the exchange of that number. */
async function readTo(reader: Reader, number: number): Promise<string> {
  const blocks: string[] = [];
  while (!blocks.at(-1)?.includes(`\nid: default/${number}\n`)) blocks.push((await reader.read()).value ?? "");
  return blocks.join("");
}

const numbersIn = (text: string) => [...text.matchAll(/^id: default\/(\d+)$/gm)].map(([, number]) => Number(number));
const lossesIn = (text: string) =>
  [...text.matchAll(/^event: lost\ndata: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data));
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

test("who goes away leaves no timer behind", async () => {
  const { reader } = await followed();
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  await reader.cancel();
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
});

test("where nothing happens, a comment every fifteen seconds keeps the connection alive", async () => {
  const { reader } = await followed();
  for (let times = 0; times < 2; times += 1) {
    const next = reader.read();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.advanceTimersByTime(15_000);
    expect((await next).value).toBe(": still here\n\n");
  }
});

test("no events wait for a reader that pauses: it learns how many it lost, and continues", async () => {
  const { reader, poll } = await followed();
  for (let polls = 0; polls < 1500; polls += 1) await poll();
  const text = await readTo(reader, 1500);
  const [before = "", after = ""] = text.split("event: lost");
  const read = numbersIn(before).length;
  // The streams on the way hold a few.
  expect(read).toBeLessThan(20);
  expect(numbersIn(before)).toEqual(upTo(read));
  expect(lossesIn(text).map(({ exchanges }) => exchanges)).toEqual([500 - read]);
  expect(numbersIn(after)).toEqual(upTo(1500, 501));
});

test("who reads what comes loses nothing, however much it is", async () => {
  const { reader, poll } = await followed();
  let text = "";
  for (let polls = 1; polls <= 1500; polls += 1) {
    await poll();
    text += await readTo(reader, polls);
  }
  expect(numbersIn(text)).toEqual(upTo(1500));
  expect(lossesIn(text)).toEqual([]);
});

test("a reader that reconnects after more than a thousand exchanges learns how many are lost, and gets the others", async () => {
  const { reader, follow, poll } = await followed();
  await poll();
  await reader.read();
  await reader.cancel();
  for (let polls = 0; polls < 1010; polls += 1) await poll();
  const text = await readTo(await follow({ "Last-Event-ID": "default/12" }), 1011);
  expect(numbersIn(text)).toEqual(upTo(1011, 13));
  expect(lossesIn(text)).toEqual([]);
  const [, run = ""] = /^id: (.*):\d+$/m.exec(text) ?? [];
  const late = await readTo(await follow({ "Last-Event-ID": `${run}:1` }), 1011);
  const message = "10 exchanges were evicted: the remaining events follow. Read the journals for the rest.";
  expect(late.startsWith("event: lost\n")).toBe(true);
  expect(lossesIn(late)).toEqual([{ exchanges: 10, message }]);
  expect(numbersIn(late)).toEqual(upTo(1011, 12));
});
