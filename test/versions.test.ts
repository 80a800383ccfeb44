import { readFileSync } from "node:fs";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http/dist/utils/operations.js";
import spectral from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import fc from "fast-check";
import { setupServer } from "msw/node";
import openapiTypescript, { astToString } from "openapi-typescript";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { createImportMock } from "../mocks/handlers.js";
import { createOperations } from "../mocks/prism/judge.js";
import { inAllVersions } from "../scripts/all-versions.mjs";
import ruleset from "../spec/ruleset.mjs";
import { splitVersion, versionOf } from "../src/contract/operations.js";
import { paths, versions } from "../src/contract/paths.gen.js";
import type { JournalEntry } from "../src/session/journal.js";
import { run } from "./command.js";
import { CAT, openDoor, throughEachDoor } from "./doors.js";
import { contract } from "./judge.js";

const VERSIONS = ["v3", "2025-09", "2026-03", "2026-09"];

const allVersions = inAllVersions(readFileSync("spec/openapi.yaml", "utf8"));

test("every version has the operations of v3, written once", () => {
  const { "x-versions": described } = contract as unknown as { "x-versions": Record<string, object> };
  expect(Object.keys(described)).toEqual(VERSIONS);
  for (const version of Object.values(described)) {
    expect(version).toEqual({
      description: expect.any(String),
      "x-evidence": expect.stringMatching(/^(live|documented)$/),
    });
  }
  expect(versions).toEqual(VERSIONS);
  const written = Object.keys(contract.paths).map((path) => splitVersion(path));
  expect(written).toEqual(Object.keys(paths).map((rest) => ({ version: "v3", rest })));
});

test("Prism reads in the contract of all versions what the mock derives from one", async () => {
  const derived = createOperations();
  expect(derived.length).toBe(12);
  expect(withoutIds(derived)).toEqual(withoutIds(await getHttpOperationsFromSpec(parse(allVersions))));
  // So Prism compiles their validators once.
  const polls = derived.filter(({ iid }) => iid === "checkImportStatus");
  expect(new Set(polls.map(({ responses }) => responses)).size).toBe(1);
});

