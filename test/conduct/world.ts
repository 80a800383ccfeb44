import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../../mocks/server.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { createSimulator, type SimulatorOptions } from "../../src/simulator/simulator.js";
import { createClock } from "../clock.js";
import { type Client, createClient } from "./client.js";
import { createRecorder, overNetwork, toSimulator } from "./recorder.js";
import { together } from "./together.js";

/** What a client exchanged with a simulator of its own, in virtual time and without a socket. */
export async function recordClient(
  behave: (client: Client) => Promise<unknown>,
  options: Omit<SimulatorOptions, "now">,
): Promise<readonly RecordedExchange[]> {
  const clock = createClock();
  const { now } = clock;
  const simulator = createSimulator({ ...options, now });
  const { through, exchanges } = createRecorder(now);
  const base = "https://api.hubapi.com";
  await together(clock, [
    async (sleep) => {
      await behave(createClient({ base, send: through(toSimulator(simulator)), now, sleep, token: () => "any" }));
    },
  ]);
  return exchanges();
}

/** A mock behind a recorder on a port of its own, for clients that bring their own way of sending. */
export async function openRecordedMock(options: Partial<MockOptions> = {}) {
  const { now, advance } = createClock();
  const mock = await startMock({ scenarios: await readScenarios(), now, port: 0, ...options });
  const { through, exchanges } = createRecorder(now);
  const send = through(overNetwork);
  const server = createServer(async (incoming, response) => {
    const { method = "GET", url = "/" } = incoming;
    const { authorization, "content-type": type } = incoming.headers;
    const kept = { ...(authorization && { authorization }), ...(type && { "content-type": type }) };
    const body = method === "GET" ? "" : await text(incoming);
    const answer = await send({ method, url: mock.url + url, headers: new Headers(kept), body });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await mock.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, advance, exchanges };
}
