import { onTestFinished } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";

/** A mock of one test's own, and the defects that it tells. */
export async function served(options: Partial<MockOptions> = {}) {
  const defects: string[] = [];
  const onDefect = (defect: string) => defects.push(defect);
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, onDefect, ...options });
  onTestFinished(() => mock.close());
  return { mock, defects };
}
