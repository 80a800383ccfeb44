import fc from "fast-check";
import { expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { CAT, IMPORT } from "../doors.js";
import { served } from "../served.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls", scenario: "happy" });
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

/** Six polls at once of a task that needs two to end: one sees PENDING, one PROCESSING, and four the end. */
const EACH_ONCE = ["COMPLETE", "COMPLETE", "COMPLETE", "COMPLETE", "PENDING", "PROCESSING"];

// test/bench/polls.mjs has the full ten thousand.
test("in 1,000 rounds of six concurrent polls each poll moves the task by one state", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls" });
  const begin = { method: "POST", headers, body: JSON.stringify(CAT) };
  for (let round = 0; round < 1000; round += 1) {
    // Without a Response of the platform's, whose body takes as long to make and to read as the poll itself.
    const started = await simulator.answer(new Request(`https://api.hubapi.com${IMPORT}`, begin));
    const { id } = JSON.parse(started.response.body) as { id: string };
    const url = `https://api.hubapi.com${IMPORT}/tasks/${id}/status`;
    const poll = new Request(url, { headers });
    const answers = await Promise.all(Array.from({ length: 6 }, () => simulator.answer(poll)));
    const seen = answers.map(({ response }) => (JSON.parse(response.body) as { status: string }).status);
    if (seen.toSorted().join() !== EACH_ONCE.join()) expect(seen.toSorted(), `round ${round}`).toEqual(EACH_ONCE);
    simulator.remove(id);
  }
});

test("over HTTP, too, through Prism", async () => {
  const own = file.own();
  for (let round = 0; round < 200; round += 1) {
    const id = await own.start();
    const seen = await Promise.all(Array.from({ length: 6 }, () => own.look(id)));
    expect(seen.toSorted(), `round ${round}`).toEqual(EACH_ONCE);
  }
});

/**
 * Polls of some tasks, in the order in which they begin; how many of the open ones are kept after each, and which first. What
 * the first task shows breaks the contract: Prism judges each of its responses.
 */
const interleaved = fc.array(
  fc.record({
    task: fc.constantFrom("malformed-json", "happy~a", "happy~b"),
    method: fc.constantFrom("GET", "GET", "GET", "HEAD"),
    keeps: fc.nat(3),
    next: fc.nat(9),
    isReplaced: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

test("however polls overlap, each counted one has a count of its own, and the counts have no gap", async () => {
  const scenarios = await readScenarios();
  const sent = new Headers(headers);
  fc.assert(
    fc.property(interleaved, (polls) => {
      const simulator = createSimulator({ scenarios, pace: "polls" });
      const open: { keep: () => void }[] = [];
      for (const { task, method, keeps, next, isReplaced } of polls) {
        const url = `https://api.hubapi.com${IMPORT}/tasks/${task}/status`;
        const begun = simulator.begin({ url, method, headers: sent }, { kind: "empty" });
        // As a door does whose Prism denies the response, or whose client has gone.
        const instead = { response: { status: 500, headers: {}, body: "" }, effect: "replaced" };
        open.push({ keep: () => begun.keep(isReplaced ? instead : undefined) });
        for (let kept = 0; kept < keeps; kept += 1) open.splice(next % Math.max(1, open.length), 1)[0]?.keep();
      }
      for (const one of open) one.keep();
      expect(countsOf(simulator.journal().entries())).toEqual(expectedCounts(polls));
    }),
    { numRuns: 200 },
  );
});

test("over HTTP, too, while Prism judges the responses", async () => {
  const { mock } = await served({ pace: "polls" });
  let sessions = 0;
  await fc.assert(
    fc.asyncProperty(interleaved, async (polls) => {
      sessions += 1;
      const session = `round-${sessions}`;
      const responses = polls.map(({ task, method }) =>
        fetch(`${mock.url}${IMPORT}/tasks/${task}/status`, {
          method,
          headers: { ...headers, "X-Mock-Session": session },
        }).then((response) => response.text()),
      );
      await Promise.all(responses);
      expect(countsOf(mock.simulator.session(session).journal().entries())).toEqual(expectedCounts(polls));
    }),
    { numRuns: 20 },
  );
});

type Counted = { readonly request: { readonly method: string }; readonly taskId?: string; readonly progress?: object };

/** The counts that the polls of each task saw, sorted. */
function countsOf(exchanges: readonly Counted[]) {
  const counts: Record<string, number[]> = {};
  for (const { request, taskId = "", progress } of exchanges) {
    if (request.method === "HEAD" || !progress || !("polls" in progress)) continue;
    counts[taskId] = [...(counts[taskId] ?? []), Number(progress.polls)].toSorted((a, b) => a - b);
  }
  return counts;
}

/** 1 to the number of polls, for each task. */
function expectedCounts(polls: readonly { readonly task: string; readonly method: string }[]) {
  const counts: Record<string, number[]> = {};
  for (const { task, method } of polls) {
    if (method === "GET") counts[task] = [...(counts[task] ?? []), (counts[task]?.length ?? 0) + 1];
  }
  return counts;
}
