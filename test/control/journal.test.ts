import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { connectMock } from "../../mocks/client.js";
import { readReplay } from "../../mocks/replay.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { startMock } from "../../mocks/server.js";
import { fromHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { createClock } from "../clock.js";
import { CAT, IMPORT } from "../doors.js";
import { rawRequest } from "../raw-request.js";
import { fileMock } from "./mock.js";

const run = promisify(execFile);
const file = fileMock({ pace: "polls" });

test("each exchange has a sentence with the reason for its response", async () => {
  const own = file.own();
  const headers = { Authorization: `Bearer ${own.token}`, "Content-Type": "application/json" };
  const post = (body: object, more = {}) =>
    fetch(file.url + IMPORT, { method: "POST", headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const cat = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/" };
  const { id } = (await (await post(cat)).json()) as { id: string };
  await post({ ...cat, url: "https://example.com/cat.png#mock=canceled" });
  await post({ ...cat, access: "NOBODY" });
  await post(cat, { "X-Mock-Scenario": "missing-scopes" });
  await own.poll(id);
  await own.poll(id, { "X-Mock-Scenario": "rate-limited" });
  await own.poll(id, { "X-Mock-Scenario": "malformed-json" });
  await own.poll("stuck-pending");
  await fetch(`${file.url}${IMPORT}/tasks/${id}/status`, { method: "HEAD", headers });
  await own.poll("AAAAEqTIHz0");
  await own.poll(id, { "X-Mock-Scenario": "nope" });
  await fetch(`${file.url}/s/${own.name}${IMPORT}/tasks/happy/status`);
  await fetch(`${file.url}/s/${own.name}${IMPORT}/tasks/happy/status`, {
    headers: { Authorization: "Bearer invalid" },
  });
  await fetch(`${file.url}/s/${own.name}/files/v3/nothing`);
  expect((await own.journal()).map(({ reason }) => reason)).toEqual([
    "Scenario happy, the session's default, starts a task.",
    "Scenario canceled, chosen by the fragment of the import's url, starts a task.",
    'The request breaks the contract: body/access must be one of PUBLIC_INDEXABLE, PUBLIC_NOT_INDEXABLE, HIDDEN_INDEXABLE, HIDDEN_NOT_INDEXABLE, HIDDEN_PRIVATE, HIDDEN_SENSITIVE, PRIVATE, SENSITIVE; got "NOBODY".',
    expect.stringMatching(
      /^Scenario missing-scopes, chosen by the header X-Mock-Scenario, responds 403 \(error missing-scopes\): This app/,
    ),
    "Poll 1 under pace polls: scenario happy, its import's choice, shows PENDING.",
    "Poll 2 under pace polls: scenario rate-limited, chosen by the header X-Mock-Scenario, responds 429 (error rate-limited).",
    "Poll 3 under pace polls: scenario malformed-json, chosen by the header X-Mock-Scenario, shows PROCESSING (body malformed).",
    "Poll 1 under pace polls: scenario stuck-pending, which the task is named after, shows PENDING.",
    expect.stringMatching(
      /^A HEAD request, which does not count as a poll: scenario happy, its import's choice, shows COMPLETE\.$/,
    ),
    "Rejected before any scenario: resource not found",
    expect.stringMatching(/^Rejected before any scenario: There is no scenario "nope"/),
    "The request breaks the contract: header/authorization needs the header Authorization: Bearer <token>; got none.",
    'The token begins with "invalid", so the mock rejects it.',
    "No operation of the contract has this method and path.",
  ]);
});

test("the journal names a prefix that a proxy forwards without telling the mock", async () => {
  const own = file.own();
  const ask = (path: string, method = "GET") => fetch(`${file.url}/s/${own.name}${path}`, { method });
  await ask(`/hubspot${IMPORT}/tasks/happy/status`);
  await fetch(`${file.url}/hubspot/s/anna${IMPORT}/tasks/happy/status`, { headers: { "X-Mock-Session": own.name } });
  await ask("/hubspot/files/v3/files/search");
  await ask("/hubspot/files/v3/files/1", "DELETE");
  const what = "No operation of the contract has this method and path.";
  const hint =
    "Without /hubspot it would be one: let the proxy remove it, or start the mock with --public-url http://HOST/hubspot.";
  expect((await own.journal()).map(({ reason }) => reason)).toEqual([
    `${what} ${hint}`,
    `${what} ${hint}`,
    what,
    `${what} ${hint}`,
  ]);
});

test("a HEAD in the journal has no body to judge", async () => {
  const own = file.own();
  await own.poll("happy");
  await fetch(`${file.url}/s/${own.name}${IMPORT}/tasks/happy/status`, { method: "HEAD" });
  await own.poll("happy");
  const har: unknown = await (await fetch(`${file.url}/__mock/sessions/${own.name}/journal.har`)).json();
  const { exitCode, coverage } = judge(fromHar(har).exchanges);
  expect(exitCode).toBe(0);
  expect(coverage.states.seen).toEqual(["PENDING", "PROCESSING"]);
});

test("no token, cookie or signature is shown in any form", async () => {
  const own = file.own();
  const secrets = [
    ...["pat-na1-11111111-2222-3333-4444-555555555555", "hsk-eu1-66666666-7777-8888-9999-000000000000"],
    ...["cookie-of-the-user", "signature-of-the-url"],
  ];
  const [token, serviceKey, cookie, signature] = secrets;
  await fetch(`${file.url}/s/${own.name}${IMPORT}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, Cookie: `session=${cookie}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      url: `https://example.com/cat.png?X-Amz-Signature=${signature}&from=${serviceKey}`,
      access: "PRIVATE",
      folderPath: "/",
    }),
  });
  const at = `/sessions/${own.name}`;
  for (const path of [
    `${at}/journal`,
    `${at}/journal/1`,
    `${at}/journal/1/curl`,
    `${at}/journal.har`,
    `${at}/conduct`,
  ]) {
    const text = await (await file.control(path)).text();
    for (const secret of secrets) expect(text, path).not.toContain(secret);
  }
  expect(await own.curl(1)).toContain('-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"');
});

