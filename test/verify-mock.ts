import { onTestFinished } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import type { VerifyOptions } from "../src/verify/journey/options.js";
import { type Verification, verifyContract } from "../src/verify/verify.js";
import { createClock } from "./clock.js";

/** Verifies a mock of the test's own, in time that passes only by waiting for it. */
export async function verifyMock(
  mockOptions: Partial<MockOptions> = {},
  options: Partial<VerifyOptions> = {},
): Promise<Verification & { readonly defects: readonly string[] }> {
  const clock = createClock();
  const defects: string[] = [];
  const mock = await startMock({
    scenarios: await readScenarios(),
    now: clock.now,
    port: 0,
    onDefect: (defect) => defects.push(defect),
    ...mockOptions,
  });
  onTestFinished(mock.close);
  const sleep = async (milliseconds: number) => {
    const until = clock.now() + milliseconds;
    await new Promise((resolve) => setImmediate(resolve));
    // Two journeys wait at the same time: the second finds that part of its wait has passed.
    clock.advance(Math.max(0, until - clock.now()));
  };
  const run = await verifyContract({ baseUrl: mock.url, token: "a-token-of-tests", now: clock.now, sleep, ...options });
  return { ...run, defects };
}

/** Ids of the checks that failed. */
export function failures({ report }: Pick<Verification, "report">): readonly string[] {
  return report.checks.filter(({ result }) => result === "fail").map(({ id }) => id);
}
