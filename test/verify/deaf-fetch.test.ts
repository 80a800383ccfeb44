import { expect, onTestFinished, test, vi } from "vitest";
import { verifyContract } from "../../src/verify/verify.js";

test("a body without an end is cut, although the platform's fetch has missed the abort", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const pull = () => {
    // What the reader of the body waits for begins after this.
    setImmediate(() => vi.runAllTimersAsync());
    return new Promise<void>(() => {});
  };
  const endless = () => new ReadableStream({ pull });
  const deaf = async () => new Response(endless(), { status: 202, headers: { "Content-Type": "application/json" } });
  const { exchanges, report } = await verifyContract({
    baseUrl: "https://api.test",
    token: "any",
    timeoutMs: 200,
    fetch: deaf,
  });
  expect(exchanges[0]?.response).toMatchObject({ status: 202, body: "", flaw: "incomplete" });
  expect(report.exitCode).not.toBe(0);
});
