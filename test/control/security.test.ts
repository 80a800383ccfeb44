import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { connectMock } from "../../mocks/client.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, type MockOptions, startMock } from "../../mocks/server.js";
import { rawRequest } from "../raw-request.js";

const open = async (options: Omit<MockOptions, "scenarios" | "port"> = {}) => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, ...options });
  onTestFinished(() => mock.close());
  return mock;
};

let local: Mock;
beforeAll(async () => {
  local = await startMock({
    scenarios: await readScenarios(),
    port: 0,
    control: { allowedHosts: ["Mock.example.com"] },
  });
});
afterAll(() => local.close());

/** A request with headers that no `fetch` would send. */
const ask = (headers: readonly string[], line = "GET /__mock/health HTTP/1.1", url = local.url) =>
  rawRequest(url, [line, ...headers]);

test.each([
  "127.0.0.1",
  "localhost",
  "LOCALHOST:80",
  "127.8.9.1:4010",
  "[::1]:4010",
  "mock.example.com",
  "MOCK.example.com:8080",
])("a call as %s is answered", async (host) => {
  expect((await ask([`Host: ${host}`])).status).toBe(200);
});

test.each([
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "evil.example:4010",
  "128.0.0.1",
  "0.0.0.0",
  "169.254.169.254",
  "[::2]",
  "127.evil.example",
  "1270.0.0.1",
  "other.example.com",
  "evil-mock.example.com",
  "evil.mock.example.com",
])("a request with the host %s is denied, because the name may be another's", async (host) => {
  const answer = await ask([`Host: ${host}`]);
  expect(answer.status).toBe(403);
  expect(JSON.parse(answer.text)).toMatchObject({ type: "urn:hubspot-import-kit:forbidden-host", status: 403 });
});

test.each(["user@127.0.0.1", "127.0.0.1, evil.example", "127.0.0.1/evil", "[127.0.0.1]", ""])(
  'a call as "%s", which is no name, is refused',
  async (host) => {
    expect((await ask([`Host: ${host}`])).status).toBeGreaterThanOrEqual(400);
  },
);

test("a page of the mock's own may steer it, and no other page may", async () => {
  const { host } = new URL(local.url);
  const from = async (origin: string) => (await ask([`Host: ${host}`, `Origin: ${origin}`])).status;
  expect(await from(`http://${host}`)).toBe(200);
  // Behind a proxy of the developer's that ends TLS.
  expect(await from(`https://${host}`)).toBe(200);
  for (const origin of [
    "https://evil.example",
    "http://localhost:3000",
    "null",
    "http://127.0.0.1",
    `http://${host}.evil.example`,
    `http://evil.example/${host}`,
    "file://",
  ]) {
    expect(await from(origin), origin).toBe(403);
  }
});

test("a page of another origin changes nothing, whatever it sends", async () => {
  const before = await (await fetch(`${local.url}/__mock/snapshot`)).text();
  for (const [method, path] of [
    ["POST", "/__mock/reset"],
    ["PUT", "/__mock/sessions/evil"],
    ["POST", "/__mock/sessions/default/clock/freeze"],
  ] as const) {
    const headers = { Origin: "https://evil.example", "Content-Type": "text/plain" };
    const answer = await fetch(local.url + path, { method, headers, body: "{}" });
    expect(answer.status).toBe(403);
  }
  const { clock: _, ...after } = JSON.parse(await (await fetch(`${local.url}/__mock/snapshot`)).text()).sessions
    .default;
  const { clock: __, ...kept } = JSON.parse(before).sessions.default;
  expect(after).toEqual(kept);
});

test.each(["cross-site", "same-site", "Same-Origin", "same-origin, cross-site", "anything"])(
  "a request that a page of another origin makes a browser send without an Origin is denied: Sec-Fetch-Site %s",
  async (site) => {
    const answer = await ask([`Sec-Fetch-Site: ${site}`]);
    expect([answer.status, JSON.parse(answer.text).detail]).toEqual([
      403,
      `A page of another origin (Sec-Fetch-Site: ${site}) must not send requests to the control API. ` +
        "Type the URL in the browser, or send the request from a page of the mock.",
    ]);
    // An image names no origin, a module does; neither makes a difference.
    const own = `Origin: ${local.url}`;
    expect((await ask([`Sec-Fetch-Site: ${site}`, own])).status).toBe(403);
  },
);

test("an address that a person typed is accepted, and so is a page behind a proxy that changes the Host", async () => {
  expect((await ask(["Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"])).status).toBe(200);
  expect((await ask(["Sec-Fetch-Site: same-origin", "Referer: http://localhost:5173/"])).status).toBe(200);
  // It says less than an Origin does, which goes with whatever may change something.
  expect((await ask(["Sec-Fetch-Site: same-origin", "Origin: http://localhost:5173"])).status).toBe(403);
});

test("where a browser says nothing of the site, the page that it names as Referer counts", async () => {
  const { host } = new URL(local.url);
  const from = async (referrer: string) => (await ask([`Host: ${host}`, `Referer: ${referrer}`])).status;
  expect(await from(`http://${host}/s/anna/files/v3`)).toBe(200);
  for (const other of ["https://evil.example/", "http://localhost:3000/app", `http://evil.example/${host}`, "evil"]) {
    expect(await from(other), other).toBe(403);
  }
});

test("the body of a denied request is not read: a page costs the mock no more than the headers that it sends", async () => {
  const head = ["POST /__mock/reset HTTP/1.1", "Sec-Fetch-Site: cross-site", "Content-Type: application/json"];
  // The answer comes although most of the body never does.
  const exchanges = async () => (await connectMock({ url: local.url }).journal()).length;
  const before = await exchanges();
  const { status } = await rawRequest(local.url, [...head, "Content-Length: 200000000"], "{");
  expect([status, await exchanges()]).toEqual([403, before]);
});

