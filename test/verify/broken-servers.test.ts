import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.js";
import { serverRules } from "../../src/judge/server-rules/rules.js";
import { endless } from "./broken/wire.js";
import { brokenServers } from "./broken-servers.js";
import { failed, findings, outline, run, verified } from "./run.js";
import { answers, asError, places } from "./twists.js";
import { unusualServers } from "./unusual-servers.js";

/** Of faults that fail the same checks, a few are told word by word. */
const some = brokenServers
  .filter(({ fails }, index) => {
    const alike = brokenServers.slice(0, index).filter((one) => one.fails.join() === fails.join());
    return alike.length < 6;
  })
  .map(({ name }) => name);

// First of those that run at the same time, as it waits for seconds.
test.concurrent("a body that comes no further is cut, as one whose connection ends", async ({ expect }) => {
  const atOnce = { pendingMs: 0, processingMs: 0 };
  // A client's patience with one answer is real time.
  const { report } = await run({ ...atOnce, ...answers(places.complete, endless) }, { timeoutMs: 2000 });
  expect({ failed: failed({ report }, "violation"), exitCode: report.exitCode }).toEqual({
    failed: ["body-complete"],
    exitCode: 1,
  });
});

test.concurrent.for(brokenServers)("$name: $fails", async ({ fails, at, ...server }, { expect }) => {
  const verification = await verified(server);
  expect(failed(verification, "violation")).toEqual(fails);
  expect(verification.report.exitCode).toBe(1);
  const pointers = findings(verification, "violation").map(({ pointer }) => pointer);
  if (at !== undefined) expect(pointers).toContainEqual(expect.stringMatching(new RegExp(`^${at}`)));
  if (some.includes(server.name)) expect(outline(verification)).toMatchSnapshot();
});

test.each([
  ["complete that says gzip, and is not", "bytes that do not decode as gzip"],
  ["complete with Latin-1", "bytes that are not UTF-8"],
  ["complete with an empty body", "an empty body"],
  ["complete with a byte order mark", "a byte order mark before the body"],
  ["a body is deeper than any client's stack", "JSON nested more than 100 deep"],
  ["canceled with an object of JavaScript's", '"[object Object]"'],
])("the finding about a body that nobody can read names what it is: %s", async (name, actual) => {
  const server = brokenServers.find((one) => one.name === name);
  const told = server && findings(await verified(server), "violation").map((finding) => finding.actual);
  expect([...new Set(told)]).toEqual([actual]);
});

test("every check is broken by some server", () => {
  const reported = [...brokenServers.flatMap(({ fails }) => fails), ...unusualServers.flatMap(({ drift }) => drift)];
  expect(serverRules.map(({ id }) => id).filter((id) => !reported.includes(id))).toEqual([]);
});

test("no two servers have one name", () => {
  const names = [...brokenServers, ...unusualServers].map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("a 204 with a body breaks body-complete", async () => {
  // On the wire such bytes are the next answer's: only a recording of others can show them.
  const { exchanges } = await run({});
  const deletion = exchanges.find(({ response }) => response?.status === 204);
  const withBody = exchanges.map((one) =>
    one === deletion && one.response ? { ...one, response: { ...one.response, body: "{}" } } : one,
  );
  expect(failed({ report: judge(withBody) }, "violation")).toEqual(["body-complete"]);
});

test.each([
  ["a number", (id: unknown) => Number(id), []],
  ["a number that JSON cannot hold", () => 2 ** 60, ["unknown"]],
  ["absent", () => undefined, ["unknown"]],
])("a file whose id is %s is deleted, or listed as left over", async (_, idOf, left) => {
  const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
  const { report, asked } = await run({
    onBody: (body) =>
      isObject(body["result"]) ? { ...body, result: { ...body["result"], id: idOf(body["result"]["id"]) } } : body,
  });
  expect(report.leftBehind.map(({ fileId }) => fileId)).toEqual(left);
  expect(asked.filter(({ method }) => method === "DELETE")).toHaveLength(1 - left.length);
});

test("a finding names the line of the contract, and all exchanges that show it", async () => {
  const { report, exchanges } = await run({ onBody: ({ taskId, ...body }) => body });
  const [finding, ...others] = findings({ report }, "violation");
  const polls = exchanges.flatMap(({ response }, index) => (response?.status === 200 ? [index] : []));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: "schema", pointer: "/taskId", expected: "present", actual: "absent" });
  expect(finding?.exchanges).toEqual(polls);
  expect(finding?.line).toBeGreaterThan(800);
});

test.each(["the request changes by a second at the end", "a task goes back to PENDING", "a file grows"])(
  "%s: the finding names both answers that differ",
  async (name) => {
    const server = brokenServers.find((one) => one.name === name);
    if (!server) throw new Error(`There is no server "${name}".`);
    const verification = await verified(server);
    const [finding] = findings(verification, "violation");
    const shown = finding?.exchanges.map((index) => verification.exchanges[index]?.request.url);
    expect(shown?.length).toBeGreaterThan(1);
    expect(shown?.every((url) => url?.endsWith("/status"))).toBe(true);
  },
);

test("a check that is skipped, or not among the only ones, reports nothing, and is named", async () => {
  const { exchanges } = await run({ onBody: ({ taskId, ...body }) => body });
  expect(judge(exchanges, { skip: ["schema"] })).toMatchObject({ exitCode: 0, skipped: [{ id: "schema" }] });
  expect(judge(exchanges, { only: ["headers"] }).checks.map(({ id }) => id)).toEqual(["headers"]);
});

test.each([
  ["body-json", answers(places.status, (answer) => ({ ...answer, body: `${answer.body}}` }))],
  ["ends-in-time", { pendingMs: 600_000 }],
  ["availability", answers(places.status, (answer) => asError(answer, 503))],
] as const)("without %s, a task that was not seen to its end cannot be judged", async (id, twist) => {
  const { exchanges } = await run(twist);
  const skip = [id];
  expect(judge(exchanges).exitCode).toBe(1);
  expect(judge(exchanges, { skip })).toMatchObject({ exitCode: 3, unjudged: [{ reason: "check-skipped" }] });
  expect(judge(exchanges, { skip }).unjudged[0]?.message).toContain(`skipped: ${id}.`);
});

test("a choice of checks that had nothing to judge is no verdict", async () => {
  const { exchanges } = await run({});
  expect(judge(exchanges, { only: ["availability"] })).toMatchObject({
    exitCode: 3,
    unjudged: [{ reason: "check-skipped" }],
  });
});

test("a recording that an app left before the end is no worse for a skipped check that hides nothing", async () => {
  const { exchanges } = await run({ onBody: ({ requestedAt, ...body }) => ({ ...body, requestedAt: 7 }) });
  const polled = exchanges.find(({ step }) => step?.part === "complete" && step.request === "poll");
  const left = exchanges.slice(0, polled && exchanges.indexOf(polled) + 1).map(({ step: _, ...one }) => one);
  expect(judge(left).exitCode).toBe(1);
  expect(judge(left, { skip: ["schema", "requested-at"] }).exitCode).toBe(0);
});
