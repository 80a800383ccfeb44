import fc from "fast-check";
import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { decodeTaskId, encodeTaskId } from "../src/task/task-id.js";
import { anyCharacter } from "./any-character.js";
import { openDoor } from "./doors.js";
import { violations } from "./judge.js";

const scenarios = await readScenarios();
/** What goes wrong on the wire is the business of scenarios-on-the-wire.test.ts. */
const kept = scenarios
  .filter(({ breaks, faults }) => breaks === undefined && !faults.some(({ effect }) => "wire" in effect))
  .map(({ name }) => name);
const RANK = { PENDING: 0, PROCESSING: 1, COMPLETE: 2, CANCELED: 2 } as const;

const options = fc.record({
  pace: fc.constantFrom("time", "polls", "immediate"),
  speed: fc.constantFrom(1, 3, 20, 0.5),
  inFlightStatus: fc.constantFrom(200, 202),
  inFlightDates: fc.constantFrom("omit", "null", "filled"),
  failure: fc.constantFrom("canceled", "complete", "silent"),
});
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const gaps = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 25 });

test("tasks only move forward, their end never changes, and each response keeps the contract", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kept), seeds, gaps, options, async (scenario, seed, waits, chosen) => {
      const { clock, poll } = await openDoor("simulator", chosen);
      let rank = 0;
      let end: string | undefined;
      for (const wait of waits) {
        const answer = await poll(scenario, { "X-Mock-Seed": String(seed) });
        const text = await answer.text();
        expect(violations("checkImportStatus", answer.status, answer.headers.get("content-type"), text)).toEqual([]);
        if (answer.ok) {
          const { status } = JSON.parse(text) as { status: keyof typeof RANK };
          expect(RANK[status]).toBeGreaterThanOrEqual(rank);
          rank = RANK[status];
          if (rank === 2) {
            end ??= text;
            expect(text).toBe(end);
          }
        }
        clock.advance(wait);
      }
    }),
    { numRuns: 300 },
  );
});

/** What stands in a URL's path: RFC 3986's pchar. `fc.webUrl` keeps a table of all characters for it. */
const pathCharacter = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") },
  { weight: 2, arbitrary: fc.constantFrom(..."-._~!$&'()*+,;=:@") },
  { weight: 1, arbitrary: anyCharacter.map(encodeURIComponent) },
);
const urlPath = fc
  .array(fc.string({ unit: pathCharacter }))
  .map((segments) => segments.map((segment) => `/${segment}`).join(""));
const urlQuery = fc.string({ unit: fc.oneof({ weight: 9, arbitrary: pathCharacter }, fc.constantFrom("/", "?")) });
const webUrl = fc
  .tuple(fc.constantFrom("http", "https"), fc.webAuthority(), urlPath, fc.option(urlQuery))
  .map(([scheme, authority, path, query]) => `${scheme}://${authority}${path}${query === null ? "" : `?${query}`}`);

const requests = fc.record(
  {
    url: fc.oneof(webUrl, fc.string({ minLength: 1 })),
    access: fc.constantFrom("PRIVATE", "PUBLIC_INDEXABLE", "HIDDEN_SENSITIVE"),
    folderPath: fc.string({ minLength: 1, unit: "grapheme" }),
    name: fc.string({ unit: anyCharacter, maxLength: 400 }),
    overwrite: fc.boolean(),
    ttl: fc.constantFrom("P1D", "P2W", "P3M", "P1Y", "P365D", "P6M15DT12H"),
    expiresAt: fc
      .date({ min: new Date("1950-01-01"), max: new Date("2999-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  { requiredKeys: ["url", "access", "folderPath"] },
);

test("whatever a valid import asks for, its file keeps the contract and survives a restart", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      fc.pre(!request.url.includes("#"));
      const { start, poll } = await openDoor("simulator", { scenario: "instant" });
      const id = await start(request as never);
      const answer = await poll(id);
      const text = await answer.text();
      expect(violations("checkImportStatus", answer.status, answer.headers.get("content-type"), text)).toEqual([]);
      const restarted = await openDoor("simulator", { scenario: "instant" });
      expect(await (await restarted.poll(id)).text()).toBe(text);
    }),
    { numRuns: 500 },
  );
});

const text = fc.string({ minLength: 1, unit: "grapheme" }).filter((value) => !value.includes("\n"));
const origins = fc.record(
  {
    requestedAt: fc.integer({ min: 0, max: Date.UTC(9998, 0) }),
    seed: seeds,
    serial: seeds,
    scenario: fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    draft: fc.record(
      { fileName: text, access: fc.constant("PRIVATE" as const), folderPath: text, expiresAt: fc.integer() },
      { requiredKeys: ["fileName", "access"] },
    ),
  },
  { requiredKeys: ["requestedAt", "seed", "serial", "scenario"] },
);

test("a task's id survives the round trip", () => {
  fc.assert(
    fc.property(origins, (origin) => {
      expect(decodeTaskId(encodeTaskId(origin as never))).toEqual(origin);
    }),
    { numRuns: 1000 },
  );
});

test("an id with any one bit changed is rejected", () => {
  fc.assert(
    fc.property(origins, (origin) => {
      const id = encodeTaskId(origin as never);
      const taken: number[] = [];
      for (let bit = 0; bit < id.length * 8; bit += 1) {
        const changed = Buffer.from(id, "latin1");
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        if (decodeTaskId(changed.toString("latin1")) !== undefined) taken.push(bit);
      }
      // Not one by one: that takes longer than to decode them.
      expect(taken).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("an id with a valid checksum around nonsense is rejected", () => {
  const draft = { fileName: "a.png", access: "BOGUS" as never };
  expect(decodeTaskId(encodeTaskId({ requestedAt: 0, seed: 0, serial: 0, scenario: "happy", draft }))).toBeUndefined();
  const forged = encodeTaskId({ requestedAt: 0, seed: 0, serial: 0, scenario: "" });
  expect(decodeTaskId(forged)).toBeUndefined();
  expect(decodeTaskId(encodeTaskId({ requestedAt: 1e15, seed: 0, serial: 0, scenario: "happy" }))).toBeUndefined();
  expect(decodeTaskId(encodeTaskId({ requestedAt: 0, seed: -1, serial: 0, scenario: "happy" }))).toBeUndefined();
  expect(decodeTaskId(encodeTaskId({ requestedAt: 0, seed: 0, serial: -1, scenario: "happy" }))).toBeUndefined();
});
