import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../../mocks/server.js";
import { VERSIONS } from "../../src/contract/operations.js";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { verifyContract } from "../../src/verify/verify.js";
import { directoryOf, verify } from "../verify-command.js";
import { failures, verifyMock } from "../verify-mock.js";
import { run } from "./run.js";
import { OTHER_TOKEN, TOKEN } from "./server.js";
import { answers, asError, asPage, places } from "./twists.js";

const DATED = ["2025-09", "2026-03", "2026-09"];

const observed = ({ report }: Awaited<ReturnType<typeof run>>, id: string) =>
  report.questions.find((question) => question.id === id)?.observed;

test("a run by one version asks for its paths alone, and for as many as a run by v3", async () => {
  const requests = async (apiVersion: string) => {
    const { asked } = await run({}, { apiVersion });
    // The server's links name v3.
    const paths = asked.filter(({ path }) => !path.startsWith(`/files/${apiVersion}/`)).map(({ path }) => path);
    return { count: asked.length, elsewhere: paths.length };
  };
  const v3 = await requests("v3");
  expect(v3.elsewhere).toBe(0);
  for (const version of DATED) expect(await requests(version)).toEqual({ count: v3.count, elsewhere: 2 });
});

test("a run by all versions starts its imports once, and adds at most twelve requests", async () => {
  const [one, all] = [await run({}), await run({}, { apiVersion: "all", otherToken: OTHER_TOKEN })];
  const accepted = all.exchanges.filter(({ response }) => response?.status === 202);
  expect(accepted).toHaveLength(2);
  expect(all.asked.length - one.asked.length).toBe(11);
  expect(all.asked.filter(({ authorization }) => authorization === `Bearer ${OTHER_TOKEN}`)).toHaveLength(1);
  expect(all.report.versions).toEqual([
    { version: "v3", supportedUntil: "2027-09", requests: one.asked.length + 2 },
    { version: "2025-09", supportedUntil: "2027-03", requests: 3 },
    { version: "2026-03", supportedUntil: "2027-09", requests: 3 },
    { version: "2026-09", supportedUntil: "2028-03", requests: 3 },
  ]);
});

test("a run by all versions answers Q17 to Q20, and leaves nothing behind", async () => {
  const all = await run({}, { apiVersion: "all", otherToken: OTHER_TOKEN });
  const versions = (text: (version: string) => string) => DATED.map(text).join("; ");
  expect(observed(all, "Q17")).toBe(
    versions((version) => `${version} names none of the three (400 that lists access, url) in 1 of 1`),
  );
  expect(observed(all, "Q18")).toBe(versions((version) => `v3 task by ${version}: the task in 2 of 2`));
  expect(observed(all, "Q19")).toBe("COMPLETE with the same result in 1 of 1");
  expect(observed(all, "Q20")).toBe("404 in 1 of 1");
  expect(observed(all, "Q21")).toBeUndefined();
  expect(all.report).toMatchObject({ exitCode: 0, leftBehind: [] });
  expect(all.report).not.toHaveProperty("mayBeLeft");
});

test("each response is reported as an observation, and stays open if that shows too little", async () => {
  const dated = ({ version }: { readonly version: string }) => version === "2026-03";
  const lists = (list: string) =>
    answers(
      (context) => dated(context) && context.refusal === "missing-fields",
      (one) => asError(one, 400, `Some required fields were not set: [${list}]`),
    );
  const seen = async (twist: Parameters<typeof run>[0], id: string) =>
    observed(await run(twist, { apiVersion: "all", otherToken: OTHER_TOKEN }), id)?.split("; ")[
      id === "Q18" || id === "Q17" ? 1 : 0
    ];
  expect(await seen(lists("access, overwrite"), "Q17")).toBe(
    "2026-03 enforces overwrite (400 that lists access, overwrite) in 1 of 1",
  );
  expect(await seen(lists("access"), "Q17")).toBe("2026-03 inconclusive (400 that lists access) in 1 of 1");
  expect(
    await seen(
      answers(dated, (one) => asPage(one, 404)),
      "Q17",
    ),
  ).toBe("2026-03 inconclusive (404 without a list of fields) in 1 of 1");
  expect(
    await seen(
      answers(dated, (one) => asError(one, 404)),
      "Q18",
    ),
  ).toBe("v3 task by 2026-03: 404 in 2 of 2");
  const afterDeletion = answers(
    (context) => context.isDeleted && places.end(context),
    (one) => asError(one, 404),
  );
  expect(await seen(afterDeletion, "Q19")).toBe("404 in 1 of 1");
});

test("a dated path that is put off or has no response is asked no more", async () => {
  const dated = ({ version }: { readonly version: string }) => version !== "v3";
  for (const twist of [
    answers(dated, (one) => asError(one, 429)),
    answers(dated, () => (socket) => void socket.destroy()),
  ]) {
    const { asked, report } = await run(twist, { apiVersion: "all" });
    expect(asked.filter(({ path }) => !path.startsWith("/files/v3/")).length).toBeLessThanOrEqual(3);
    expect(report.exitCode).toBe(0);
  }
});

test("with --keep nothing is asked after a deletion, and a run that is put off asks no question", async () => {
  const kept = await run({}, { apiVersion: "all", keep: true });
  expect(observed(kept, "Q19")).toBeUndefined();
  const later = answers(places.status, (one) => ({ ...one, headers: { ...one.headers, "Retry-After": "3600" } }));
  const { asked } = await run(later, { apiVersion: "all", otherToken: OTHER_TOKEN });
  expect(asked.filter(({ path }) => !path.startsWith("/files/v3/"))).toEqual([]);
  expect(asked.filter(({ authorization }) => authorization === `Bearer ${OTHER_TOKEN}`)).toEqual([]);
});

