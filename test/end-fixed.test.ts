import fc from "fast-check";
import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { defineScenario } from "../src/scenario/define.js";
import { createSimulator } from "../src/simulator/simulator.js";
import type { Pace } from "../src/task/task.js";
import { createClock } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";

const ours = await readScenarios();
const CHOICES = ["happy", "canceled", "instant", "complete-with-errors", "mine", "result-named;name=a.png"] as const;
const ADDRESSES = ["https://api.hubapi.com", "http://127.0.0.1:4010", "https://mock.test"] as const;
const SESSIONS = ["default", "anna"] as const;

/** A scenario of the user's, as each reload finds it. */
const mine = (version: number) =>
  defineScenario("mine", {
    summary: "s",
    steps: [
      { state: "PROCESSING", for: `${version + 1}s`, polls: version + 1 },
      version % 2 === 0 ? { state: "COMPLETE" } : { state: "CANCELED", errors: 1, error: { message: `v${version}` } },
    ],
    ...(version % 2 === 0 && { file: { name: `v${version}.pdf`, size: version } }),
  });

const nth = fc.nat({ max: 20 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("start"), scenario: fc.constantFrom(...CHOICES) }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("poll"), nth, at: fc.nat({ max: 2 }), asElse: fc.nat({ max: 9 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait"), ms: fc.constantFrom(500, 2000, 10_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("set-back"), ms: fc.constantFrom(1000, 3_600_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete"), nth }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("force"), nth, state: fc.constantFrom("COMPLETE", "CANCELED") }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move-over"), isRestart: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reload"), version: fc.nat({ max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("configure"),
      changes: fc.record(
        {
          failure: fc.constantFrom("canceled", "complete", "silent"),
          speed: fc.constantFrom(0.1, 1, 10),
          pace: fc.constantFrom("time", "polls", "immediate"),
          seed: fc.nat({ max: 5 }),
          asPublished: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    }),
  },
);

/** What the run knows of a task: where it is, and what its end and its file were when they were told first. */
interface Known {
  readonly id: string;
  readonly session: string;
  end?: { readonly text: string; readonly fileId?: string };
  isDeleted?: true;
}

async function live(pace: Pace, steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const clock = createClock();
  const create = () => createSimulator({ scenarios: [...ours, mine(0)], pace, now: clock.now });
  let simulator = create();
  const tasks: Known[] = SESSIONS.map((session) => ({ id: "happy", session }));

  async function call(session: string, path: string, { at = 0, ...init }: RequestInit & { readonly at?: number } = {}) {
    const headers = { Authorization: "Bearer any", "Content-Type": "application/json", "X-Mock-Session": session };
    const request = new Request(`${ADDRESSES[at]}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    return (await simulator.answer(request)).response;
  }

  async function poll(known: Known, { at = 0, headers = {} }: { at?: number; headers?: Record<string, string> } = {}) {
    const { body } = await call(known.session, `${IMPORT}/tasks/${known.id}/status`, { at, headers });
    const { links, ...rest } = JSON.parse(body) as {
      links: { status: string };
      status: string;
      result?: { id: string };
    };
    if (Object.keys(headers).length > 0) return;
    if (known.end) expect(JSON.stringify(rest)).toBe(known.end.text);
    else if (rest.status === "COMPLETE" || rest.status === "CANCELED") {
      known.end = { text: JSON.stringify(rest), ...(rest.result && { fileId: rest.result.id }) };
    }
    expect(links.status).toBe(`${ADDRESSES[at]}${IMPORT}/tasks/${known.id}/status`);
  }

  for (const one of steps) {
    const known = "nth" in one ? (tasks[one.nth % tasks.length] as Known) : undefined;
    if (one.kind === "start") {
      const session = SESSIONS[tasks.length % 2] as string;
      const body = JSON.stringify({ ...CAT, url: `https://example.com/cat.png#mock=${one.scenario}` });
      const answer = await call(session, IMPORT, { method: "POST", body });
      tasks.push({ id: (JSON.parse(answer.body) as { id: string }).id, session });
    } else if (one.kind === "poll" && known) {
      // Whoever looks at another scenario or moment is shown it, and nobody else is.
      const headers = [{ "X-Mock-Scenario": "canceled" }, { "X-Mock-Clock": "+1h" }, { "X-Mock-Clock": "-1h" }][
        one.asElse
      ];
      await poll(known, { at: one.at, ...(headers && { headers: headers as Record<string, string> }) });
    } else if (one.kind === "wait") clock.advance(one.ms);
    else if (one.kind === "set-back") clock.advance(-one.ms);
    else if (one.kind === "delete" && known?.end?.fileId) {
      const { status } = await call(known.session, `/files/v3/files/${known.end.fileId}`, { method: "DELETE" });
      expect(status).toBe(known.isDeleted ? 404 : 204);
      known.isDeleted = true;
    } else if (one.kind === "force" && known && !known.end) {
      const session = simulator.session(known.session);
      const task = session.tasks().find(({ id }) => id === known.id);
      if (task?.status === "PENDING" || task?.status === "PROCESSING") session.force(known.id, { state: one.state });
    } else if (one.kind === "move-over") {
      const snapshots = JSON.parse(JSON.stringify(simulator.snapshots()));
      simulator = create();
      simulator.restoreAll(snapshots, { isRestart: one.isRestart });
      expect(JSON.parse(JSON.stringify(simulator.snapshots()))).toEqual(snapshots);
    } else if (one.kind === "reload") simulator.reload([...ours, mine(one.version)]);
    else if (one.kind === "configure") for (const name of SESSIONS) simulator.session(name).configure(one.changes);
  }
  for (const known of tasks) await poll(known);
}

test.each<Pace>(["time", "polls", "immediate"])(
  "under pace %s an end that was told stays byte for byte, whatever becomes of clock, address, settings and mock",
  async (pace) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => live(pace, steps)),
      {
        numRuns: 60,
      },
    );
  },
);
