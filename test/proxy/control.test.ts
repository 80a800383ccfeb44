import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, type MockOptions, startMock } from "../../mocks/server.js";
import { IMPORT } from "../doors.js";
import { rawRequest } from "../raw-request.js";

const TOKEN = "a-long-secret";
const OPTIONS = {
  plain: {},
  named: { control: { allowedHosts: ["Mock.test"] } },
  trusting: { control: { allowedHosts: ["mock.test"] }, trustProxy: true },
  secret: { control: { token: TOKEN } },
  both: { control: { token: TOKEN, allowedHosts: ["mock.test"] } },
  public: { control: { allowedHosts: ["mock.test"] }, publicUrl: "https://mock.test/hubspot" },
} satisfies Record<string, Omit<MockOptions, "scenarios" | "port">>;
type Name = keyof typeof OPTIONS;

const mocks = new Map<string, Mock>();
beforeAll(async () => {
  const scenarios = await readScenarios();
  await Promise.all(
    Object.entries(OPTIONS).map(async ([name, options]) => {
      mocks.set(name, await startMock({ scenarios, port: 0, ...options }));
    }),
  );
});
afterAll(() => Promise.all([...mocks.values()].map((mock) => mock.close())));

const ask = (name: Name, headers: readonly string[], line = "GET /__mock/health HTTP/1.1") =>
  rawRequest(mocks.get(name)?.url ?? "", [line, ...headers]);

/** 200, or the end of the problem's type. */
async function outcome(...call: Parameters<typeof ask>): Promise<string> {
  const { status, text } = await ask(...call);
  return status === 200 ? "200" : ((JSON.parse(text) as { type: string }).type.split(":").at(-1) ?? "");
}

test.each([
  "Via: 1.1 squid",
  "Forwarded: for=192.0.2.1",
  "X-Forwarded-For: 192.0.2.1",
  "X-Forwarded-Host: localhost",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Server: proxy",
  "x-forwarded-anything: 1",
  "X-Forwarded: for=192.0.2.1",
  "X-Real-IP: 192.0.2.1",
  "X-Client-IP: 192.0.2.1",
  "X-Cluster-Client-Ip: 192.0.2.1",
  "X-Original-To: 192.0.2.1",
  "X-Original-Forwarded-For: 192.0.2.1",
  "X-Original-Host: mock.test",
  "X-Host: mock.test",
  "True-Client-IP: 192.0.2.1",
  "Client-IP: 192.0.2.1",
  "Fastly-Client-IP: 192.0.2.1",
  "CF-Connecting-IP: 192.0.2.1",
  "CF-Ray: 1",
  "CDN-Loop: cloudflare",
  "X-Envoy-External-Address: 192.0.2.1",
  "X-Envoy-Expected-Rq-Timeout-Ms: 15000",
  "X-Varnish: 1",
  "Surrogate-Capability: proxy=Surrogate/1.0",
  "X-Amzn-Trace-Id: Root=1",
  "X-Amz-Cf-Id: 1",
  "X-Azure-FDID: 1",
  "X-ARR-LOG-ID: 1",
  "X-Cloud-Trace-Context: 1",
  "Fly-Client-IP: 192.0.2.1",
  "X-Vercel-Id: 1",
  "Tailscale-User-Login: anna",
  "X-NginX-Proxy: true",
  "Front-End-Https: on",
  "X-Scheme: https",
  "X-Script-Name: /hubspot",
  "X-Request-Start: t=1",
  "Proxy-Connection: keep-alive",
  "Proxy-Authorization: Basic any",
])("a request with %s may be anyone's, whatever its Host says", async (header) => {
  expect(await outcome("plain", [header])).toBe("forbidden-proxy");
  expect(await outcome("named", ["Host: localhost", header])).toBe("forbidden-proxy");
  expect(await outcome("named", ["Host: mock.test", header])).toBe("200");
  expect(await outcome("secret", ["Host: localhost", header])).toBe("wrong-token");
});

test("a call in HTTP/1.0, as nginx sends it without a word of itself, may be anybody's", async () => {
  const line = "GET /__mock/health HTTP/1.0";
  expect(await outcome("plain", ["Host: 127.0.0.1:4010"], line)).toBe("forbidden-proxy");
  expect(await outcome("named", ["Host: mock.test"], line)).toBe("200");
  expect(await outcome("plain", ["Host: 127.0.0.1:4010"])).toBe("200");
});

test.each([
  "Accept: */*",
  "User-Agent: curl/8.5",
  "Connection: close",
  "X-Request-Id: 1",
  "X-Mock-Session: anna",
  "Sec-Fetch-Site: same-origin",
  "traceparent: 00-1-1-00",
  "X-B3-TraceId: 1",
  "Upgrade-Insecure-Requests: 1",
  "DNT: 1",
])("a call with %s, which clients send, is none of a proxy's", async (header) => {
  expect(await outcome("plain", [header])).toBe("200");
});

