import { onTestFinished } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import type { VerifyOptions } from "../src/verify/journey/options.js";
import { type Verification, verifyContract } from "../src/verify/verify.js";
import { createVirtualTime } from "./virtual-time.js";

/** Verifies a mock of the test's own, in time that passes only by waiting for it. */
export async function verifyMock(
  mockOptions: Partial<MockOptions> = {},
  options: Partial<VerifyOptions> = {},
): Promise<Verification & { readonly defects: readonly string[] }> {
  const time = createVirtualTime();
  const defects: string[] = [];
  const mock = await startMock({
    scenarios: await readScenarios(),
    now: time.now,
    port: 0,
    onDefect: (defect) => defects.push(defect),
    ...mockOptions,
  });
  onTestFinished(mock.close);
  const run = await verifyContract({ baseUrl: mock.url, token: "a-token-of-tests", ...time, ...options });
  return { ...run, defects };
}

/** Ids of the checks that failed. */
export function failures({ report }: Pick<Verification, "report">): readonly string[] {
  return report.checks.filter(({ result }) => result === "fail").map(({ id }) => id);
}
