import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { importMockFixture } from "../mocks/vitest.js";
import { VITEST_CONFIG } from "./snippets.js";
import { V8_FLAGS } from "./v8-flags.js";

const PATH = "/hubspot/files/v3/files/import-from-url/async";
const POST = {
  method: "POST",
  headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
  body: JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" }),
};

test.each([
  ["http://127.0.0.1:1/hubspot", undefined, "http://127.0.0.1:1/hubspot"],
  ["http://localhost:3000/hubspot", "http://localhost:3000", "/hubspot"],
])(
  "an import at %s of a page at %s fails its test even where the app swallows the error",
  async (called, origin, name) => {
    vi.stubGlobal("location", origin === undefined ? undefined : { origin });
    onTestFinished(() => void vi.unstubAllGlobals());
    const { importMock } = importMockFixture({ baseUrl: "https://example.com/hub" });
    const address = called.replace("/hubspot", PATH);
    let thrown: unknown;
    const swallowing = async () => {
      thrown = await fetch(address, POST).catch((error) => error);
    };
    await expect(importMock({}, swallowing)).rejects.toThrow(
      `POST ${address} is not below the mock's baseUrl, https://example.com/hub. Write importMockFixture({ baseUrl: "${name}" }).`,
    );
    expect(thrown).toBeInstanceOf(TypeError);
  },
);

test("an import at a longer path of the mock's own origin is at another address", async () => {
  const { importMock } = importMockFixture({ baseUrl: "https://example.com" });
  const importing = async () => void (await fetch(`https://example.com${PATH}`, POST).catch(() => undefined));
  await expect(importMock({}, importing)).rejects.toThrow(
    'is not below the mock\'s baseUrl, https://example.com. Write importMockFixture({ baseUrl: "https://example.com/hubspot" }).',
  );
});

test("the failure of concurrent tests says that they need something else, and not another address", async () => {
  const print = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => print.mockRestore());
  const { importMock } = importMockFixture({ baseUrl: "https://example.com/hubspot" });
  const importing = async () => {
    for (let times = 0; times < 3; times += 1) await fetch(`https://example.com${PATH}`, POST).catch(() => undefined);
  };
  const tests = await Promise.allSettled([1, 2, 3].map(() => importMock({}, importing)));
  const failures = tests.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : [])).join("\n");
  expect(failures).toContain(`POST https://example.com${PATH} was read by several handlers, as in concurrent tests`);
  expect(failures).not.toContain("is not below");
});

test("what is no import goes to the servers of others", async () => {
  const others = createServer((_, response) => void response.end("other")).listen(0, "127.0.0.1");
  onTestFinished(() => void others.close());
  await once(others, "listening");
  const { port } = others.address() as AddressInfo;
  const { importMock } = importMockFixture({ baseUrl: "/hub" });
  await importMock({}, async () => {
    for (const path of ["/", "/hub/files/v3/files/search", PATH]) {
      expect(await (await fetch(`http://127.0.0.1:${port}${path}`)).text()).toBe("other");
    }
  });
});

test("a request whose body another handler has read is left to others, with a word on why", async () => {
  const lines: string[] = [];
  const print = vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(line));
  onTestFinished(() => print.mockRestore());
  const mock = createImportMock({ baseUrl: "*/hubspot" });
  const reading = http.post("*", async ({ request }) => void (await request.text()));
  const last = http.post("*", () => HttpResponse.text("last"));
  const server = setupServer(reading, ...mock.handlers, last);
  server.listen({ onUnhandledRequest: "error" });
  onTestFinished(() => server.close());
  expect(await (await fetch(`https://other.test${PATH}`, POST)).text()).toBe("last");
  expect(lines).toEqual([
    expect.stringContaining(`Another handler has read the body of POST https://other.test${PATH}`),
  ]);
});

/** Tests of an app that polls on after COMPLETE, and says its secret. */
const FAILING = `
import { importMockFixture } from "hubspot-import-kit/vitest";
import { test as base, describe, expect } from "vitest";

const api = "https://api.hubapi.com/files/v3/files/import-from-url/async";
const headers = { Authorization: "Bearer pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5", "Content-Type": "application/json" };
const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
const visit = async (mock) => {
  const { id } = await (await fetch(api, { method: "POST", headers, body })).json();
  for (let times = 0; times < 3; times += 1) {
    mock.clock.advance(1000);
    await fetch(api + "/tasks/" + id + "/status", { headers });
  }
};
const test = base.extend(importMockFixture({ scenario: "instant", report: "import-reports" }));
const strict = base.extend(importMockFixture({ scenario: "instant", conduct: true, report: "out/strict.html" }));

describe("an app", () => {
  test("fails: 100 %", async ({ importMock }) => {
    await visit(importMock);
    expect(importMock.tasks).toHaveLength(2);
  });
});
test("passes", async ({ importMock }) => {
  await visit(importMock);
  expect(importMock.tasks).toHaveLength(1);
});
test("breaks the contract", async ({ importMock }) => {
  await fetch(api, { method: "POST", headers, body: "{}" });
});
strict("behaves badly", async ({ importMock }) => visit(importMock));
`;

test("a failed test writes its mock's page, and names the file; one that passes writes none", async () => {
  // In the project's root, where the package finds itself by name.
  const directory = await mkdtemp(".fixture-");
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "app.test.ts"), FAILING);
  await writeFile(join(directory, "vitest.config.mjs"), VITEST_CONFIG);
  const output = await new Promise<string>((resolve) => {
    const args = [
      ...V8_FLAGS,
      `${process.cwd()}/node_modules/vitest/vitest.mjs`,
      "run",
      "--reporter=json",
      "--root",
      ".",
    ];
    const env = { ...process.env, NO_COLOR: "1", VITEST: "" };
    execFile(process.execPath, args, { cwd: directory, env }, (_, stdout) => resolve(stdout));
  });
  const { testResults } = JSON.parse(output.slice(output.indexOf("{")));
  const messages: [string, string][] = testResults[0].assertionResults.map(
    (one: { title: string; failureMessages: string[] }) => [one.title, one.failureMessages.join()],
  );
  expect(messages).toEqual([
    ["fails: 100 %", expect.stringContaining("What the app did: import-reports/an-app-fails-100.html")],
    ["passes", ""],
    ["breaks the contract", expect.stringContaining("What the app did: import-reports/breaks-the-contract.html")],
    ["behaves badly", expect.stringMatching(/stops-at-end.*What the app did: out\/strict\.html/s)],
  ]);
  expect(await readdir(join(directory, "import-reports"))).toEqual([
    "an-app-fails-100.html",
    "breaks-the-contract.html",
  ]);
  const page = await readFile(join(directory, "out/strict.html"), "utf8");
  expect(page).toContain("Test: behaves badly");
  expect(page).toContain("; it broke stops-at-end");
  expect(page).toContain("<code>instant#1</code>");
  expect(page).not.toContain("0f3e2a1b");
});
