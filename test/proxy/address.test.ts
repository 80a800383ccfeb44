import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, type MockOptions, startMock } from "../../mocks/server.js";
import { runMock } from "../command.js";
import { CAT, IMPORT } from "../doors.js";
import { rawRequest } from "../raw-request.js";

const open = async (options: Omit<MockOptions, "scenarios" | "port"> = {}) =>
  startMock({ scenarios: await readScenarios(), port: 0, pace: "polls", ...options });

let [direct, trusting, fixed]: readonly (Mock | undefined)[] = [];
beforeAll(async () => {
  [direct, trusting, fixed] = await Promise.all([
    open(),
    open({ trustProxy: true }),
    open({ publicUrl: "https://mock.test/hubspot/" }),
  ]);
});
afterAll(() => Promise.all([direct, trusting, fixed].map((mock) => mock?.close())));

const AUTH = "Authorization: Bearer any";

/** The link that a poll is given, cut before the path of the API. */
async function baseOfLink(
  mock: Mock | undefined,
  headers: readonly string[],
  target = `${IMPORT}/tasks/happy/status`,
  version = "1.1",
) {
  const url = mock?.url ?? "";
  const answer = await rawRequest(url, [`GET ${target} HTTP/${version}`, AUTH, ...headers]);
  expect(answer.status, answer.text).toBe(200);
  return linkIn(answer.text).replace(url, "MOCK");
}

function linkIn(text: string): string {
  const { links } = JSON.parse(text) as { links: { status: string } };
  expect(links.status).toMatch(new RegExp(`${IMPORT}/tasks/[^/]+/status$`));
  return links.status.slice(0, links.status.indexOf(IMPORT));
}

