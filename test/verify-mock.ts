import { onTestFinished } from "vitest";
import { createPrismDoor } from "../mocks/prism/door.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import { toResponse } from "../src/exchange/exchange.js";
import { readBody } from "../src/exchange/request.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { createSimulator } from "../src/simulator/simulator.js";
import type { VerifyOptions } from "../src/verify/options.js";
import { type Verification, verifyContract } from "../src/verify/verify.js";
import { createVirtualTime } from "./virtual-time.js";

/** Verifies a mock of the test's own, in time that passes only by waiting for it. */
export async function verifyMock(
  mockOptions: Partial<MockOptions> = {},
  options: Partial<VerifyOptions> = {},
): Promise<Verification & { readonly defects: readonly string[] }> {
  const { advance, ...time } = createVirtualTime();
  const defects: string[] = [];
  // A call that is never answered ends when the mock has swallowed it: nobody waits fifteen real seconds.
  const unanswered = new Set<AbortController>();
  const fetchInTime: typeof fetch = async (input, init) => {
    const call = new AbortController();
    unanswered.add(call);
    const signal = init?.signal ? AbortSignal.any([init.signal, call.signal]) : call.signal;
    return time.fetch(input, { ...init, signal }).finally(() => unanswered.delete(call));
  };
  const mock = await startMock({
    scenarios: await readScenarios(),
    now: time.now,
    wait: async (milliseconds) => advance(milliseconds),
    port: 0,
    onDefect: (defect) => defects.push(defect),
    onExchange({ response }) {
      if (response.wire?.kind === "black-hole") for (const call of unanswered) call.abort();
    },
    ...mockOptions,
  });
  onTestFinished(mock.close);
  const run = await verifyContract({
    baseUrl: mock.url,
    token: "a-token-of-tests",
    ...time,
    fetch: fetchInTime,
    ...options,
  });
  return { ...run, defects };
}

/**
 * Verifies the mock under one scenario of the catalogue. Unless that breaks something on the wire, the mock is asked within
 * this process: sockets would take half of the time, and catalogue.test.ts shows of each scenario what it does on the wire.
 */
export async function verifyScenario(
  { name: scenario, faults }: Scenario,
  options: Partial<VerifyOptions>,
): ReturnType<typeof verifyMock> {
  if (faults.some(({ effect }) => "wire" in effect)) return verifyMock({ scenario }, options);
  const defects: string[] = [];
  const { advance: _, ...time } = createVirtualTime(async (input, init) => {
    const request = new Request(input, init);
    return toResponse(await handle(request, await readBody(request)), { signal: request.signal });
  });
  const simulator = createSimulator({ scenarios: await readScenarios(), scenario, now: time.now });
  const handle = createPrismDoor({ simulator, onDefect: (defect) => defects.push(defect) });
  const run = await verifyContract({
    baseUrl: "http://127.0.0.1:4010",
    token: "a-token-of-tests",
    ...time,
    ...options,
  });
  return { ...run, defects };
}

/** Ids of the checks that failed. */
export function failures({ report }: Pick<Verification, "report">): readonly string[] {
  return report.checks.filter(({ findings }) => findings.length > 0).map(({ id }) => id);
}
