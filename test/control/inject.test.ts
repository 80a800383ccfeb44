import { expect, test } from "vitest";
import { fileMock } from "./mock.js";

const defects: string[] = [];
const file = fileMock({ pace: "polls", onDefect: (defect) => defects.push(defect) });

test("an injected response goes to the next polls, as often as requested, and never moves the task", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { error: "rate-limited", retryAfter: "5s", times: 2 });
  await own.inject(id, { page: 502 });
  const answers = [await own.poll(id), await own.poll(id), await own.poll(id), await own.poll(id)];
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 502, 200]);
  expect(answers[0]?.headers.get("retry-after")).toBe("5");
  expect(await answers[2]?.text()).toContain("Bad Gateway");
  expect(await answers[3]?.json()).toMatchObject({ status: "PENDING" });
});

test("an injected response lets the given number of polls pass, after those that wait before it, also in a snapshot", async () => {
  const own = file.own();
  const id = await own.start({ "X-Mock-Scenario": "stuck-pending" });
  await own.inject(id, { error: "locked" });
  await own.inject(id, { error: "rate-limited", after: 2, times: 2 });
  const statuses = [(await own.poll(id)).status, (await own.poll(id)).status];
  await own.restore(await own.snapshot());
  for (let poll = 0; poll < 4; poll += 1) statuses.push((await own.poll(id)).status);
  expect(statuses).toEqual([423, 200, 200, 429, 429, 200]);
});

test("a bare number for a duration means seconds, as a number and as a text", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { error: "rate-limited", retryAfter: 7 });
  await own.inject(id, { error: "rate-limited", retryAfter: "8" });
  const answers = [await own.poll(id), await own.poll(id)];
  expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(["7", "8"]);
  const shown = async () => Date.parse((await own.clock.read()).now);
  const before = await shown();
  for (const by of [5, "5", -2.5, "+1s"]) {
    await file.control(`/sessions/${own.name}/clock/advance`, { method: "POST", body: JSON.stringify({ by }) });
  }
  expect((await shown()) - before).toBe(8500);
  const refused = await file.control(`/sessions/${own.name}/tasks/${id}/answers`, {
    method: "POST",
    body: JSON.stringify({ error: "locked", retryAfter: true, times: 0 }),
  });
  expect(await refused.json()).toMatchObject({
    detail:
      "/body/retryAfter must be a string or a number; got true. /body/times must be a whole number of at least 1; got 0. See /__mock/openapi.yaml.",
  });
});

test("what is injected comes before what the scenario has in store", async () => {
  const own = file.own();
  const id = await own.start({ "X-Mock-Scenario": "server-error" });
  await own.inject(id, { error: "locked" });
  expect([(await own.poll(id)).status, (await own.poll(id)).status]).toEqual([423, 503]);
});

test("a response of one's own is sent unchanged, JSON or text", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { answer: { status: 418, headers: { "X-Tea": "pot" }, body: { short: true } } });
  await own.inject(id, { answer: { status: 200, headers: { "Content-Type": "text/plain" }, body: "{" } });
  await own.inject(id, { answer: { status: 204 } });
  const [json, text, empty] = [await own.poll(id), await own.poll(id), await own.poll(id)];
  expect([json.status, json.headers.get("x-tea"), await json.json()]).toEqual([418, "pot", { short: true }]);
  expect([text.status, await text.text()]).toEqual([200, "{"]);
  expect([empty.status, await empty.text()]).toEqual([204, ""]);
  expect(await own.look(id)).toBe("PENDING");
});

test("a body can be altered for one poll, and the poll counts", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { alter: [{ set: "/status", to: "QUEUED" }, { remove: "/taskId" }] });
  const body = (await (await own.poll(id)).json()) as object;
  expect(body).toMatchObject({ status: "QUEUED" });
  expect(body).not.toHaveProperty("taskId");
  expect(await own.look(id)).toBe("PROCESSING");
});

test("a waiting response is not used up by a HEAD", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { error: "locked" });
  const url = `${own.baseUrl}/files/v3/files/import-from-url/async/tasks/${id}/status`;
  await fetch(url, { method: "HEAD", headers: { Authorization: `Bearer ${own.token}` } });
  expect((await own.poll(id)).status).toBe(423);
});

