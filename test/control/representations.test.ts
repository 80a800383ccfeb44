import { expect, test } from "vitest";
import { fileMock } from "./mock.js";

const file = fileMock();

/** What a browser's address bar asks for. */
const BROWSER = {
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "User-Agent": "Mozilla/5.0",
};
const CURL = { Accept: "*/*", "User-Agent": "curl/8.5.0" };

const read = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await file.control(path, { headers });
  return { type: answer.headers.get("content-type"), vary: answer.headers.get("vary"), text: await answer.text() };
};

/** A session with a task that met a 429 and was polled after its end. */
async function lived() {
  const own = file.own();
  const id = await own.start({ "X-Mock-Scenario": "rate-limited" });
  await own.poll(id);
  await own.poll(id, { "X-Mock-Client": "evil \u009b2J<script>|" });
  file.clock.advance(90_000);
  for (let poll = 0; poll < 5; poll += 1) await own.poll("last");
  return { own, at: `/sessions/${own.name}` };
}

test("JSON is indented for a person and compact for a program, and ends its line for both", async () => {
  const { at } = await lived();
  for (const path of [`${at}/tasks`, "/sessions/nobody", "/nowhere", "/health"]) {
    const [compact, ...others] = await Promise.all(
      [{}, { ...CURL, Accept: "application/json" }, CURL, BROWSER].map((headers) => read(path, headers)),
    );
    const [program, curl, browser] = others.map(({ text }) => text);
    const value: unknown = JSON.parse(compact?.text ?? "");
    expect([compact?.text, program]).toEqual(Array(2).fill(`${JSON.stringify(value)}\n`));
    expect([curl, browser]).toEqual(Array(2).fill(`${JSON.stringify(value, null, 2)}\n`));
    expect(compact?.vary).toBe("Accept, User-Agent");
  }
  // What is imported again is not made larger.
  expect((await read(`${at}/snapshot`, CURL)).text.trim()).not.toContain("\n");
});

test("tasks are a table for people, by Accept or by format", async () => {
  const { own, at } = await lived();
  await own.look("slow~a");
  const { type, text } = await read(`${at}/tasks`, { Accept: "text/plain" });
  expect(type).toBe("text/plain;charset=utf-8");
  expect(text.replace(/\d\d:\d\d:\d\d/g, "hh:mm:ss")).toBe(
    `task            state     scenario      age  polls  began     file
rate-limited#1  COMPLETE  rate-limited  2m   7      hh:mm:ss  cat.png
${text.split("\n")[2]?.replace(/\d\d:\d\d:\d\d/, "hh:mm:ss")}

In a URL, write only the number: …/tasks/2. In HubSpot's own path: …/tasks/slow%232/status.
`,
  );
  expect(text).toMatch(/^slow#2 {10}PENDING {3}slow {10}0s {3}1 {6}\d\d:\d\d:\d\d {2}\S+$/m);
  expect((await read(`${at}/tasks?format=text`, { Accept: "application/json" })).text).toBe(text);
  expect(JSON.parse((await read(`${at}/tasks?format=json`, { Accept: "text/plain" })).text)).toHaveProperty("tasks");
  const empty = file.own();
  await empty.configure({});
  expect((await read(`/sessions/${empty.name}/tasks?format=text`)).text).toContain("No task yet.");
});

test("the journal is a table with a request a line, which no client can break", async () => {
  const { own, at } = await lived();
  await fetch(`${own.baseUrl}/no%1b%5b2J%0aline`);
  const { text } = await read(`${at}/journal?format=text`);
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(10);
  expect(lines[0]).toMatch(/^# {2}time {6}request +task {12}status {2}state {5}why$/);
  expect(lines[3]).toMatch(
    /^3 {2}\d\d:\d\d:\d\d {2}poll +rate-limited#1 {2}429 {5}- {9}Poll 2 under pace time: .*\. Retry-After: 2\.$/,
  );
  expect((await read(`${at}/journal?format=text&task=last&status=429`)).text.trimEnd().split("\n")).toHaveLength(2);
  expect((await read(`${at}/journal?format=text&status=503`)).text).toBe("No exchange.\n");
});

test("conduct is rendered as text, Markdown and a page without scripts, of a session and of all", async () => {
  const { at } = await lived();
  const text = (await read(`${at}/conduct?format=text`)).text;
  expect(text).toMatch(/^✗ stops-at-end .*\(session own-\d+\)$/m);
  expect(text).toContain("task rate-limited#1, exchange");
  expect(text).toContain("\\u009b2J");
  expect((await read(`${at}/conduct`, { Accept: "text/markdown" })).text).toMatch(/^## ❌ Conduct: /);
  for (const path of [`${at}/conduct`, "/conduct"]) {
    const page = await file.control(path, { headers: BROWSER });
    const html = await page.text();
    expect(page.headers.get("content-type")).toBe("text/html;charset=utf-8");
    expect(page.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(html).toContain("<code>stops-at-end</code>");
    expect(html).not.toContain("<script");
  }
  expect(JSON.parse((await read("/conduct", CURL)).text)).toHaveProperty("clients");
  expect((await read("/conduct?format=text")).text).toMatch(/by \d+ of \d+ clients\.\n$/);
});

test("a table whose session's clock was moved says by how much", async () => {
  const own = file.own();
  await own.start();
  await own.clock.advance("1h");
  for (const table of ["tasks", "journal", "tasks/last"]) {
    const { text } = await read(`/sessions/${own.name}/${table}?format=text`);
    expect(text).toMatch(/^clock: 1h ahead of the mock's log\n\n/);
  }
  await own.clock.advance("-1h");
  expect((await read(`/sessions/${own.name}/tasks?format=text`)).text).toMatch(/^task /);
});