test.each([
  // Each field, alone and with others.
  [["X-Forwarded-Proto: https", "Host: mock.test"], "https://mock.test"],
  [["X-Forwarded-Proto: HTTPS", "Host: mock.test:8443"], "https://mock.test:8443"],
  [["X-Forwarded-Host: mock.test"], "http://mock.test"],
  [["X-Forwarded-Host: Mock.Test:8080"], "http://mock.test:8080"],
  [["X-Forwarded-Host: mock.test", "X-Forwarded-Proto: https"], "https://mock.test"],
  [["X-Forwarded-Host: mock.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 8443"], "https://mock.test:8443"],
  [["X-Forwarded-Host: mock.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443"], "https://mock.test"],
  [["X-Forwarded-Host: [2001:db8::1]:8443", "X-Forwarded-Proto: https"], "https://[2001:db8::1]:8443"],
  [["X-Forwarded-Host: m%6Fck.test"], "http://mock.test"],
  // Debian's proxy_params pass a Host without the port; X-Forwarded-Port says it.
  [["Host: mock.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 8443"], "https://mock.test:8443"],
  // The port that the client wrote counts, and not that of a container.
  [["X-Forwarded-Host: mock.test:8443", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443"], "https://mock.test:8443"],
  // A balancer ends TLS, and the proxy behind it tells its own port.
  [["Host: mock.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 80"], "https://mock.test"],
  [["Host: mock.test:80", "X-Forwarded-Proto: https"], "https://mock.test"],
  [["Host: mock.test:443", "X-Forwarded-Proto: https"], "https://mock.test"],
  // Of several proxies the first stands next to the client.
  [
    ["X-Forwarded-Host: mock.test, inner.test", "X-Forwarded-Proto: https, http", "X-Forwarded-Port: 8443, 80"],
    "https://mock.test:8443",
  ],
  [
    ["X-Forwarded-Host: mock.test", "X-Forwarded-Host: inner.test", "X-Forwarded-Proto: https,http"],
    "https://mock.test",
  ],
  [["X-Forwarded-Host: , mock.test"], "http://mock.test"],
  // RFC 7239.
  [['Forwarded: for="[::1]:4711";host="mock.test:8443";proto=https'], "https://mock.test:8443"],
  [["Forwarded: FOR=unknown;Proto=https;HOST=mock.test"], "https://mock.test"],
  [
    ['Forwarded: for=_hidden;host="[2001:db8::1]";proto=https, for=10.0.0.1;host=inner.test;proto=http'],
    "https://[2001:db8::1]",
  ],
  [["Forwarded: for=192.0.2.1", "Forwarded: host=mock.test;proto=https"], "https://mock.test"],
  [["Forwarded: for=192.0.2.1", "X-Forwarded-Host: mock.test", "X-Forwarded-Proto: https"], "https://mock.test"],
  [
    ["Forwarded: host=mock.test;proto=https", "X-Forwarded-Host: other.test", "X-Forwarded-Proto: http"],
    "https://mock.test",
  ],
  // What is malformed says nothing.
  [["X-Forwarded-Host: mock.test/path"], "MOCK"],
  [["X-Forwarded-Host: user@mock.test"], "MOCK"],
  [["X-Forwarded-Host: mock.test:99999"], "MOCK"],
  [["X-Forwarded-Host: mock.test:0"], "MOCK"],
  [["X-Forwarded-Host: [::1"], "MOCK"],
  [["X-Forwarded-Host: 1.2.3.4.5"], "MOCK"],
  [["X-Forwarded-Host: mock test"], "MOCK"],
  [["X-Forwarded-Host: "], "MOCK"],
  [["X-Forwarded-Host: m\u00fcck.test"], "MOCK"],
  [["Forwarded: host=unknown;proto=https"], "MOCK"],
  [["Forwarded: host=_hidden"], "MOCK"],
  [['Forwarded: host="mock.test'], "MOCK"],
  [["Host: mock.test", "X-Forwarded-Proto: gopher"], "http://mock.test"],
  [["Host: mock.test", "X-Forwarded-Port: http"], "http://mock.test"],
  [["Host: mock.test", "X-Forwarded-Port: 0"], "http://mock.test"],
  [["Host: mock.test", "X-Forwarded-Prefix: hubspot"], "http://mock.test"],
  [["Host: mock.test", "X-Forwarded-Prefix: /a/../b"], "http://mock.test"],
  [["Host: mock.test", "X-Forwarded-Prefix: //evil.test"], "http://mock.test"],
  // A proxy that calls the mock by its own address, and does not say how it was called, leads nobody to TLS here.
  [["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1"], "MOCK"],
] as const)("behind a trusted proxy, %j lead back to %s", async (headers, expected) => {
  expect(await baseOfLink(trusting, headers)).toBe(expected);
});

test("no header determines the address unless proxies are trusted", async () => {
  const told = [
    "X-Forwarded-Host: evil.test",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Prefix: /a",
    "Forwarded: host=evil.test",
  ];
  expect(await baseOfLink(direct, told)).toBe("MOCK");
  expect(await baseOfLink(direct, ["Host: mock.test:8080", ...told])).toBe("http://mock.test:8080");
});

test.each([
  ["taken off", ""],
  ["passed on", "/hubspot"],
])("a prefix that a proxy has %s is in every link, of a session's, too", async (_, sent) => {
  const status = `${IMPORT}/tasks/happy/status`;
  const headers = ["Host: mock.test", "X-Forwarded-Prefix: /hubspot/"];
  for (const mock of [trusting, fixed]) {
    const scheme = mock === fixed ? "https" : "http";
    expect(await baseOfLink(mock, headers, `${sent}${status}`)).toBe(`${scheme}://mock.test/hubspot`);
    expect(await baseOfLink(mock, headers, `${sent}//files${status.slice("/files".length)}`)).toBe(
      `${scheme}://mock.test/hubspot`,
    );
    expect(await baseOfLink(mock, headers, `${sent}/s/anna${status}`)).toBe(`${scheme}://mock.test/hubspot/s/anna`);
  }
});

test.each([
  ["/outer/inner", "no proxy took its own off"],
  ["/inner", "the first took its own off"],
  ["", "both took theirs off"],
])("the prefixes of two proxies add up where %s arrives, since %s", async (sent) => {
  const headers = ["Host: mock.test", "X-Forwarded-Prefix: /outer, /inner"];
  expect(await baseOfLink(trusting, headers, `${sent}${IMPORT}/tasks/happy/status`)).toBe(
    "http://mock.test/outer/inner",
  );
});

test("a link that was given leads back to its task, through the prefix", async () => {
  const url = fixed?.url ?? "";
  const init = {
    method: "POST",
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    body: JSON.stringify(CAT),
  };
  const { id, links } = (await (await fetch(`${url}/hubspot${IMPORT}`, init)).json()) as {
    id: string;
    links: { status: string };
  };
  expect(links.status).toBe(`https://mock.test/hubspot${IMPORT}/tasks/${id}/status`);
  const polled = await fetch(url + new URL(links.status).pathname, { headers: init.headers });
  expect(await polled.json()).toMatchObject({ taskId: id, status: "PENDING", links: { status: links.status } });
});

test("a request that names no host is led back to where it arrived", async () => {
  expect(await baseOfLink(direct, [], undefined, "1.0")).toBe("MOCK");
  expect(await baseOfLink(direct, ["Host: "])).toBe("MOCK");
});

test("a request that names its host in the target, as to a proxy, is led back there", async () => {
  for (const host of ["http://api.hubapi.com", "HTTP://API.HubAPI.com:80"]) {
    const target = `${host}${IMPORT}/tasks/happy/status`;
    expect(await baseOfLink(direct, ["Host: 127.0.0.1"], target)).toBe("http://api.hubapi.com");
  }
});

test.each([
  ["MOCK.TEST:8080", "http://mock.test:8080"],
  ["[::1]:4010", "http://[::1]:4010"],
  ["mock.test:80", "http://mock.test"],
  ["M%6fck.test:", "http://mock.test"],
  ["[0:0::1]", "http://[::1]"],
])("called as %s, links begin with %s", async (host, expected) => {
  expect(await baseOfLink(direct, [`Host: ${host}`])).toBe(expected);
});

test.each(["mock.test:x", "1270.0.0.1", "a b", "mock.test/x", "user@mock.test", "[::1"])(
  "a Host of %s is a bad request, and no bug",
  async (host) => {
    const lines = [`GET ${IMPORT}/tasks/happy/status HTTP/1.1`, AUTH, `Host: ${host}`];
    for (const mock of [direct, trusting, fixed]) expect((await rawRequest(mock?.url ?? "", lines)).status).toBe(400);
  },
);

test("the control API and the journal name the public address", async () => {
  expect(fixed?.control?.url).toBe("https://mock.test/hubspot/__mock");
  const control = async (path: string) => (await fetch(`${fixed?.url}${path}`)).text();
  await fetch(`${fixed?.url}/s/berta${IMPORT}/tasks/happy/status`, { headers: { Authorization: "Bearer any" } });
  for (const prefix of ["", "/hubspot"]) {
    const { links } = JSON.parse(await control(`${prefix}/__mock`)) as { links: Record<string, string> };
    expect(links["sessions"]).toBe("https://mock.test/hubspot/__mock/sessions");
    expect(JSON.parse(await control(`${prefix}/__mock/sessions/berta`))).toMatchObject({
      baseUrl: "https://mock.test/hubspot/s/berta",
    });
  }
  const journal = "/__mock/sessions/berta/journal";
  expect(await control(`${journal}/1/curl`)).toContain(
    `'https://mock.test/hubspot/s/berta${IMPORT}/tasks/happy/status'`,
  );
  expect(await control(`${journal}.har`)).toContain(`"url": "https://mock.test/hubspot/s/berta${IMPORT}/`);
});

test("a request copied as curl has nothing of what a proxy added", async () => {
  const path = `/s/clara${IMPORT}/tasks/happy/status`;
  const added = ["X-Forwarded-For: 192.0.2.1", "Via: 1.1 squid", "X-Real-IP: 192.0.2.1", "CF-Ray: 1", "X-Own: kept"];
  await rawRequest(trusting?.url ?? "", [`GET ${path} HTTP/1.1`, AUTH, "X-Forwarded-Host: mock.test", ...added]);
  const curl = await (await fetch(`${trusting?.url}/__mock/sessions/clara/journal/1/curl`)).text();
  expect(curl).toBe(
    `curl -sS -w '\\n' 'http://mock.test${path}' -H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN" -H 'x-own: kept'\n`,
  );
});

test("the command prints the public address where it says what to call", async () => {
  const { printed, url } = await runMock(["--public-url", "HTTPS://Mock.test:443/hubspot/"]);
  const text = await printed("sessions/default/tasks");
  expect(text).toContain("public URL https://mock.test/hubspot\ncontrol on https://mock.test/hubspot/__mock\n");
  expect(text).toContain(`curl -sS -w '\\n' https://mock.test/hubspot${IMPORT} `);
  expect(text.replace(`listening on ${url}`, "")).not.toContain(new URL(url).host);
});

test("Prism judges the calls behind a prefix as any other", async () => {
  const mock = await open({ basePath: "/hubspot/", onDefect: (defect) => expect.unreachable(defect) });
  onTestFinished(() => mock.close());
  expect(await baseOfLink(mock, [], `/hubspot${IMPORT}/tasks/happy/status`)).toBe("MOCK/hubspot");
  const answer = await fetch(`${mock.url}/hubspot${IMPORT}`, { method: "POST" });
  expect([answer.status, answer.headers.get("sl-violations")]).toEqual([401, expect.stringContaining("request")]);
});

test("a method that fetch lacks gets a response behind a prefix, too", async () => {
  const { status } = await rawRequest(fixed?.url ?? "", [`TRACE ${IMPORT} HTTP/1.1`, AUTH]);
  expect(status).toBe(405);
});

test.each([
  "mock.test",
  "ftp://mock.test",
  "https://mock.test?x=1",
  "https://user@mock.test",
  "https://mock.test/#a",
  "https://",
])("%s is no public address", async (publicUrl) => {
  await expect(open({ publicUrl })).rejects.toMatchObject({
    code: "invalid-option",
    message: expect.stringContaining("publicUrl"),
  });
});