test("the response says what shows the proxy, and both ways to be accepted", async () => {
  const { status, text } = await ask("plain", ["X-Forwarded-For: 192.0.2.1"]);
  expect([status, JSON.parse(text).detail]).toEqual([
    403,
    "The request came through a proxy (x-forwarded-for), so anyone may have sent it. Start the mock with --control-token, and send " +
      "Authorization: Bearer TOKEN. Or let the proxy forward the Host header unchanged, and start the mock with " +
      "--allow-host and that host.",
  ]);
});

const VIA = "Via: 1.1 proxy";

test("through a proxy the token lets in by any name, and no name without it", async () => {
  for (const host of ["localhost", "mock.test", "anything.example"]) {
    const named = [`Host: ${host}`, VIA];
    expect(await outcome("secret", [...named, `Authorization: Bearer ${TOKEN}`]), host).toBe("200");
    expect(await outcome("both", named), host).toBe("wrong-token");
    expect(await outcome("secret", [...named, "Authorization: Bearer other-secret"]), host).toBe("wrong-token");
  }
});

test("without a proxy a name that is not allowed is denied, even with the token", async () => {
  expect(await outcome("secret", ["Host: evil.example", `Authorization: Bearer ${TOKEN}`])).toBe("forbidden-host");
});

test.each([
  ["trusting", ["X-Forwarded-Host: mock.test"], "200"],
  ["trusting", ["X-Forwarded-Host: MOCK.test:8443"], "200"],
  ["trusting", ["Forwarded: host=mock.test"], "200"],
  ["trusting", ["X-Forwarded-Host: mock.test", "Forwarded: host=evil.test"], "forbidden-proxy"],
  // A client made the first one up, and its proxy added the true one.
  ["trusting", ["X-Forwarded-Host: mock.test, evil.test"], "forbidden-proxy"],
  ["trusting", ["X-Forwarded-Host: evil.test"], "forbidden-proxy"],
  ["trusting", ["X-Forwarded-Host: localhost"], "forbidden-proxy"],
  ["trusting", ["X-Forwarded-Host: mock.test", "Host: evil.test"], "forbidden-host"],
  ["named", ["X-Forwarded-Host: mock.test"], "forbidden-proxy"],
] as const)("on the mock %s a name that is passed on in %j is answered %s", async (name, headers, expected) => {
  expect(await outcome(name, headers)).toBe(expected);
});

test("a page may steer the mock from the address by which clients call it, and from no other", async () => {
  const from = (name: Name, origin: string, ...more: string[]) =>
    outcome(name, ["Host: mock.test", `Origin: ${origin}`, VIA, ...more]);
  expect(await from("public", "https://mock.test")).toBe("200");
  expect(await from("public", "https://evil.test")).toBe("forbidden-origin");
  expect(
    await from("trusting", "https://mock.test:8443", "X-Forwarded-Host: mock.test:8443", "X-Forwarded-Proto: https"),
  ).toBe("200");
  expect(await from("named", "https://mock.test:8443", "X-Forwarded-Host: mock.test:8443")).toBe("forbidden-origin");
});

test("a host in the request's target counts, and not that of the header", async () => {
  const line = (host: string) => `GET http://${host}/__mock/health HTTP/1.1`;
  expect(await outcome("plain", ["Host: localhost"], line("evil.example"))).toBe("forbidden-host");
  expect(await outcome("plain", ["Host: evil.example"], line("localhost:4010"))).toBe("200");
  expect(await outcome("plain", ["Host: localhost"], line("localhost@evil.example"))).toBe("forbidden-host");
  expect(await outcome("plain", ["Host: localhost"], "GET HTTP://evil.example/__mock/health HTTP/1.1")).toBe(
    "forbidden-host",
  );
});

test("a prefix does not lead past the rules", async () => {
  for (const path of ["/hubspot/__mock/health", "/hubspot/__mock"]) {
    expect(await outcome("public", [VIA], `GET ${path} HTTP/1.1`)).toBe("forbidden-proxy");
  }
  const { status } = await ask("public", ["Host: mock.test"], "GET /hubspot/__mock/sessions/../reset HTTP/1.1");
  expect(status).toBe(400);
});

test("HubSpot's API stays open to whoever reaches a proxy", async () => {
  const line = `GET ${IMPORT}/tasks/happy/status HTTP/1.1`;
  expect((await ask("plain", [VIA, "Host: anything.example", "Authorization: Bearer any"], line)).status).toBe(200);
});