test("no response under /__mock can be framed, embedded or taken for another type, errors and events included", async () => {
  const { host } = new URL(local.url);
  const gone = new AbortController();
  const answers = [
    await fetch(`${local.url}/__mock`),
    await fetch(`${local.url}/__mock/health`, { method: "HEAD" }),
    await fetch(`${local.url}/__mock/openapi.yaml`),
    await fetch(`${local.url}/__mock/metrics`),
    await fetch(`${local.url}/__mock/events`, { signal: gone.signal }),
    await fetch(`${local.url}/__mock/sessions/nobody`),
    await fetch(`${local.url}/__mock/nothing`),
    await fetch(`${local.url}/__mock/reset`),
    await fetch(`${local.url}/__mock/reset`, { method: "OPTIONS" }),
    await fetch(`${local.url}/__mock/health`, { headers: { Origin: "https://evil.example" } }),
  ];
  gone.abort();
  const ofARaw = (await ask([`Host: ${host}`, "X-Forwarded-For: 192.0.2.1"])).headers;
  for (const headers of [...answers.map((answer) => Object.fromEntries(answer.headers)), ofARaw]) {
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "x-frame-options": "DENY",
      "content-security-policy": "frame-ancestors 'none'",
    });
    expect(headers).not.toHaveProperty("strict-transport-security");
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404, 404, 405, 405, 403]);
});

test("nothing under /__mock lets a page of another origin read it, the preflight included", async () => {
  const { host } = new URL(local.url);
  const preflight = ["Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type"];
  for (const origin of ["https://evil.example", `http://${host}`]) {
    for (const line of ["OPTIONS /__mock/reset", "OPTIONS /__mock/nothing", "GET /__mock/health", "GET /__mock"]) {
      const { headers } = await ask([`Host: ${host}`, `Origin: ${origin}`, ...preflight], `${line} HTTP/1.1`);
      expect(Object.keys(headers).join(" "), line).not.toContain("access-control");
    }
  }
  const ofTheApi = await fetch(`${local.url}/files/v3/files/1`, { headers: { Origin: "https://app.example" } });
  expect(ofTheApi.headers.get("access-control-allow-origin")).toBe("https://app.example");
});

test("a state is not changed by a GET, nor by what a form can send", async () => {
  for (const path of ["/reset", "/sessions/default/clock/freeze", "/sessions/default/next"]) {
    expect((await fetch(`${local.url}/__mock${path}`)).status, path).toBe(405);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const headers = { "Content-Type": type };
      const answer = await fetch(`${local.url}/__mock${path}`, { method: "POST", headers, body: "{}" });
      expect(answer.status, type).toBe(415);
    }
  }
});

test("if a token is set, every request without it is denied", async () => {
  const mock = await open({ control: { token: "a-long-secret" } });
  const call = (authorization?: string) =>
    fetch(`${mock.url}/__mock/health`, { headers: authorization ? { Authorization: authorization } : {} });
  const status = async (authorization?: string) => (await call(authorization)).status;
  expect(await status()).toBe(401);
  expect((await call()).headers.get("WWW-Authenticate")).toBe("Bearer");
  for (const wrong of [
    "Bearer a-long-secre",
    "Bearer a-long-secrets",
    "Bearer",
    "Basic a-long-secret",
    "a-long-secret",
  ]) {
    expect(await status(wrong), wrong).toBe(401);
  }
  expect(await status("Bearer a-long-secret")).toBe(200);
  await connectMock({ url: mock.url, token: "a-long-secret" }).tasks();
  await expect(connectMock({ url: mock.url }).tasks()).rejects.toMatchObject({ code: "wrong-token" });
});

test("a client's own calls need no control token", async () => {
  const mock = await open({ control: { token: "a-long-secret" } });
  const path = "/files/v3/files/import-from-url/async/tasks/happy/status";
  expect((await fetch(mock.url + path, { headers: { Authorization: "Bearer any" } })).status).toBe(200);
});

test("on every address a token is demanded that differs from start to start", async () => {
  const [one, other] = [await open({ host: "0.0.0.0" }), await open({ host: "0.0.0.0" })];
  expect(one.control?.token).toMatch(/^[\w-]{32}$/);
  expect(one.control?.token).not.toBe(other.control?.token);
  const url = `${one.control?.url}/health`;
  expect(new URL(url).hostname).toBe("127.0.0.1");
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { Authorization: `Bearer ${one.control?.token}` } })).status).toBe(200);
});

test.each(["localhost", "127.0.0.1", "127.0.0.2"])("on %s, which is this machine alone, none is", async (host) => {
  expect((await open({ host })).control?.token).toBeUndefined();
});

test("without the control API its routes are HubSpot's, which has none", async () => {
  const mock = await open({ control: false });
  expect(mock.control).toBeUndefined();
  for (const path of ["/__mock", "/__mock/health", "/__mock/openapi.yaml"]) {
    const answer = await fetch(mock.url + path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html;charset=utf-8"]);
  }
  await expect(connectMock({ url: mock.url }).tasks()).rejects.toThrow("--no-control");
});

test("a path that only looks like the control API's does not reach it", async () => {
  for (const path of ["//__mock/health", "/s/anna/__mock/health", "/__mocks/health", "/%5F_mock/health"]) {
    const { text } = await ask(["Host: evil.example"], `GET ${path} HTTP/1.1`);
    expect(text, path).not.toContain('"ok"');
  }
});
