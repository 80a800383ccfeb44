import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { expect, onTestFinished, test, vi } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { importMockFixture } from "../mocks/vitest.js";

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
