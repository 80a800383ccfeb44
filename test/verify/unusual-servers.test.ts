import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.js";
import { failed, findings, isRecorded, outline, run, verified } from "./run.js";
import { OTHER_TOKEN } from "./server.js";
import { unusualServers } from "./unusual-servers.js";

/** A few are compared word by word, but not those whose findings depend on which of two journeys asks first. */
const some = unusualServers
  .filter(({ name }, index) => index % 3 === 0 && !/each kind of request|in each response/.test(name))
  .map(({ name }) => name);

test.concurrent.for(unusualServers)("$name", async ({ drift, leaves = 0, ...server }, { expect }) => {
  const verification = await verified(server);
  const { report, exchanges } = verification;
  expect(findings(verification, "violation")).toEqual([]);
  expect(failed(verification, "drift")).toEqual(drift);
  expect({ exitCode: report.exitCode, unjudged: report.unjudged }).toEqual({ exitCode: 0, unjudged: [] });
  expect(report.leftBehind).toHaveLength(leaves);
  if (!isRecorded) expect(judge(exchanges)).toEqual(report);
  expect(judge(exchanges, { strict: true }).exitCode).toBe(drift.length > 0 ? 1 : 0);
  if (some.includes(server.name)) expect(outline(verification)).toMatchSnapshot();
});

test("a server that does everything as HubSpot is judged by every check but the one for outages", async () => {
  const { report } = await run({}, { apiVersion: "all", otherToken: OTHER_TOKEN });
  const idle = report.checks.filter(({ result }) => result === "not-exercised").map(({ id }) => id);
  expect(idle).toEqual(["availability"]);
});

test("a recording that does not say what its calls were for conforms, too", async () => {
  const { exchanges } = await run({});
  expect(judge(exchanges.map(({ step: _, ...rest }) => rest))).toMatchObject({ exitCode: 0, unjudged: [] });
});

test.each<[number, readonly string[]]>([
  [401, []],
  [403, []],
  [404, ["status-link"]],
  [302, ["status-link"]],
])(
  "whether HubSpot's other host takes the token is an open question, and %i there breaks %j",
  async (status, fails) => {
    const server = unusualServers.find(({ name }) => name === "links by a path of its own");
    const { exchanges } = await run(server?.twist ?? {});
    const elsewhere = exchanges.map((one) =>
      one.step?.request === "link" && one.response
        ? {
            ...one,
            request: { ...one.request, url: "https://api-na1.hubspot.com/app" },
            response: { ...one.response, status },
          }
        : one,
    );
    expect(failed({ report: judge(elsewhere) }, "violation")).toEqual(fails);
  },
);
