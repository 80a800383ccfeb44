import { expect, test } from "vitest";
import { findings, outline, run, verified } from "./run.js";
import type { Twist } from "./server/twist.js";
import { answers, asError, places } from "./twists.js";
import { unjudgedServers } from "./unjudged-servers.js";

test.concurrent.for(unjudgedServers)("$name cannot be judged", async ({ reason, ...server }, { expect }) => {
  const verification = await verified(server, { timeoutMs: 2000 });
  expect(findings(verification, "violation")).toEqual([]);
  expect(verification.report.exitCode).toBe(3);
  expect([...new Set(verification.report.unjudged.map((one) => one.reason))]).toEqual([reason]);
  // What was asked before a server went away differs from run to run.
  if (!server.name.includes("goes away")) expect(outline(verification)).toMatchSnapshot();
});

test("an address where nobody listens cannot be judged", async () => {
  const { url } = await run({});
  const { report } = await run({}, { baseUrl: url });
  expect(report).toMatchObject({ exitCode: 3, requests: 2, unjudged: [{ reason: "unreachable" }] });
});

test("a fault counts, whatever else could not be judged", async () => {
  const { report } = await run(answers(places.locator, (answer) => ({ ...asError(answer, 403), body: "{}" })));
  expect(report).toMatchObject({ exitCode: 1, unjudged: [{ reason: "token-refused" }] });
});

test("a run that is broken off cannot be judged, and leaves no file", async () => {
  const controller = new AbortController();
  const twist: Twist = {
    onAnswer: (answer, { look }) => {
      if (look === 1) controller.abort();
      return answer;
    },
  };
  const { report, asked } = await run(twist, { signal: controller.signal });
  expect(report).toMatchObject({ exitCode: 3, unjudged: [{ reason: "interrupted" }], leftBehind: [] });
  expect(asked.at(-1)?.method).toBe("DELETE");
});