test("a password for a proxy is not kept", async () => {
  const own = file.own();
  const line = `GET /s/${own.name}${IMPORT}/tasks/happy/status HTTP/1.1`;
  await rawRequest(file.url, [line, "Authorization: Bearer any", "Proxy-Authorization: Basic c2VjcmV0", "X-Kept: yes"]);
  const [exchange] = await own.journal();
  expect(exchange?.request.headers).toMatchObject({ "x-kept": "yes" });
  expect(Object.keys(exchange?.request.headers ?? {})).not.toContain("proxy-authorization");
});

test("the journal is filtered by properties of requests, and by a limit", async () => {
  const own = file.own();
  const id = await own.start();
  for (let poll = 0; poll < 3; poll += 1) await own.look(id);
  await own.poll(id, { "X-Mock-Scenario": "missing-scopes" });
  const ids = async (filter: object) => (await own.journal(filter)).map((one) => one.id);
  expect(await ids({})).toEqual([1, 2, 3, 4, 5]);
  expect(await ids({ operation: "importFromUrl" })).toEqual([1]);
  expect(await ids({ method: "GET", taskId: id })).toEqual([2, 3, 4, 5]);
  expect(await ids({ status: 403 })).toEqual([5]);
  expect(await ids({ state: "COMPLETE" })).toEqual([4]);
  expect(await ids({ scenario: "missing-scopes" })).toEqual([5]);
  expect(await ids({ since: 3 })).toEqual([4, 5]);
  expect(await ids({ limit: 2 })).toEqual([4, 5]);
});

test("a journal that is cleared counts on, and its tasks stay", async () => {
  const own = file.own();
  const id = await own.start();
  await file.control(`/sessions/${own.name}/journal`, { method: "DELETE" });
  expect(await own.journal()).toEqual([]);
  await own.look(id);
  expect((await own.journal()).map((one) => one.id)).toEqual([2]);
  expect((await own.tasks()).map((task) => task.polls)).toEqual([1]);
});