test("the contract of all versions has each path, an id for each operation, and each schema once", async () => {
  const { paths: all, components } = parse(allVersions) as typeof contract;
  expect(Object.keys(all)).toEqual(
    VERSIONS.flatMap((version) => Object.keys(contract.paths).map((path) => path.replace("/v3/", `/${version}/`))),
  );
  const ids = Object.values(all).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  expect([ids.length, new Set(ids).size]).toEqual([12, 12]);
  expect(components).toEqual(contract.components);
  const types = astToString(await openapiTypescript(allVersions));
  expect(types.match(/^ +TaskStatus: /gm)).toHaveLength(1);
  expect(types.match(/^ {4}importFromUrl\w*: \{/gm)).toHaveLength(4);
});

test("Spectral and our rules find nothing in the contract of all versions", async () => {
  const linter = new spectral.Spectral();
  linter.setRuleset(ruleset as never);
  const results = await linter.run(new spectral.Document(allVersions, parsers.Yaml, "openapi.yaml"));
  expect(results.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
});

/** Prism makes an id of each node's place, which it never reads. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, one) => {
    if (key === "id" && /^[\da-f]{13}$/.test(one)) return undefined;
    return key === "iid" ? String(one).replace(/In\d+$/, "") : one;
  });
}

const importPath = (version: string) => `/files/${version}/files/import-from-url/async`;
const statusPath = (version: string, id: string) => `${importPath(version)}/tasks/${id}/status`;
const imported = (body: object = {}) => ({ method: "POST", body: JSON.stringify({ ...CAT, ...body }) });

test("the version of a path is read as servers read the path, also one that the contract lacks", () => {
  expect(versionOf("//files/2026-03//files/1")).toBe("2026-03");
  expect(versionOf("/files/%76%33/files/1")).toBe("v3");
  expect(versionOf("/files/2027-03/files/1")).toBe("2027-03");
  expect(versionOf("/crm/v3/objects")).toBeUndefined();
});

throughEachDoor(
  "a task begun in one version shows the same bytes in every other, and its links name v3",
  async (open) => {
    const { call, clock, poll } = await open();
    const begun = await (await call(importPath("2026-03"), imported())).json();
    expect(begun.links.status).toMatch(`${statusPath("v3", begun.id)}`);
    for (const seconds of [0, 1, 2, 0]) {
      clock.advance(seconds * 1000);
      const texts = await Promise.all(VERSIONS.map(async (one) => (await call(statusPath(one, begun.id))).text()));
      expect(new Set(texts).size).toBe(1);
    }
    const { result } = await (await poll(begun.id)).json();
    expect((await call(`/files/2025-09/files/${result.id}`, { method: "DELETE" })).status).toBe(204);
  },
);

test("versions in any order show one task as v3 alone does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...VERSIONS), { minLength: 1, maxLength: 8 }), async (order) => {
      const [one, other] = await Promise.all([0, 1].map(() => openDoor("simulator", { pace: "polls" })));
      if (!one || !other) return;
      const [id, same] = [await one.start(), await other.start()];
      expect(id).toBe(same);
      for (const version of order) {
        const texts = [await one.call(statusPath(version, id)), await other.call(statusPath("v3", id))];
        const [shown, alone] = await Promise.all(texts.map((response) => response.text()));
        expect(shown).toBe(alone);
      }
    }),
    { numRuns: 30 },
  );
});

throughEachDoor("statusLink requested makes links of the version that was requested", async (open) => {
  const { call } = await open({ statusLink: "requested" });
  const { id, links } = await (await call(importPath("2026-03"), imported())).json();
  expect(links.status).toMatch(statusPath("2026-03", id));
  for (const version of ["2025-09", "2026-03"]) {
    const body = await (await call(statusPath(version, id))).json();
    expect(body.links.status).toMatch(statusPath(version, id));
  }
});

throughEachDoor(
  "datedRequired enforce rejects a dated import without the three fields, and no import of v3",
  async (open) => {
    const { call } = await open({ datedRequired: "enforce" });
    const rejected = await call(importPath("2026-03"), imported());
    expect(rejected.status).toBe(400);
    expect(await rejected.json()).toMatchObject({
      message:
        "Invalid input JSON on line 1, column 2. Some required fields were not set: [duplicateValidationScope, duplicateValidationStrategy, overwrite]",
    });
    const some = await call(importPath("2026-03"), imported({ overwrite: false, url: undefined }));
    expect(await some.json()).toMatchObject({
      message: expect.stringMatching(/: \[duplicateValidationScope, duplicateValidationStrategy, url\]$/),
    });
    const all = { overwrite: false, duplicateValidationScope: "EXACT_FOLDER", duplicateValidationStrategy: "NONE" };
    expect((await call(importPath("2026-03"), imported(all))).status).toBe(202);
  },
);

test("an import of v3 needs none of them", async () => {
  const { call } = await openDoor("prism", { datedRequired: "enforce" });
  expect((await call(importPath("v3"), imported())).status).toBe(202);
});

test("a version that is switched off gets the edge's response for a path without an API", async () => {
  const { call } = await openDoor("prism", { apiVersions: ["2026-09", "2026-03"] });
  const { id } = await (await call(importPath("2026-09"), imported())).json();
  expect((await call(statusPath("2026-03", id))).status).toBe(200);
  const nowhere = await call("/files/v4/files");
  for (const init of [{}, { headers: { Prefer: "code=200" } }]) {
    const off = await call(statusPath("v3", id), init);
    expect(off.status).toBe(404);
    if (!("headers" in init)) expect(await off.text()).toBe(await nowhere.clone().text());
  }
});

test.each(["simulator", "prism"] as const)(
  "version-sunset announces v3's end, then removes v3 alone (%s door)",
  async (door) => {
    const { call, poll } = await openDoor(door, { pace: "polls", scenario: "version-sunset" });
    const begun = await call(importPath("v3"), imported());
    const { id } = await begun.json();
    const notice = ({ headers }: Response) => [headers.get("Deprecation"), headers.get("Sunset")];
    const announced = ["@1789430400", "Wed, 01 Sep 2027 00:00:00 GMT"];
    expect(notice(begun)).toEqual(announced);
    expect(notice(await call(statusPath("2026-03", id)))).toEqual([null, null]);
    const told = await poll(id);
    expect([told.status, ...notice(told)]).toEqual([200, ...announced]);
    const gone = await poll(id);
    expect([gone.status, gone.headers.get("Content-Type"), ...notice(gone)]).toEqual([
      404,
      "text/html;charset=utf-8",
      null,
      null,
    ]);
    expect((await (await call(statusPath("2026-09", id))).json()).status).toBe("COMPLETE");
  },
);

test("version-sunset takes another date and another number of polls, and no date that a header cannot have", async () => {
  const { poll } = await openDoor("simulator");
  const responses = [];
  for (let count = 0; count < 2; count += 1) responses.push(await poll("version-sunset;after=1;sunset=soon"));
  expect(responses.map(({ status, headers }) => [status, headers.get("Sunset")])).toEqual([
    [200, "soon"],
    [404, null],
  ]);
  const rejected = await poll("version-sunset;sunset=%E2%82%AC");
  expect(rejected.status).toBe(400);
  expect((await rejected.json()).message).toContain("Write printable ASCII.");
});

test("a mock inside MSW intercepts every version, for the same tasks", async () => {
  const mock = createImportMock({ pace: "manual" });
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledRequest: "error" });
  onTestFinished(() => server.close());
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const send = (path: string, init = {}) => fetch(`https://api.hubapi.com${path}`, { headers, ...init });
  for (const version of VERSIONS) {
    const { id, links } = await (await send(importPath(version), imported())).json();
    expect(links.status).toBe(`https://api.hubapi.com${statusPath("v3", id)}`);
    for (const state of ["PENDING", "PROCESSING", "COMPLETE"]) {
      const texts = await Promise.all(VERSIONS.map(async (one) => (await send(statusPath(one, id))).text()));
      expect(new Set(texts).size).toBe(1);
      expect(JSON.parse(texts[0] as string).status).toBe(state);
      mock.next(id);
    }
    const { result } = await (await send(statusPath(version, id))).json();
    expect((await send(`/files/${version}/files/${result.id}`, { method: "DELETE" })).status).toBe(204);
  }
  expect(mock.tasks).toHaveLength(VERSIONS.length);
});

test("the journal says the version and why it was not served, and finds requests by it", async () => {
  const mock = createImportMock({ apiVersions: ["2026-09"] });
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledRequest: "error" });
  onTestFinished(() => server.close());
  const send = (path: string, init = {}) =>
    fetch(`https://api.hubapi.com${path}`, {
      headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
      ...init,
    });
  const { id } = await (await send(importPath("2026-09"), imported())).json();
  expect((await send(statusPath("v3", id))).status).toBe(404);
  await send(statusPath("2026-09", id));
  const [, off] = mock.requests as readonly JournalEntry[];
  expect(off).toMatchObject({ version: "v3", effect: "version v3 is switched off by --api-versions" });
  expect(mock.verify({ version: "v3", exactly: 1 })).toMatchObject({ passed: true, exchanges: [2] });
  expect(mock.verify({ version: "2026-09", exactly: 2 }).passed).toBe(true);
  const { clients } = await mock.conduct();
  expect(clients.map(({ tasks }) => tasks.length)).toEqual([1]);
});

test.each([
  [
    ["--api-versions", "v3,2026-9"],
    'Write one or more of v3,2025-09,2026-03,2026-09. The nearest to "2026-9" is 2026-09.',
  ],
  [["--api-versions", ""], "Write one or more of v3,2025-09,2026-03,2026-09."],
  [["--dated-required", "yes"], "Allowed choices are accept, enforce."],
  [["--status-link", "v4"], "Allowed choices are v3, requested."],
])("mock %j is rejected with what to write", async (args, hint) => {
  const { code, stderr } = await run("mock", "--port", "0", ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(hint);
});

test("a version that the contract lacks is rejected in code", () => {
  expect(() => createImportMock({ apiVersions: ["v4"] })).toThrow(
    'apiVersions must be one or more of v3, 2025-09, 2026-03, 2026-09; got "v4".',
  );
  expect(() => createImportMock({ apiVersions: [] })).toThrow("got [].");
});
