import { onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import type { ImportRequest, TaskStatus } from "../src/contract/contract.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";

export const IMPORT = "/files/v3/files/import-from-url/async";
export const CAT: ImportRequest = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

/** An open door: a mock of the test's own, with a clock of its own. */
export interface Door {
  readonly clock: ReturnType<typeof createClock>;
  /** Calls a path with a token; `headers` win over the defaults, and an empty one is left out. */
  readonly call: (path: string, init?: RequestInit & { headers?: Record<string, string> }) => Promise<Response>;
  /** Starts an import and gives its locator's id. */
  readonly start: (request?: object, headers?: Record<string, string>) => Promise<string>;
  readonly poll: (id: string, headers?: Record<string, string>) => Promise<Response>;
  /** The body of a poll that is answered with a task. */
  readonly look: (id: string) => Promise<TaskStatus>;
}

export type Open = (options?: Partial<SimulatorOptions>) => Promise<Door>;

type Send = (request: { readonly path: string; readonly init: RequestInit }) => Promise<Response>;

const DOORS = {
  async simulator(options: SimulatorOptions): Promise<Send> {
    const simulator = createSimulator(options);
    return ({ path, init }) => simulator.handle(new Request(`https://api.hubapi.com${path}`, init));
  },
  async prism(options: SimulatorOptions): Promise<Send> {
    const defects: string[] = [];
    const mock = await startMock({ ...options, port: 0, onDefect: (defect) => defects.push(defect) });
    onTestFinished(async () => {
      await mock.close();
      if (defects.length > 0) throw new Error(`The mock reported defects of its own:\n${defects.join("\n")}`);
    });
    return ({ path, init }) => fetch(`${mock.url}${path}`, init);
  },
};

/** One test, run through every door, in v3 and in a dated version of the API; a difference between them is a bug. */
export function throughEachDoor(sentence: string, run: (open: Open) => Promise<void>): void {
  for (const name of Object.keys(DOORS) as (keyof typeof DOORS)[]) {
    test(`${sentence} (${name} door)`, () => run((options) => openDoor(name, options)));
    test(`${sentence} (${name} door, 2026-09)`, () => run((options) => openDoor(name, options, "2026-09")));
  }
}

/**
 * A door for tests of what does not depend on the door.
 *
 * @param version replaces v3 in the path of each request; links stay those of v3, as HubSpot's do
 */
export async function openDoor(
  name: keyof typeof DOORS,
  options: Partial<SimulatorOptions> = {},
  version = "v3",
): Promise<Door> {
  const clock = createClock();
  const sendAsIs = await DOORS[name]({ scenarios: await catalogue, now: clock.now, ...options });
  const send: Send = ({ path, init }) => sendAsIs({ path: path.replace("/files/v3/", `/files/${version}/`), init });
  const call: Door["call"] = (path, init = {}) => {
    const headers = { Authorization: "Bearer any", "Content-Type": "application/json", ...init.headers };
    const kept = Object.entries(headers).filter(([, value]) => value !== "");
    return send({ path, init: { ...init, headers: Object.fromEntries(kept) } });
  };
  const poll: Door["poll"] = (id, headers = {}) => call(`${IMPORT}/tasks/${id}/status`, { headers });
  return {
    clock,
    call,
    poll,
    start: async (request, headers = {}) => {
      const answer = await call(IMPORT, { method: "POST", headers, body: JSON.stringify({ ...CAT, ...request }) });
      if (answer.status !== 202) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { id: string }).id;
    },
    look: async (id) => {
      const answer = await poll(id);
      if (!answer.ok) throw new Error(`no task: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as TaskStatus;
    },
  };
}

const catalogue = readScenarios();