test("a request copied as curl is the same request, quotes and session included", async () => {
  const own = file.own();
  const name = `it's "$HOME" \`id\` \\ ünï.png`;
  const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/", name });
  const headers = { Authorization: `Bearer ${own.token}`, "Content-Type": "application/json" };
  await fetch(file.url + IMPORT, { method: "POST", headers, body });
  const { stdout } = await run("sh", ["-c", `${await own.curl(1)} -s`], {
    env: { ...process.env, HUBSPOT_ACCESS_TOKEN: "another" },
  });
  const { id } = JSON.parse(stdout) as { id: string };
  const [, copy] = await own.journal();
  expect([copy?.taskId, copy?.request.body]).toEqual([id, body]);
  expect((await own.task(id)).draft.fileName).toBe((await own.tasks())[0]?.draft.fileName);
});

test("a poll and a HEAD copied as curl are a poll and a HEAD", async () => {
  const own = file.own();
  await own.poll("happy", { "X-Mock-Clock": "+90s" });
  await fetch(`${file.url}/s/${own.name}${IMPORT}/tasks/happy/status`, { method: "HEAD" });
  for (const id of [1, 2]) await run("sh", ["-c", `${await own.curl(id)} -s`]);
  const journal = await own.journal();
  expect(journal.map(({ request }) => request.method)).toEqual(["GET", "HEAD", "GET", "HEAD"]);
  expect(journal[2]?.request.headers["x-mock-clock"]).toBe("+90s");
});

