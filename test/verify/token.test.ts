import { expect, test } from "vitest";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { type Verification, verifyContract } from "../../src/verify/verify.js";
import { poll, submit } from "../conduct/timeline.js";
import { findings, run } from "./run.js";
import type { Twist } from "./server/twist.js";
import { startServer, TOKEN } from "./server.js";
import { answers, type Place, places, statusPath, value, withHeaders } from "./twists.js";

const elsewhere = (place: Place, status: number) => (foreign: string) =>
  answers(place, (answer) => ({ ...withHeaders(answer, { Location: `${foreign}/x` }), status }));

test.concurrent.each<[string, (foreign: string) => Twist]>([
  [
    "a link on another port of this machine",
    (foreign) => value(places.locator, "/links/status", (_, { task }) => `${foreign}${statusPath(task?.id)}`),
  ],
  [
    "a link on this machine by another name",
    (foreign) =>
      value(
        places.locator,
        "/links/status",
        (_, { task }) => `${foreign.replace("127.0.0.1", "localhost")}${statusPath(task?.id)}`,
      ),
  ],
  [
    "a link with the called host as its user",
    (foreign) =>
      value(places.locator, "/links/status", (_, { origin }) => `${origin}@${new URL(foreign).host}${statusPath("x")}`),
  ],
  ["an import that is redirected", elsewhere(places.locator, 307)],
  ["polls that are redirected", elsewhere(places.status, 302)],
  ["refusals that are redirected", elsewhere(places.refusal, 308)],
  ["deletions that are redirected", elsewhere(places.deletion, 301)],
])("%s gets no request to another server", async (_, twistTo) => {
  const foreign = await startServer({}, { now: () => 0 });
  const { asked } = await run(twistTo(foreign.url));
  await foreign.close();
  expect(asked.length).toBeGreaterThan(0);
  expect(foreign.asked).toEqual([]);
});

const escaped = [...TOKEN].map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join("");
const inBase64 = Buffer.from(`Bearer ${TOKEN}`).toString("base64url");

