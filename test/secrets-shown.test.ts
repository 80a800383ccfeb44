import { expect, onTestFinished, test } from "vitest";
import { requestLine } from "../bin/mock/request-line.js";
import { controlLine } from "../bin/mock/run.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import { run, runMock } from "./command.js";

const SECRET = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";
const JANE = "jane.doe@example.com";

/** A mock, and a client of it that says secrets wherever it can. */
async function opened(options: Omit<MockOptions, "scenarios" | "port"> = {}) {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, ...options });
  onTestFinished(() => mock.close());
  const headers = { Authorization: `Bearer ${SECRET}`, "User-Agent": `app/1 (${JANE})`, "X-Upstream": SECRET };
  const url = `https://files.example.com/cat.png?token=${SECRET}`;
  const body = JSON.stringify({ url, access: "PRIVATE", folderPath: "/x" });
  const json = { ...headers, "Content-Type": "application/json" };
  await fetch(`${mock.url}/files/v3/files/import-from-url/async`, { method: "POST", headers: json, body });
  await fetch(`${mock.url}/files/v3/files/${JANE}?hapikey=${SECRET}`, { headers });
  const shown = async (path: string) => (await fetch(`${mock.url}/__mock/${path}`)).text();
  return { mock, headers, shown };
}

test("what a client said in secret is shown by no part of the control API", async () => {
  const { shown } = await opened();
  for (const path of [
    "conduct",
    "sessions/default/conduct",
    "sessions/default/journal",
    "sessions/default/journal.har",
  ]) {
    const text = await shown(path);
    expect(text).toContain("someone-1@redacted.invalid");
    expect(text).not.toMatch(/0f3e2a1b|jane/);
  }
});

test("a snapshot has nothing of a token, a header or a URL in it", async () => {
  const { mock, headers, shown } = await opened({ scenario: "token-expires" });
  const task = mock.simulator.tasks()[0]?.id;
  const poll = () => fetch(`${mock.url}/files/v3/files/import-from-url/async/tasks/${task}/status`, { headers });
  for (let times = 0; times < 3; times += 1) await poll();
  const snapshot = await shown("snapshot");
  expect(JSON.parse(snapshot).sessions.default.metTokens).not.toEqual({});
  expect(snapshot).not.toMatch(/0f3e2a1b|jane|files\.example\.com/);
});

test("a HAR's text has no character in it that a terminal obeys", async () => {
  const { mock, shown } = await opened();
  const body = '{"url":"https://example.com/\u009b2J\u202e.png"}';
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  await fetch(`${mock.url}/files/v3/files/import-from-url/async`, { method: "POST", headers, body });
  const text = await shown("sessions/default/journal.har");
  expect(text).not.toMatch(/[\u0080-\u009f\u202e]/);
  expect(text).toContain("\\u009b2J\\u202e");
});

test("a line of the log has no secret in it, also where it is cut", () => {
  const body = { scenario: "x".repeat(950), token: "s3cr3t", note: `see ${SECRET}` };
  for (const line of [
    controlLine({ method: "PUT", path: `/__mock/sessions/${SECRET}`, body: { note: JANE, password: "s3cr3t" } }),
    controlLine({ method: "PUT", path: "/__mock/sessions/x", body }),
    ...[31, 32, 33].map((length) =>
      controlLine({ method: "PUT", path: "/", body: { a: "x".repeat(959 + length - 31), b: SECRET } }),
    ),
  ]) {
    expect(line).not.toMatch(/0f3e2a1b|jane|s3cr3t/);
  }
});

test("the line of a request has no secret in it, though it is shortened", async () => {
  const lines: string[] = [];
  const { mock, headers } = await opened({
    onExchange: (exchange, violations) => void lines.push(requestLine(exchange, violations)),
  });
  await fetch(`${mock.url}/files/v3/files/${SECRET}`, { headers });
  expect(lines.at(-1)).toMatch(/^GET \/files\/v3\/files\/REDACTED /);
  expect(lines.join("\n")).not.toMatch(/0f3e2a1b|c0d1e2f3a4b5|jane/);
});

test("an invalid control token is not shown, nor is the text after an unknown option", async () => {
  const token = "s3cr3t of mine";
  const wrong = {
    code: 2,
    stdout: "",
    stderr:
      "mock: the control token must be 8 or more letters, digits, or characters of -._~+/=; its value is not shown.\n",
  };
  const [byOption, unknown, misplaced] = await Promise.all([
    run("mock", "--control-token", token),
    run("mock", `--control-tokn=${token}`),
    run("mock", "--public-url", "https://jane:s3cr3t@mock.example.com:x"),
  ]);
  expect(byOption).toEqual(wrong);
  for (const { code, stderr } of [unknown, misplaced]) {
    expect(code).toBe(2);
    expect(stderr).not.toContain("s3cr3t");
  }
  const started = runMock([], { env: { IMPORT_KIT_CONTROL_TOKEN: token } });
  await expect(started).rejects.toThrow(/^ended with 2: mock: the control token must be [^3]*$/);
});
