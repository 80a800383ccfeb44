import { Client as HubspotClient } from "@hubspot/api-client";
import { onTestFinished } from "vitest";
import { conductOf } from "../../mocks/conduct.js";
import { startMock } from "../../mocks/server.js";
import type { Conduct } from "../../src/judge/session-conduct.js";
import { createSimulator, type Simulator } from "../../src/simulator/simulator.js";
import { createClock } from "../clock.js";
import { type Client, createClient } from "./client.js";
import { scenarios } from "./good-world.js";
import { overNetwork, type Send, toSimulator } from "./recorder.js";
import { together } from "./together.js";

/** A simulator whose sessions a test gives to clients, in virtual time and without a socket. */
export function openSessions() {
  const clock = createClock();
  const simulator = createSimulator({ scenarios, now: clock.now });
  return sessionsOf(simulator, { clock, base: "https://api.hubapi.com", send: toSimulator(simulator) });
}

/** The same over HTTP, on a port of its own. */
export async function serveSessions() {
  const clock = createClock();
  const mock = await startMock({ scenarios, now: clock.now, port: 0 });
  onTestFinished(mock.close);
  /** HubSpot's own client in a session of its own, which it names by its token. */
  function hubspot(session: string, scenario: string) {
    mock.simulator.session(session).use(scenario);
    return new HubspotClient({ accessToken: `pat-mock-${session}`, basePath: mock.url }).files.filesApi;
  }
  return { ...sessionsOf(mock.simulator, { clock, base: mock.url, send: overNetwork }), hubspot };
}

/** Ids of the rules that a client broke. */
export function failuresIn({ clients }: Conduct): readonly string[] {
  return clients.flatMap(({ checks }) => checks.filter(({ result }) => result === "fail").map(({ id }) => id));
}

function sessionsOf(
  simulator: Simulator,
  { clock, base, send }: { readonly clock: ReturnType<typeof createClock>; readonly base: string; readonly send: Send },
) {
  return {
    ...clock,
    simulator,
    conduct: (session?: string) => conductOf(simulator, session),
    /** Lets a client behave in a session of its own. */
    async visit(session: string, scenario: string, behave: (client: Client) => Promise<unknown>): Promise<void> {
      simulator.session(session).use(scenario);
      const visitor = (sleep: Client["sleep"]) =>
        createClient({ base: `${base}/s/${session}`, send, now: clock.now, sleep, token: () => "any" });
      await together(clock, [(sleep) => behave(visitor(sleep)).then(() => undefined)]);
    },
  };
}
