import fc from "fast-check";
import { readScenarios } from "../../mocks/scenario-files.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { createSimulator, type Simulator } from "../../src/simulator/simulator.js";
import { createClock } from "../clock.js";
import { createClient } from "./client.js";
import { importWell, manners } from "./good-client.js";
import { scenarios as outages } from "./mistakes.js";
import { createRecorder, type Received, received, type Send, type Sent, toSimulator } from "./recorder.js";
import { together } from "./together.js";

/**
 * The catalogue, and what it has no scenario for; without what leads a good client astray, and without what goes wrong on
 * the wire, for there is none here.
 */
export const scenarios: readonly Scenario[] = [
  ...(await readScenarios()).filter(
    ({ tags, faults }) => !tags.includes("drift") && !faults.some(({ effect }) => "wire" in effect),
  ),
  ...outages,
];

/** Good clients with what they meet. */
export const worlds = fc.record({
  clients: fc.array(manners, { minLength: 1, maxLength: 3 }),
  scenario: fc.constantFrom(...scenarios.map(({ name }) => name)),
  inFlightStatus: fc.constantFrom(200 as const, 202 as const),
  failure: fc.constantFrom("canceled" as const, "complete" as const, "silent" as const),
  speed: fc.constantFrom(0.5, 1, 4),
  latencies: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 5, maxLength: 5 }),
  /** What stands between client and server answers instead, request by request. */
  trouble: fc.array(
    fc.constantFrom("none", "none", "none", "dropped", "429", "429 for 5 s", "429 until then", "500", "503"),
    {
      maxLength: 40,
    },
  ),
  /** How many requests the first token is good for. */
  tokenLasts: fc.integer({ min: 0, max: 20 }),
});

const TEXT = { "Content-Type": "text/plain;charset=UTF-8" };

type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * What one client's tasks exchanged, all under way at the same time, and the simulator's view of it. No socket is
 * involved: thousands take seconds.
 */
export async function recordGoodClients(world: World): Promise<{
  readonly exchanges: readonly RecordedExchange[];
  readonly simulator: Simulator;
  /** When all was over, in epoch milliseconds. */
  readonly watchedUntil: number;
}> {
  const { clients, latencies, trouble, tokenLasts, ...options } = world;
  const clock = createClock();
  const { now } = clock;
  const simulator = createSimulator({ ...options, scenarios, now });
  const { through, exchanges } = createRecorder(now);
  let requests = 0;
  let tokens = 1;

  const simulated = toSimulator(simulator);

  async function answer(request: Sent): Promise<Received> {
    const position = requests++;
    const isExpired = position >= tokenLasts && request.headers.get("authorization") === "Bearer token-1";
    switch (trouble[position] ?? "none") {
      case "dropped":
        throw new TypeError("fetch failed");
      case "none":
        return isExpired ? received(401, TEXT, "{}") : simulated(request);
      case "429 for 5 s":
        return received(429, { ...TEXT, "Retry-After": "5" }, "{}");
      case "429 until then":
        return received(429, { ...TEXT, "Retry-After": new Date(now() + 5000).toUTCString() }, "{}");
      default:
        return received(Number(trouble[position]), TEXT, "<html>");
    }
  }

  function hasEnded(id: string): boolean {
    const task = simulator
      .session("default")
      .tasks()
      .find((one) => one.id === id);
    return ["COMPLETE", "CANCELED"].includes(task?.status ?? "");
  }

  await together(
    clock,
    clients.map((manner, which) => async (sleep, sideBySide) => {
      const send: Send = async (request) => {
        const latencyMs = latencies[requests % latencies.length] ?? 0;
        const response = await answer(request);
        await sleep(Math.min(latencyMs, manner.waitsMs));
        if (latencyMs > manner.waitsMs) throw new TypeError("waited in vain");
        return response;
      };
      const token = () => `token-${tokens}`;
      const client = createClient({ base: "https://api.hubapi.com", send: through(send), now, sleep, token });
      const renewToken = () => {
        tokens += 1;
      };
      await importWell(client, manner, { url: `https://example.com/${which}.png`, renewToken, sideBySide, hasEnded });
    }),
  );
  // Long enough for all to have given up.
  clock.advance(3_600_000);
  return { exchanges: exchanges(), simulator, watchedUntil: now() };
}
