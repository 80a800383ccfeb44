import { readFile } from "node:fs/promises";
import { Client } from "@hubspot/api-client";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type StartedMock, startMock } from "../mocks/client.js";
import packageJson from "../package.json" with { type: "json" };
import { CASES, createDriver, observe, readTables, tryVersions } from "./clients/index.mjs";

const page = await readFile("docs/clients.md", "utf8");
const column = readTables(page).get(`JavaScript ${packageJson.devDependencies["@hubspot/api-client"]}`);

let mock: StartedMock;
beforeAll(async () => {
  mock = await startMock({ port: 0, wait: async () => {} });
});
afterAll(() => mock.close());
afterEach(() => {
  vi.restoreAllMocks();
});

let waitedMs = 0;

/** Lets the client's own waits pass at once, and those of the mock, in this process, take their time. */
function skipWaits() {
  const wait = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms = 0, ...args: unknown[]) => {
    if (!new Error().stack?.includes("@hubspot")) return wait(run, ms, ...args);
    waitedMs += ms;
    return setImmediate(run);
  }) as typeof setTimeout);
}

const sdk = createDriver(Client);

/** For a call that is never answered. */
const whileWatched = (request: object) =>
  Promise.race([sdk.call(request), new Promise<object>((resolve) => setTimeout(resolve, 200, { waiting: true }))]);

test.each(CASES)("docs/clients.md says what HubSpot's client does at $id", async (one) => {
  skipWaits();
  vi.spyOn(console, "error").mockImplementation(() => {}); // where the client says what it tries again
  const driver = one.endless ? { call: whileWatched } : sdk;
  expect(await observe(one, { mock, driver, now: () => waitedMs })).toBe(column?.get(one.id));
});

test("HubSpot's client comes to every end in a dated version as in v3, by the lines of docs/clients.md", async () => {
  expect(await tryVersions(mock, Client, "dated")).toEqual([]);
  const run = /\/\/ docs\n(.*?)\/\/ end\n/s.exec(await readFile("test/clients/dated.mjs", "utf8"))?.[1] ?? "none";
  expect(page).toContain(run);
});

test.each([
  ["python", "python.py"],
  ["ruby", "ruby.rb"],
  ["php", "php.php"],
  ["go", "go/main.go"],
])("docs/clients.md points %s at the mock with the lines that were run", async (language, file) => {
  const [, snippet] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(page) ?? [];
  const [, run = ""] =
    /(?:#|\/\/) docs\n(.*?)[^\n]*(?:#|\/\/) end\n/s.exec(await readFile(`test/clients/${file}`, "utf8")) ?? [];
  const [indent = ""] = /^\s+/.exec(run) ?? [];
  expect(snippet).toBe(run.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
});