test("the headers by which v3 announces its end are reported beside it, and violate nothing", async () => {
  const headers = { Deprecation: "@1789430400", Sunset: "Wed, 01 Sep 2027 00:00:00 GMT" };
  const twist = answers(
    ({ version }) => version === "v3",
    (one) => ({ ...one, headers: { ...one.headers, ...headers } }),
  );
  const { report } = await run(twist, { apiVersion: "all" });
  expect(report.versions[0]).toMatchObject({ deprecation: headers.Deprecation, sunset: headers.Sunset });
  expect(report.versions[1]).not.toHaveProperty("deprecation");
  expect(report.exitCode).toBe(0);
});

test("neither token is in a report or a recording, and the recording is judged to the same report", async () => {
  const { report, exchanges } = await run(
    {
      lets: "other-account",
      ...answers(
        ({ kind }) => kind !== "delete",
        (one) => ({ ...one, headers: { ...one.headers, "X-Echo": OTHER_TOKEN } }),
      ),
    },
    { apiVersion: "all", otherToken: OTHER_TOKEN },
  );
  const har = JSON.stringify(toHar(exchanges, { version: "1.0.0", target: report.target, timeoutMs: 60_000 }));
  for (const text of [har, JSON.stringify(report)]) expect(text).not.toMatch(new RegExp(`${TOKEN}|${OTHER_TOKEN}`));
  const { exchanges: read, notes } = fromHar(JSON.parse(har));
  expect(judge(read, notes)).toEqual(report);
  const foreign = judge(read.map(({ step: _, ...one }) => one));
  expect(foreign.versions.map(({ version }) => version)).toEqual([...VERSIONS]);
});

test.each([
  [{ otherToken: "any-token" }, "The other account's token is the same as the token. Set one of another account."],
  [{ otherToken: "a b" }, "The other account's token must be printable ASCII characters without a space."],
  [{ apiVersion: "2024-09" }, 'apiVersion must be one of v3, 2025-09, 2026-03, 2026-09, all; got "2024-09"'],
])("%j is a user's mistake", async (options, message) => {
  const refused = verifyContract({ baseUrl: "http://127.0.0.1:1", token: "any-token", ...options });
  await expect(refused).rejects.toThrow(message);
});

test.each<[string, Partial<MockOptions>, readonly string[]]>([
  ["as it is", {}, []],
  ["that enforces the dated versions' lists", { datedRequired: "enforce" }, ["open-question"]],
  ["whose links name the requested version", { statusLink: "requested" }, []],
  ["that has v3 alone", { apiVersions: ["v3"] }, ["open-question"]],
])("a mock %s keeps the contract in all versions", async (_, mockOptions, drift) => {
  const run = await verifyMock(mockOptions, { apiVersion: "all" });
  expect(run.report.exitCode).toBe(0);
  expect(failures(run)).toEqual(drift);
});

test("the command takes the version from its line, the environment or the config file, and every report names it", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, speed: 100 });
  onTestFinished(mock.close);
  const kinds = ["markdown", "html", "junit", "sarif", "json"];
  const reports = kinds.flatMap((kind) => ["--report", `${kind}=${kind}.out`]);
  const cwd = await directoryOf({ "import-kit.config.json": JSON.stringify({ apiVersion: "2026-03" }) });
  const args = ["--base-url", mock.url, "--poll-interval", "20ms"];
  const [all, variable, file] = [
    await verify([...args, "--api-version", "all", ...reports, "--record", "run.har"], { cwd }),
    await verify(args, { cwd, env: { IMPORT_KIT_API_VERSION: "2025-09" } }),
    await verify(args, { cwd }),
  ];
  expect([all.code, variable.code, file.code]).toEqual([0, 0, 0]);
  expect(variable.stdout).toContain("API 2025-09    unsupported from March 2027\n");
  expect(file.stdout).toContain("API 2026-03    unsupported from September 2027\n");
  for (const text of [
    all.stdout,
    ...(await Promise.all(kinds.map((kind) => readFile(join(cwd, `${kind}.out`), "utf8")))),
  ]) {
    for (const version of VERSIONS) expect(text).toContain(version);
    expect(text).toMatch(/unsupported from September 2027|2027-09/);
  }
  const offline = await verify(["--recording", "run.har", "--json"], { cwd });
  expect(JSON.parse(offline.stdout)).toEqual(JSON.parse(await readFile(join(cwd, "json.out"), "utf8")));
});

test("the command takes the other account's token from the environment alone, and writes it nowhere", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, speed: 100 });
  onTestFinished(mock.close);
  const cwd = await directoryOf();
  const env = { HUBSPOT_OTHER_ACCESS_TOKEN: OTHER_TOKEN };
  const run = await verify(["--base-url", mock.url, "--poll-interval", "20ms", "--record", "run.har"], { cwd, env });
  expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining("$HUBSPOT_OTHER_ACCESS_TOKEN") });
  expect(run.stdout).toMatch(/other-account.*no task/s);
  for (const text of [run.stdout, run.stderr, await readFile(join(cwd, "run.har"), "utf8")]) {
    expect(text).not.toContain(OTHER_TOKEN);
  }
});
