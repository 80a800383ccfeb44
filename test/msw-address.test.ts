import fc from "fast-check";
import { getResponse, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { createImportMock, type ImportMockOptions } from "../mocks/handlers.js";

/** This file runs against the oldest and the newest msw, too: see test/msw-versions. */
const PATH = "/files/v3/files/import-from-url/async";
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
const BODY = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
const post = (url: string) => new Request(url, { method: "POST", headers: HEADERS, body: BODY });

/** A mock beside another handler of the app's, which reads the body of all that it answers. */
function beside(options: ImportMockOptions) {
  const mock = createImportMock(options);
  const other = http.all("*", async ({ request }) => new HttpResponse(`another handler, ${await request.text()}`));
  return {
    mock,
    async ask(request: Request) {
      const seen = mock.requests.length;
      const response = await getResponse([...mock.handlers, other], request);
      const text = (await response?.text()) ?? "";
      const by = text.startsWith("another handler") ? "another handler" : "the mock";
      if (by === "another handler") expect(mock.requests.length).toBe(seen);
      return { by, text };
    },
  };
}

test.each([
  ["http://localhost:3000", ["http://localhost:3000", "HTTP://LOCALHOST:3000", "http://localhost:3000/"]],
  ["http://[::1]:3000", ["http://[::1]:3000", "http://[0:0:0:0:0:0:0:1]:3000"]],
  ["http://[2001:DB8::1]", ["http://[2001:db8::1]", "http://[2001:db8:0::1]:80"]],
  ["http://127.0.0.1:3000", ["http://127.0.0.1:3000", "http://127.1:3000", "http://0x7f000001:3000"]],
  ["HTTPS://Api.HubApi.COM:443/", ["https://api.hubapi.com", "https://API.hubapi.com:443"]],
  ["http://localhost:80/x", ["http://localhost/x", "http://localhost:80/x"]],
  [
    "http://localhost:3000/a+b",
    ["http://localhost:3000/a+b", "http://localhost:3000/a%2Bb", "http://localhost:3000/a%2bb"],
  ],
  ["http://localhost:3000/a(b)", ["http://localhost:3000/a(b)", "http://localhost:3000/a%28b%29"]],
  ["http://localhost:3000/(a|b)", ["http://localhost:3000/(a|b)", "http://localhost:3000/(a%7cb)"]],
  ["http://localhost:3000/a*", ["http://localhost:3000/a*", "http://localhost:3000/a%2A"]],
  ["http://localhost:3000/:tenant", ["http://localhost:3000/:tenant", "http://localhost:3000/%3Atenant"]],
  [
    "http://localhost:3000/a{b}[c]$^.",
    ["http://localhost:3000/a{b}[c]$^.", "http://localhost:3000/a%7Bb%7D%5Bc%5D$%5E."],
  ],
  ["http://localhost:3000/%", ["http://localhost:3000/%"]],
  ["http://localhost:3000/%ffa", ["http://localhost:3000/%FFa"]],
  ["http://localhost:3000/a%2Fb", ["http://localhost:3000/a%2fb"]],
  ["http://localhost:3000/a b", ["http://localhost:3000/a b", "http://localhost:3000/a%20b"]],
  ["http://localhost:3000/%C3%BC", ["http://localhost:3000/ü", "http://localhost:3000/%c3%bc"]],
  ["http://localhost:3000/ü", ["http://localhost:3000/ü", "http://localhost:3000/%C3%BC"]],
  ["http://localhost:3000/日本/🐈", ["http://localhost:3000/日本/🐈", "http://localhost:3000/%e6%97%a5本/🐈"]],
  ["http://bücher.example", ["http://bücher.example", "http://xn--bcher-kva.example", "http://BÜCHER.example"]],
  [
    "http://localhost:3000/hubspot//",
    ["http://localhost:3000/hubspot", "http://localhost:3000//hubspot/", "http://localhost:3000/hub%73pot"],
  ],
  ["http://localhost:3000/a/../hubspot/.", ["http://localhost:3000/hubspot", "http://localhost:3000/x/%2e%2e/hubspot"]],
  ["*", ["http://localhost:3000", "https://api.hubapi.com/", "http://[::1]"]],
  ["*/", ["http://localhost:3000"]],
  ["*/hubspot", ["http://localhost:3000/hubspot", "https://anywhere.example//hubspot/"]],
  ["/hubspot", ["http://localhost:3000/hubspot", "https://anywhere.example/hubspot"]],
  ["/", ["http://localhost:3000"]],
])("a mock at %s answers its address in every spelling, session and version of path", async (baseUrl, addresses) => {
  const { ask, mock } = beside({ baseUrl });
  for (const address of addresses) {
    for (const path of [PATH, `/${PATH}`, `${PATH}?from=form`, `/s/anna${PATH}`, PATH.replace("files", "fil%65s")]) {
      const { by, text } = await ask(post(address + path));
      expect([address + path, by]).toEqual([address + path, "the mock"]);
      const { links } = JSON.parse(text) as { links: { status: string } };
      const poll = await getResponse([...mock.handlers], new Request(links.status, { headers: HEADERS }));
      expect([links.status, poll?.status]).toEqual([links.status, 200]);
    }
  }
});

test.each([
  [
    "http://localhost:3000",
    [
      "http://localhost:30001",
      "http://localhost",
      "https://localhost:3000",
      "http://localhost:3000/x",
      "http://127.0.0.1:3000",
      "http://localhost.example:3000",
      "http://example.com/http://localhost:3000",
    ],
  ],
  [
    "https://api.hubapi.com",
    [
      "https://api.hubapi.com:8443",
      "https://api.hubapi.com.example.org",
      "https://xapi.hubapi.com",
      "https://api-hubapi.com",
      "http://api.hubapi.com",
      "https://api.hubapi.com/hubspot",
      "https://api.hubapi.com.",
    ],
  ],
  ["http://[::1]:3000", ["http://localhost:3000", "http://[::2]:3000", "http://[::1]"]],
  [
    "http://localhost:3000/a+b",
    ["http://localhost:3000/aab", "http://localhost:3000/ab", "http://localhost:3000/a%20b"],
  ],
  ["http://localhost:3000/a*", ["http://localhost:3000/ab", "http://localhost:3000/a"]],
  ["http://localhost:3000/:tenant/a.b", ["http://localhost:3000/anna/a.b", "http://localhost:3000/:tenant/aXb"]],
  ["http://localhost:3000/a%2Fb", ["http://localhost:3000/a/b"]],
  ["http://localhost:3000/a/b", ["http://localhost:3000/a%2Fb", "http://localhost:3000/a", "http://localhost:3000/b"]],
  [
    "http://localhost:3000/hubspot",
    [
      "http://localhost:3000",
      "http://localhost:3000/hubspot2",
      "http://localhost:3000/HubSpot",
      "http://localhost:3000/x/hubspot",
    ],
  ],
  ["*/hubspot", ["http://localhost:3000", "http://localhost:3000/x/hubspot"]],
  ["*", ["http://localhost:3000/v9"]],
])("a mock at %s leaves other addresses alone, unread and unrecorded", async (baseUrl, addresses) => {
  const { ask } = beside({ baseUrl, onViolation: "throw" });
  for (const address of addresses) {
    const { by, text } = await ask(post(address + PATH));
    expect([address, by, text]).toEqual([address, "another handler", `another handler, ${BODY}`]);
  }
});

test.each(["*", "https://app.test", "*/hubspot"])(
  "a mock at %s leaves other paths and methods alone",
  async (baseUrl) => {
    const base = baseUrl.replace("*", "https://app.test");
    const { ask } = beside({ baseUrl, onViolation: "throw" });
    for (const [method, path] of [
      ["PUT", PATH],
      ["PATCH", PATH],
      ["OPTIONS", PATH],
      ["DELETE", PATH],
      ["POST", `${PATH}/tasks/happy/status`],
      ["POST", "/files/v3/files/1"],
      ["POST", `${PATH}/more`],
      ["POST", `${PATH}/`],
      ["POST", "/api/login"],
      ["POST", "/"],
    ] as const) {
      const request = new Request(base + path, { method, body: "not JSON, {} of the app's own" });
      const { text } = await ask(request);
      expect([method, path, text]).toEqual([method, path, "another handler, not JSON, {} of the app's own"]);
    }
  },
);

test("a request without a mock is unhandled for msw", async () => {
  const server = setupServer(...createImportMock({ baseUrl: "*" }).handlers);
  const unhandled: string[] = [];
  const onUnhandled = ({ url }: Request) => void unhandled.push(url);
  // msw 3 renamed the option.
  server.listen({
    onUnhandledRequest: onUnhandled,
    ...{ onUnhandledFrame: ({ frame }: { frame: { data: { request: Request } } }) => onUnhandled(frame.data.request) },
  });
  onTestFinished(() => server.close());
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await fetch(post("http://127.0.0.1:65535/api/login")).catch(() => undefined);
  await fetch(post(`http://127.0.0.1:65535/v9${PATH}`)).catch(() => undefined);
  expect((await fetch(post(`http://127.0.0.1:65535${PATH}`))).status).toBe(202);
  expect(unhandled).toEqual(["http://127.0.0.1:65535/api/login", `http://127.0.0.1:65535/v9${PATH}`]);
});

test("an override responds at its mock's address, and nowhere else", async () => {
  const mock = createImportMock({ baseUrl: "http://[::1]:3000/a+b", scenario: "instant" });
  const status = (base: string, id: string) => new Request(`${base}${PATH}/tasks/${id}/status`, { headers: HEADERS });
  const override = mock.override.checkImportStatus(({ taskId }) =>
    taskId === "ä b" ? { taskId, status: "CANCELED" } : undefined,
  );
  const ask = (request: Request) => getResponse([override, ...mock.handlers], request);
  expect(await (await ask(status("http://[::1]:3000/a%2Bb", "%C3%A4%20b")))?.json()).toMatchObject({ taskId: "ä b" });
  expect(await (await ask(status("http://[::1]:3000/a+b", "instant")))?.json()).toMatchObject({ status: "COMPLETE" });
  expect(await ask(status("http://[::1]:3000", "ä b"))).toBeUndefined();
});

test("an override that reads an import may yet leave it to the mock", async () => {
  const mock = createImportMock();
  const read: string[] = [];
  const override = mock.override.importFromUrl(async ({ request }) => {
    read.push(await request.text());
    return undefined;
  });
  const response = await getResponse([override, ...mock.handlers], post(`https://api.hubapi.com${PATH}`));
  expect([response?.status, read]).toEqual([202, [BODY]]);
});

test("MSW's console shows the address and path of a handler", () => {
  const headers = (baseUrl: string) => createImportMock({ baseUrl }).handlers.map(({ info }) => info.header);
  expect(headers("https://API.hubapi.com/")).toEqual([
    `POST https://api.hubapi.com${PATH}`,
    `GET https://api.hubapi.com${PATH}/tasks/:taskId/status`,
    `HEAD https://api.hubapi.com${PATH}/tasks/:taskId/status`,
    "DELETE https://api.hubapi.com/files/v3/files/:fileId",
  ]);
  expect(["http://[::1]:3000/a+b/", "/hubspot", "*/hubspot", "*"].map((one) => headers(one)[0])).toEqual(
    ["http://[::1]:3000/a+b", "/hubspot", "*/hubspot", "*"].map((text) => `POST ${text}${PATH}`),
  );
});

test("a path is one of the page's own origin where there is a page", async () => {
  const own = "http://localhost:3000/hubspot";
  const locations: [string | undefined, string, string][] = [
    ["http://localhost:3000", own, "the mock"],
    ["http://localhost:3000", "http://localhost:30001/hubspot", "another handler"],
    ["http://localhost:3000", "https://api.hubapi.com/hubspot", "another handler"],
    // A page that has no address of its own, as in a frame or a simulated page, is like none.
    ["null", own, "the mock"],
    [undefined, own, "the mock"],
  ];
  afterEach(() => void vi.unstubAllGlobals());
  for (const [origin, called, by] of locations) {
    vi.stubGlobal("location", origin === undefined ? undefined : { origin, href: `${origin}/`, protocol: "http:" });
    expect([origin, called, (await beside({ baseUrl: "/hubspot" }).ask(post(called + PATH))).by]).toEqual([
      origin,
      called,
      by,
    ]);
  }
});

test("a mock responds at its own address and no other, whatever characters both have", async () => {
  // fast-check's own paths prepare a table of all of Unicode, which takes a core most of a second.
  const sign = fc.constantFrom(..."aZ09-._~!$&'()*+,;=:@");
  const escaped = fc
    .integer({ min: 0, max: 0x10_ffff })
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => encodeURIComponent(String.fromCodePoint(code)));
  const segment = fc.array(fc.oneof({ weight: 10, arbitrary: sign }, escaped)).map((signs) => `/${signs.join("")}`);
  const path = fc
    .array(segment)
    .map((segments) => segments.join(""))
    .filter((one) => !/%2F/i.test(one));
  const address = fc.tuple(fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true }), path);
  const urlOf = ([authority, given]: readonly [string, string]) => new URL(`http://${authority}${given}`);
  const canonical = ({ origin, pathname }: URL) =>
    origin +
    pathname
      .split("/")
      .filter(Boolean)
      .map((one) => `/${decodeURIComponent(one)}`)
      .join("");
  await fc.assert(
    fc.asyncProperty(address, address, fc.boolean(), async (mine, called, isSame) => {
      const own = urlOf(mine);
      const asked = isSame ? own : urlOf([...called]);
      const { by } = await beside({ baseUrl: own.href }).ask(post(asked.href.replace(/\/$/, "") + PATH));
      expect(by).toBe(canonical(own) === canonical(asked) ? "the mock" : "another handler");
    }),
    { numRuns: 50 },
  );
});
