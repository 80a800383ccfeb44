import { expect, onTestFinished, type TestContext, test, vi } from "vitest";
import { judge } from "../../src/judge/judge.js";
import { findings, outline, run, verified } from "./run.js";
import type { Twist } from "./server/twist.js";
import { answers, asError, asPage, places, value, withHeaders } from "./twists.js";
import { type UnjudgedServer, unjudgedServers } from "./unjudged-servers.js";

async function expectUnjudged({ reason, ...server }: UnjudgedServer, expect: TestContext["expect"]): Promise<void> {
  const verification = await verified(server, { timeoutMs: 2000 });
  expect(findings(verification, "violation")).toEqual([]);
  expect(verification.report.exitCode).toBe(3);
  expect([...new Set(verification.report.unjudged.map((one) => one.reason))]).toEqual([reason]);
  // Whichever checks are chosen: what cannot be judged is no matter of theirs.
  const { unjudged } = judge(verification.exchanges, { timeoutMs: 2000, only: ["http"] });
  expect(unjudged).toEqual(verification.report.unjudged);
  // What was asked before a server went away differs from run to run.
  if (!server.name.includes("goes away")) expect(outline(verification)).toMatchSnapshot();
}

const isMute = ({ name }: UnjudgedServer) => name.includes("never answers");

test.concurrent.for(unjudgedServers.filter((server) => !isMute(server)))(
  "$name cannot be judged",
  async (server, { expect }) => expectUnjudged(server, expect),
);

test.for(unjudgedServers.filter(isMute))("$name cannot be judged", async ({ twist, ...server }, { expect }) => {
  // A request's timeout is of real time: it is over once the server has decided not to answer.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const onAnswer: Twist["onAnswer"] = (answer, context) => {
    const changed = twist.onAnswer?.(answer, context) ?? answer;
    if (typeof changed === "function") setImmediate(() => vi.advanceTimersByTime(1000));
    return changed;
  };
  await expectUnjudged({ ...server, twist: { ...twist, onAnswer } }, expect);
});

test("an address without a server cannot be judged", async () => {
  const { url } = await run({});
  const { report } = await run({}, { baseUrl: url });
  expect(report).toMatchObject({ exitCode: 3, requests: 2, unjudged: [{ reason: "unreachable" }] });
});

test("a space or a line end around the base url is no part of it", async () => {
  const { url } = await run({});
  const { report } = await run({}, { baseUrl: ` ${url} \n` });
  expect(report).toMatchObject({ exitCode: 3, target: url, unjudged: [{ reason: "unreachable" }] });
});

test.each<[string, number, Readonly<Record<string, string>>, string]>([
  [
    "a login page that is redirected to",
    302,
    { Location: "https://login.example/" },
    "Check --base-url: it is redirected to https://login.example/.",
  ],
  [
    "a login page",
    200,
    {},
    "Check --base-url: it must be the URL before /files/v3. The response names no task: a login page or a proxy may have sent it.",
  ],
  ["a network that asks for a login", 511, {}, "Check --base-url: it must be the URL before /files/v3."],
  ["another address", 404, {}, "Check --base-url: it must be the URL before /files/v3."],
  ["an import that is rejected", 400, {}, "Check --import-url, --folder-path and --access."],
])("%s in place of the import's response: what to check", async (_, status, headers, next) => {
  const { report } = await run(answers(places.locator, (answer) => withHeaders(asPage(answer, status), headers)));
  expect(report.unjudged[0]).toMatchObject({ reason: "not-accepted", next });
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

test("a run that is broken off in the middle of a body finds no fault in it", async () => {
  const controller = new AbortController();
  const twist: Twist = {
    onAnswer: (answer, { look, task }) => {
      if (look !== 1 || task?.isFailing) return answer;
      return (socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", () =>
          controller.abort(),
        );
      };
    },
  };
  const { report, asked } = await run(twist, { signal: controller.signal });
  expect(findings({ report }, "violation")).toEqual([]);
  expect(report).toMatchObject({ exitCode: 3, unjudged: [{ reason: "interrupted" }], leftBehind: [] });
  expect(asked.at(-1)?.method).toBe("DELETE");
});

test("an interrupted run deletes the file of an import that is under way", async () => {
  const controller = new AbortController();
  const twist: Twist = {
    pendingMs: 0,
    processingMs: 0,
    onAnswer: (answer, { kind }) => {
      if (kind === "accept") controller.abort();
      return answer;
    },
  };
  const { report, asked } = await run(twist, { signal: controller.signal });
  expect(report).toMatchObject({ exitCode: 3, unjudged: [{ reason: "interrupted" }], leftBehind: [] });
  expect(asked.at(-1)?.method).toBe("DELETE");
});

test("a run that is broken off has the patience to delete its file", async () => {
  const controller = new AbortController();
  let busy = 2;
  const twist: Twist = {
    onAnswer: (answer, { kind, look }) => {
      if (look === 1) controller.abort();
      if (kind !== "delete" || busy === 0) return answer;
      busy -= 1;
      return asError(answer, 429);
    },
  };
  const { report, asked } = await run(twist, { signal: controller.signal });
  expect(report.leftBehind).toEqual([]);
  expect(asked.slice(-3).map(({ method }) => method)).toEqual(["DELETE", "DELETE", "DELETE"]);
});

test("a limit that one journey reaches applies to the others", async () => {
  let until = 0;
  const early: number[] = [];
  const twist: Twist = {
    onAnswer: (answer, { poll, task, now }) => {
      if (now < until) early.push(now);
      if (poll !== 2 || task?.serial !== 1) return answer;
      until = now + 8000;
      return { ...asError(answer, 429), headers: { ...answer.headers, "Retry-After": "8" } };
    },
  };
  const { report } = await run(twist);
  expect(report.exitCode).toBe(0);
  // What was sent at the same moment had no way to know.
  expect(early.filter((at) => at > until - 8000)).toEqual([]);
});

test("an id that is invalid in an address is reported as a violation, and does not end the run", async () => {
  const { report } = await run(value(places.locator, "/id", (id) => `${id}\ud800`));
  expect(report.exitCode).toBe(1);
});

test("an interrupted run reports which tasks may still make a file", async () => {
  const controller = new AbortController();
  const twist: Twist = {
    pendingMs: 60_000,
    onAnswer: (answer, { poll }) => {
      if (poll === 1) controller.abort();
      return answer;
    },
  };
  const { report } = await run(twist, { signal: controller.signal });
  expect(report.unjudged).toMatchObject([{ message: expect.stringContaining("a day: AAAAEZ6whGM, AAAAEZ6whGQ.") }]);
});