test.concurrent.each([
  ["as it is", TOKEN],
  ["in capitals", TOKEN.toUpperCase()],
  ["in JSON's escapes", escaped],
  ["in base64 with its scheme", inBase64],
])("the token is in no report and no recording, even if a server sends it back %s", async (_, echo) => {
  const { report, exchanges, asked } = await run(
    answers(
      ({ kind }) => kind !== "delete",
      (answer, { kind }) => ({
        ...withHeaders(answer, { "X-HubSpot-Echo": `Bearer ${echo}`, [`X-HubSpot-${echo.replaceAll("\\", "")}`]: "1" }),
        ...(kind === "refusal" && { body: String(answer.body).replace("{", `{"token":"${echo}","${echo}":1,`) }),
      }),
    ),
  );
  expect(asked.some(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
  const written = JSON.stringify({ report, exchanges });
  for (const spelling of [TOKEN, escaped, inBase64.slice(12, -4)]) {
    expect(written.toLowerCase()).not.toContain(spelling.toLowerCase());
    expect(written.toLowerCase()).not.toContain(JSON.stringify(spelling).slice(1, -1).toLowerCase());
  }
});

test("a token that a report cuts in two is in it with neither half", async () => {
  for (let offset = 40; offset < 90; offset += 3) {
    const body = `<h1>${"-".repeat(offset)}${escaped}</h1>`;
    const { report } = await run(answers(places.refusal, (answer) => ({ ...answer, body })));
    expect(JSON.stringify(report)).not.toMatch(/u0074\\*u006f/);
  }
});

test("the token is in no target, nor in a message about one", async () => {
  const { report, exchanges } = await run({}, { baseUrl: `http://127.0.0.1:1/${TOKEN}` });
  expect(report.target).toBe("http://127.0.0.1:1/REDACTED");
  expect(JSON.stringify({ report, exchanges })).not.toContain(TOKEN);
  const misplaced = [
    { baseUrl: TOKEN },
    { baseUrl: `http://${TOKEN}.example` },
    ...[{ importUrl: TOKEN }, { failingUrl: TOKEN }, { folderPath: TOKEN }, { access: TOKEN }],
  ];
  for (const options of misplaced) {
    const refused = verifyContract({ baseUrl: "http://127.0.0.1:1", token: TOKEN, ...options });
    await expect(refused).rejects.toThrow(/^(?!.*a-token-of-tests).*REDACTED/);
  }
});

test.concurrent.each<[string, (serial: number) => string]>([
  ["addresses", (serial) => `${"ab"[serial % 2]}@example.com`],
  ["addresses in one domain and another", (serial) => `a@example${serial}.com`],
  ["private app tokens", (serial) => `pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-${String(serial).padStart(12, "0")}`],
  ["service keys", (serial) => `hsk-na1-0f3e2a1b-5c4d-4e6f-8a9b-${String(serial).padStart(12, "0")}`],
  ["parts of the token", (serial) => `${TOKEN}${serial}`],
])("a server whose ids look like %s keeps the contract, and its recording, too", async (_, createId) => {
  const verification = await run({ createId });
  expect(verification.report.conclusion).toBe("conforms");
  // How long an id is, its pseudonym does not tell.
  const questions = verification.report.questions.filter(({ id }) => id !== "Q6");
  expect(offline(verification)).toMatchObject({
    ...verification.report,
    questions: expect.arrayContaining(questions),
  });
  const { tasks } = verification.report;
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(2);
  expect(tasks.map(({ id }) => id)).not.toContain(createId(1));
});

test("signed urls that differ are reported as different, also in a recording", async () => {
  const verification = await run(
    value(places.complete, "/result/url", (_, { look }) => `https://bucket.example/cat.png?Signature=${look}-of-many`),
  );
  const failed = verification.report.checks.filter(({ findings }) => findings.length > 0);
  expect(failed.map(({ id }) => id)).toEqual(["end-fixed"]);
  expect(JSON.stringify(verification)).not.toContain("-of-many");
  expect(offline(verification)).toEqual(verification.report);
});

test("a secret is shown by its pseudonym where a report has it without its name", async () => {
  const verification = await run({
    ...value(places.complete, "/result/portalId", () => 4711815),
  });
  expect(JSON.stringify(verification)).not.toContain("4711815");
  expect(offline(verification)).toEqual(verification.report);
});

/** What a recording of a run is judged to be. */
function offline({ report, exchanges }: Verification): Verification["report"] {
  const har = JSON.stringify(toHar(exchanges, { version: "1.0.0", target: report.target, timeoutMs: 60_000 }));
  const read = fromHar(JSON.parse(har), [TOKEN]);
  expect(read.exchanges).toEqual(exchanges);
  return judge(read.exchanges, read.notes);
}

/** A recording of an import that was called at one address and linked to another. */
function linkFinding(called: string, link: string) {
  const accepted = submit(0, "task-1");
  const body = { id: "task-1", links: { status: link } };
  const exchanges = [
    { ...accepted, response: { status: 202, headers: JSON_TYPE, body: JSON.stringify(body) } },
    poll(1000, "PENDING"),
  ].map((one) => ({
    ...one,
    request: { ...one.request, url: one.request.url.replace("https://api.hubapi.com", called) },
  }));
  const report = judge(exchanges, { only: ["status-link"] });
  return findings({ report }, "violation").map(({ expected }) => expected)[0];
}

const JSON_TYPE = { "content-type": "application/json" };

test.each([
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
  ["http://127.0.0.1:4010", "http://localhost:4010"],
  ["http://localhost", "http://[::1]:80"],
  ["https://localhost:443", "https://127.0.0.1"],
  ["https://127.0.0.1:8443", "https://app.localhost:8443"],
  ["https://gateway.example:443", "https://gateway.example"],
  // Plain http may be served, and https beside it.
  ["http://gateway.example", "https://gateway.example"],
])("a client that called %s may be led to %s", (called, link) => {
  expect(linkFinding(called, `${link}${statusPath("task-1")}`)).toBeUndefined();
});

test.each([
  ["http://127.0.0.1:4010", "https://127.0.0.1:4010", "an address at http://127.0.0.1:4010"],
  ["https://127.0.0.1:4010", "http://127.0.0.1:4010", "an address at https://127.0.0.1:4010"],
  ["http://127.0.0.1:4010", "https://localhost:4010", "an address at http://127.0.0.1:4010"],
  ["https://localhost:4010", "http://[::1]:4010", "an address at https://localhost:4010"],
  ["http://localhost", "https://localhost", "an address at http://localhost"],
  ["https://localhost", "http://localhost", "an address at https://localhost"],
  ["http://localhost:443", "https://localhost", "an address at http://localhost:443"],
  ["https://localhost:80", "http://127.0.0.1", "an address at https://localhost:80"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4011", "an address at 127.0.0.1:4010"],
  ["http://127.0.0.1:4010", "https://example.com:4010", "an address at 127.0.0.1:4010"],
  ["https://gateway.example", "http://gateway.example", "an https address"],
  ["http://gateway.example:8080", "https://gateway.example:8080", "an address at http://gateway.example:8080"],
])("a client that called %s is led astray to %s", (called, link, expected) => {
  expect(linkFinding(called, `${link}${statusPath("task-1")}`)).toBe(expected);
});