test("the journal marks injected responses, and the mock does not report them as its own defects", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { answer: { status: 200, body: { status: "LATER" } } });
  await own.poll(id);
  const [exchange] = await own.journal({ operation: "checkImportStatus" });
  expect(exchange).toMatchObject({ effect: "answer 200", isInjected: true });
  expect(exchange?.reason).toContain("(answer 200, injected)");
  expect(defects).toEqual([]);
});

test.each([
  [{}, "/body", "needs exactly one of"],
  [{ error: "locked", page: 502 }, "/body", "needs exactly one of"],
  [{ error: "lokced" }, "/body/error", "must be one of"],
  [{ wire: "reset", retryAfter: "1s" }, "/body/retryAfter", "can be used only with error or page"],
  [{ body: "$flaw" }, "/body", "refers to a parameter"],
  [{ alter: [{ sett: "/status" }] }, "/body/alter/0", ""],
  [{ answer: { status: 204, body: "x" } }, "/body/answer/body", "cannot be sent with 204"],
  [{ answer: { status: 200, headers: { "X Y": "z" } } }, "/body/answer/headers", "must be a header's name"],
])("%j is refused with its place, and leaves nothing behind", async (answer, pointer, message) => {
  const own = file.own();
  const id = await own.start();
  const refusal: unknown = await own.inject(id, answer).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "invalid-request", problem: { status: 400 } });
  const { errors } = (refusal as { problem: { errors: { pointer: string; message: string }[] } }).problem;
  expect(errors[0]?.pointer.startsWith(pointer)).toBe(true);
  expect(errors[0]?.message).toContain(message);
  expect(await own.look(id)).toBe("PENDING");
});

test("a session's limits reject requests over them with HubSpot's policy and headers, until the window has passed", async () => {
  const own = file.own();
  await own.clock.freeze();
  await own.configure({ limits: { tenSecondly: 3 } });
  const id = await own.start();
  await own.poll(id);
  const last = await own.poll(id);
  const over = await own.poll(id);
  expect([last.status, last.headers.get("x-hubspot-ratelimit-max")]).toEqual([200, "3"]);
  expect(last.headers.get("x-hubspot-ratelimit-remaining")).toBe("0");
  expect([over.status, (await over.json()) as object]).toEqual([
    429,
    expect.objectContaining({ errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" }),
  ]);
  await own.clock.advance("10s");
  expect((await own.poll(id)).status).toBe(200);
  expect((await file.own().poll("happy")).status).toBe(200);
});

test("coverage also lists faults by name, and parameters do not make another scenario", async () => {
  const own = file.own();
  await own.poll("rate-limited;burst=2");
  await own.poll("rate-limited;burst=2");
  const { scenarios, faults } = await own.coverage();
  expect(scenarios.met).toEqual(["rate-limited"]);
  expect(faults.met).toEqual(["error rate-limited"]);
  expect(faults.missed).toEqual(
    expect.arrayContaining(["wire reset", "page 502", "body truncated", "limit tenSecondly"]),
  );
});

test.each([
  ["an object's prototype", { set: "/__proto__", to: { polluted: "yes" } }],
  ["what every object inherits", { set: "/__proto__/polluted", to: "yes" }],
  ["a property of every object", { set: "/constructor/polluted", to: "yes" }],
  ["a date that is none", { shift: "/status", by: "1h" }],
  ["a date beyond all dates", { shift: "/requestedAt", by: "999999999d" }],
  ["an address that is none", { rehost: "/status", to: "example.com" }],
])("an alteration of %s changes nothing", async (_, alteration) => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { alter: [alteration] });
  expect(await (await own.poll(id)).json()).toMatchObject({ status: "PENDING", taskId: id });
  expect(({} as { polluted?: string }).polluted ?? Object.prototype).toBe(Object.prototype);
  expect(defects).toEqual([]);
});

test("a dollar sign in a response of one's own is not a parameter", async () => {
  const own = file.own();
  const id = await own.start();
  await own.inject(id, { answer: { status: 200, body: { price: "$price" } } });
  expect(await (await own.poll(id)).json()).toEqual({ price: "$price" });
});