test("the journal as HAR is read by the judge, and replayed by a mock", async () => {
  const own = file.own();
  await own.clock.freeze();
  const id = await own.start();
  for (let poll = 0; poll < 3; poll += 1) {
    await own.look(id);
    await own.clock.advance("1s");
  }
  const har = await own.har();
  const { exchanges } = fromHar(har);
  expect(exchanges.map(({ request, response }) => [request.method, response?.status])).toEqual([
    ["POST", 202],
    ["GET", 200],
    ["GET", 200],
    ["GET", 200],
  ]);
  expect(exchanges.map(({ startedAt }) => startedAt - (exchanges[0]?.startedAt ?? 0))).toEqual([0, 0, 1000, 2000]);
  const directory = await mkdtemp(join(tmpdir(), "journal-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, "journal.har");
  await writeFile(path, JSON.stringify(har));
  const [replayed] = await readReplay(path);
  expect(replayed?.steps.map(({ state }) => state)).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
});

test("a verification counts what it means, and says what it saw", async () => {
  const own = file.own();
  const id = await own.start();
  for (let poll = 0; poll < 3; poll += 1) await own.look(id);
  await own.verify({ operation: "checkImportStatus", taskId: id, atLeast: 3 });
  await own.verify({ operation: "checkImportStatus", taskId: id, atLeast: 1, atMost: 3 });
  await own.verify({ operation: "deleteFile", exactly: 0 });
  await expect(own.verify({ operation: "checkImportStatus", atLeast: 4 })).rejects.toMatchObject({
    name: "VerificationError",
    message: 'expected at least 4 of {"operation":"checkImportStatus"}, saw 3.',
    verified: { passed: false, count: 3, exchanges: [2, 3, 4] },
  });
  await expect(own.verify({ state: "CANCELED" })).rejects.toThrow("expected at least 1");
});

test("numbers that contradict each other are rejected", async () => {
  const own = file.own();
  for (const numbers of [
    { atLeast: 3, atMost: 2 },
    { exactly: 1, atLeast: 1 },
  ]) {
    await expect(own.verify(numbers)).rejects.toMatchObject({
      code: "invalid-expectation",
      problem: { status: 400 },
    });
  }
});

test("coverage remembers what the journal has forgotten", async () => {
  const own = file.own();
  await own.look("happy");
  await own.poll("rate-limited");
  await file.control(`/sessions/${own.name}/journal`, { method: "DELETE" });
  const { percent, scenarios, states } = await own.coverage();
  expect(scenarios.met).toEqual(["happy", "rate-limited"]);
  expect(scenarios.missed).toContain("canceled");
  expect(states).toEqual({ met: ["PENDING"], missed: ["PROCESSING", "COMPLETE", "CANCELED"] });
  expect(percent).toBeGreaterThan(0);
});

test("a client's conduct is judged from its session's journal", async () => {
  const own = file.own();
  await own.clock.freeze();
  const id = await own.start();
  for (let poll = 0; poll < 5; poll += 1) {
    await own.clock.advance("1s");
    await own.look(id);
  }
  const { clients } = await own.conduct();
  const result = (id: string) => clients[0]?.checks.find((one) => one.id === id)?.result;
  expect([result("stops-at-end"), result("polite-interval"), result("token-to-link")]).toEqual([
    "fail",
    "pass",
    "pass",
  ]);
});

test("a verification knows a scenario however it is written, and by its bare name with any parameters", async () => {
  const own = file.own();
  await own.use("rate-limited;burst=03");
  await own.start();
  await own.verify({ scenario: "rate-limited;burst=3", exactly: 1 });
  await own.verify({ scenario: "rate-limited;burst=03", exactly: 1 });
  await own.verify({ scenario: "rate-limited", exactly: 1 });
  await own.verify({ scenario: "rate-limited;burst=4", exactly: 0 });
});

test("if the journal has evicted exchanges, it does not claim that there were no more", async () => {
  const own = file.own();
  for (let call = 0; call <= 1000; call += 1) await fetch(`${own.baseUrl}/nothing`);
  await expect(own.verify({ exactly: 1000 })).rejects.toThrow(
    "1 older exchanges were evicted, so it is unknown whether there were more",
  );
  await expect(own.verify({ operation: "deleteFile", atMost: 0 })).rejects.toThrow(
    "so it is unknown whether there were more",
  );
  await own.verify({ method: "GET", atLeast: 1000 });
});

test("a body that is too long to keep says that it is cut, and is no second submit", async () => {
  const own = file.own();
  const headers = { Authorization: `Bearer ${own.token}`, "Content-Type": "application/json" };
  for (const end of ["a", "b"]) {
    const body = JSON.stringify({
      url: `https://example.com/${"x".repeat(100_000)}${end}`,
      access: "PRIVATE",
      folderPath: "/",
    });
    await fetch(`${file.url}/files/v3/files/import-from-url/async`, { method: "POST", headers, body });
  }
  const [first] = await own.journal();
  expect(first?.request.body).toMatch(/x… \(\d+ characters, cut; request 1\)$/);
  expect(await own.curl(1)).toContain("cut; request 1");
  const { clients } = await own.conduct();
  expect(clients[0]?.checks.find(({ id }) => id === "one-submit")?.result).not.toBe("fail");
});

test("a setting for how failures end applies to future ends, not to one that was shown", async () => {
  const own = file.own();
  await own.configure({ pace: "immediate" });
  expect(await own.look("canceled")).toBe("CANCELED");
  await own.configure({ failure: "complete" });
  expect([await own.look("canceled"), await own.look("canceled~2")]).toEqual(["CANCELED", "COMPLETE"]);
});

test("a journal's HAR is judged whatever became of the clock, and a drip in it is whole", async () => {
  const own = file.own();
  await own.clock.advance("2d");
  await own.poll("happy");
  await own.poll("happy", { "X-Mock-Clock": "-3d" });
  await own.poll("slow-drip;pause=0s");
  const { exchanges } = fromHar(await own.har());
  expect(exchanges.map(({ durationMs }) => durationMs)).toEqual([0, 0, 0]);
  expect(exchanges[2]?.response?.flaw).toBeUndefined();
  expect(judge(exchanges).checks.find(({ id }) => id === "body-json")?.result).toBe("pass");
});

test("a journal's HAR says how long each exchange took, on its session's clock", async () => {
  const { now, advance } = createClock();
  const options = { now, wait: async (ms: number) => advance(ms), pace: "polls", port: 0 } as const;
  const mock = await startMock({ ...options, scenarios: await readScenarios() });
  onTestFinished(mock.close);
  const poll = (task: string, init: RequestInit = {}) =>
    fetch(`${mock.url}/s/own${IMPORT}/tasks/${task}/status`, { headers: { Authorization: "Bearer any" }, ...init });
  const session = mock.simulator.session("own");
  const control = connectMock({ url: mock.url }).session("own");
  const times = async () => {
    const { log } = (await control.har()) as { log: { entries: { time: number; timings: object }[] } };
    return log.entries.map(({ time, timings }) => [time, Object.values(timings).reduce((sum, ms) => sum + ms, 0)]);
  };
  await (await poll("happy")).text();
  await (await poll("slow-drip")).text();
  session.clock.rate(10);
  await (await poll("slow-drip")).text();
  session.clock.freeze();
  await (await poll("slow-drip")).text();
  session.clock.resume();
  await (await poll("black-hole")).text();
  const call = new AbortController();
  const unanswered = poll("black-hole", { signal: call.signal }).catch(() => "unanswered");
  while (session.journal().entries().length < 6) await new Promise((resolve) => setImmediate(resolve));
  expect((await times()).at(-1)).toEqual([0, 0]);
  advance(250);
  call.abort();
  expect(await unanswered).toBe("unanswered");
  while (session.journal().entries().at(-1)?.tookMs === undefined)
    await new Promise((resolve) => setImmediate(resolve));
  expect(await times()).toEqual([0, 2000, 20_000, 0, 0, 2500].map((ms) => [ms, ms]));
});

test.each(["connection-reset", "black-hole"])(
  "a request without a response has no status in any place: %s",
  async (scenario) => {
    const own = file.own();
    await own.look(scenario);
    const call = new AbortController();
    const unanswered = own.poll(scenario, {}, call.signal).catch(() => "unanswered");
    while ((await own.journal()).length < 2) await new Promise((resolve) => setImmediate(resolve));
    call.abort();
    expect(await unanswered).toBe("unanswered");
    const [, second] = await own.journal();
    const wire = scenario === "black-hole" ? scenario : "reset";
    expect(second?.response).toEqual({ headers: {}, body: "", wire });
    expect(second?.reason).toBe(
      `Poll 2 under pace polls: scenario ${scenario}, which the task is named after, sends no response (wire ${wire}).`,
    );
    expect(await own.journal({ status: 503 })).toEqual([]);
    await own.verify({ status: 503, exactly: 0 });
    await own.verify({ taskId: scenario, exactly: 2 });
    const har = (await own.har()) as { log: { entries: { response: { status: number } }[] } };
    expect(har.log.entries.map(({ response }) => response.status)).toEqual([200, 0]);
    expect(await (await file.control("/metrics")).text()).toContain(`status="none",scenario="${scenario}"} 1`);
  },
);

test("a response that was cut in its body has the status that its client got", async () => {
  const own = file.own();
  await own.look("connection-reset-mid-body");
  await expect((await own.poll("connection-reset-mid-body")).text()).rejects.toThrow();
  const [cut] = await own.journal({ status: 200, since: 1 });
  expect(cut?.response).toMatchObject({ status: 200, wire: "reset-mid-body" });
});

test("a verification without criteria speaks of any call", async () => {
  const own = file.own();
  await expect(own.verify({})).rejects.toThrow("expected at least 1 of any request, saw 0.");
});

test.each([
  ["#mok=canceled", "But mok=canceled in the url has no effect: write #mock=canceled."],
  ["#Mock=canceled", "But Mock=canceled in the url has no effect: write #mock=canceled."],
  ["?size=2&mock=canceled", "But mock=canceled in the url has no effect: write #mock=canceled."],
  ["#@anna", "But @anna in the url has no effect: write #mock=@anna."],
  [
    "#mock=rate-limited&burst=3",
    "But burst=3 in the url has no effect: write a parameter as #mock=rate-limited;burst=3.",
  ],
  ["#/files?tab=2", undefined],
  ["#mock=happy", undefined],
])("an import's url that ends with %s is explained in the journal", async (end, hint) => {
  const own = file.own();
  const headers = { Authorization: `Bearer ${own.token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ ...CAT, url: `https://example.com/cat.png${end}` });
  expect((await fetch(file.url + IMPORT, { method: "POST", headers, body })).status).toBe(202);
  const [entry] = await own.journal();
  if (hint === undefined) expect(entry?.reason).toMatch(/starts a task\.$/);
  else expect(entry?.reason.endsWith(hint), entry?.reason).toBe(true);
});

test("a filter that can find nothing is rejected with the nearest", async () => {
  const own = file.own();
  await own.start({ "X-Mock-Scenario": "canceled" });
  await expect(own.journal({ scenario: "canceld" })).rejects.toThrow("Did you mean canceled");
  await expect(own.journal({ taskId: "canceld" })).rejects.toThrow('there is no task "canceld"');
  await expect(own.journal({ state: "CANCELLED" })).rejects.toThrow('got "CANCELLED". Write CANCELED.');
  expect(await own.journal({ state: "COMPLETE", scenario: "canceled", taskId: "last" })).toEqual([]);
});
