import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { expectAsDeclared } from "./catalogue/as-declared.js";
import { type CatalogueFile, files, type ParameterDeclared } from "./catalogue/declared.js";
import { createOracle, type Expected } from "./catalogue/oracle.js";
import { createClock } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";
import { type RawAnswer, sendRaw } from "./raw-request.js";

const clock = createClock();
let mock: Mock;
let swallowed = () => {};
beforeAll(async () => {
  mock = await startMock({
    scenarios: await readScenarios(),
    now: clock.now,
    wait: async () => {},
    pace: "polls",
    port: 0,
    onExchange: ({ response }) => response.wire?.kind === "black-hole" && swallowed(),
  });
});
afterAll(() => mock.close());
beforeEach(() => mock.simulator.reset());

/** Sends a call and waits for its end, or until the mock has swallowed it. */
async function call(line: string, headers: readonly string[], body = ""): Promise<RawAnswer | undefined> {
  const isSwallowed = new Promise<undefined>((resolve) => {
    swallowed = () => resolve(undefined);
  });
  const lines = [`${line} HTTP/1.1`, ...headers, ...(body ? [`Content-Length: ${body.length}`] : [])];
  const { answer, received } = sendRaw(mock.url, lines, body);
  const came = await Promise.race([answer, isSwallowed]);
  if (came === undefined) expect(received()).toBe("");
  return came;
}

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  duration: fc.constantFrom("1s", "2s", "7s", "1500ms"),
  string: fc.constantFrom("a.pdf", "b%20c.png", "%C3%A4.mp3", "README"),
};

function textOf({ type = "string", values, minimum = 1, ...rest }: ParameterDeclared): fc.Arbitrary<string> {
  if (`${rest.default}`.endsWith("GMT"))
    return fc.constantFrom("Fri%2C%2001%20Jan%202027%2000%3A00%3A00%20GMT", "soon");
  if (values) return fc.constantFrom(...values.map(String));
  if (type === "integer") return fc.integer({ min: minimum, max: minimum + 4 }).map(String);
  return texts[type] ?? fc.constant("");
}

const runs = ({ parameters }: CatalogueFile) =>
  fc.record({
    values: fc.record(Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, textOf(one)])), {
      requiredKeys: [],
    }) as fc.Arbitrary<Readonly<Record<string, string>>>,
    /** How long the client waits before each poll. */
    gaps: fc.array(fc.constantFrom(0, 400, 1000, 10_000, 7_200_000), { minLength: 4, maxLength: 7 }),
    /** From which poll on it has a new token. */
    newTokenAt: fc.integer({ min: 1, max: 8 }),
    seed: fc.nat(),
  });

test.each(files)("$name does on the wire what its file declares", async (file) => {
  await fc.assert(
    fc.asyncProperty(runs(file), async ({ values, gaps, newTokenAt, seed }) => {
      mock.simulator.reset();
      const reference = [file.name, ...Object.entries(values).map(([name, text]) => `${name}=${text}`)].join(";");
      const declared = file.declared(
        Object.fromEntries(Object.entries(values).map(([k, v]) => [k, decodeURIComponent(v)])),
      );
      const oracle = createOracle(declared);
      for (const [index, gap] of gaps.entries()) {
        clock.advance(gap);
        const token = index + 1 < newTokenAt ? "old" : "new";
        const expected = oracle({ operation: "checkImportStatus", at: clock.now(), token });
        const line = `GET ${IMPORT}/tasks/${reference}/status`;
        const answer = await call(line, [`Authorization: Bearer ${token}`, `X-Mock-Seed: ${seed}`]);
        expectAsDeclared(answer, expected, declared);
      }
    }),
    { numRuns: 3 },
  );
});

const submits = files.filter(({ declared }) => declared().faults?.some(({ on }) => on?.includes("importFromUrl")));

test.each(submits)(
  "$name responds to imports as its file declares, and accepts those it says it accepts",
  async (file) => {
    const oracle = createOracle(file.declared());
    let taken = 0;
    for (const token of ["old", "old", "new"]) {
      const expected: Expected = oracle({ operation: "importFromUrl", at: clock.now(), token });
      const headers = [
        `Authorization: Bearer ${token}`,
        "Content-Type: application/json",
        `X-Mock-Scenario: ${file.name}`,
      ];
      const answer = await call(`POST ${IMPORT}`, headers, JSON.stringify(CAT));
      expectAsDeclared(answer, expected, file.declared());
      taken += expected.isTaken ? 1 : 0;
      expect(mock.simulator.tasks()).toHaveLength(taken);
    }
  },
);

test("the catalogue has sixty entries and more, each with a tag, and each tag has some", () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
  const tags = new Set(files.flatMap(({ declared }) => declared().tags));
  expect([...tags].sort()).toEqual([
    "auth",
    "drift",
    "http",
    "lifecycle",
    "limits",
    "network",
    "payload",
    "results",
    "submit",
  ]);
  expect(files.every(({ declared }) => declared().summary && declared().client && declared().tags.length > 0)).toBe(
    true,
  );
});
