import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { knownDifferences as known } from "../src/contract/evidence.js";
import { compareWithPublished, type Drift, publishedVersion, readSource } from "../src/drift/drift.js";
import { UnresolvedReference } from "../src/drift/references.js";
import type { JsonObject } from "../src/json.js";
import { bodyChanges } from "./drift/body-changes.js";
import { at, get, type Json, properties, STATUS, schema } from "./drift/change.js";
import { breakingChanges, harmlessChanges } from "./drift/hubspot-definition.js";
import { operationChanges } from "./drift/operation-changes.js";
import { otherAddresses } from "./drift/other-addresses.js";
import { otherSchemas } from "./drift/other-schemas.js";
import { inOtherWords, otherWords } from "./drift/other-words.js";
import { type Loose, publishedDocument } from "./drift/published.js";

const contract = parse(await readFile("spec/openapi.yaml", "utf8")) as JsonObject;
const ours = readSource(contract);
const sourceOf = (document: unknown) => readSource(document as JsonObject, "published.json");
const versionOf = (document: unknown) => publishedVersion(sourceOf(document));

async function driftOf(document: Loose, version = "v3"): Promise<Drift> {
  return compareWithPublished({ published: sourceOf(document), ours, known, version });
}

/** What is not known, each in a line. */
async function newsOf(document: Loose, version = "v3"): Promise<readonly string[]> {
  const { differences } = await driftOf(document, version);
  return differences
    .filter((one) => one.class !== "known")
    .map((one) => `${one.class} ${one.kind} ${one.where}: ${one.published} / ${one.ours}`);
}

test.each(["v3", "2025-09", "2026-03", "2026-09"])(
  "as published for %s, every difference is known",
  async (version) => {
    expect(versionOf(publishedDocument(version))).toBe(version);
    expect(await newsOf(publishedDocument(version), version)).toEqual([]);
    expect((await driftOf(publishedDocument(version), version)).gone).toEqual([]);
  },
);

test.each([
  ["v3", 50],
  ["2025-09", 63],
  ["2026-03", 63],
  ["2026-09", 63],
])("each known difference to %s is found once", async (version, count) => {
  const { differences } = await driftOf(publishedDocument(version), version);
  const found = differences.map(({ kind, where, published }) => `${kind} ${where}: ${published}`);
  expect(found.length).toBe(count);
  expect(new Set(found).size).toBe(count);
});

test.each(breakingChanges)("by HubSpot's definition, %s", async (_, reason, change, where) => {
  for (const version of ["v3", "2025-09", "2026-03", "2026-09"]) {
    const document = publishedDocument(version);
    change(document);
    const { differences } = await driftOf(document, version);
    const breaking = differences.filter((one) => one.class === "breaking");
    expect(breaking.map((one) => [one.where, one.reason])).toEqual([[where, reason]]);
    expect(differences[0]).toBe(breaking[0]);
  }
});

test.each(harmlessChanges)("by HubSpot's definition, %s does not break a client", async (_, reason, change, where) => {
  for (const version of ["v3", "2025-09", "2026-03", "2026-09"]) {
    const document = publishedDocument(version);
    change(document);
    const news = (await driftOf(document, version)).differences.filter((one) => one.class !== "known");
    const expected = where === undefined ? [] : [["not breaking", where, reason]];
    expect(news.map((one) => [one.class, one.where, one.reason])).toEqual(expected);
  }
});

test.each([...otherWords, ...otherAddresses, ...otherSchemas])(
  "the contract in other words is no difference: %s",
  async (_, change) => {
    expect(await newsOf(inOtherWords(contract, change))).toEqual([]);
  },
);

test("a reference that goes round, and one to nothing, are named where they are used, and nowhere else", async () => {
  const newsAt = (used: string) => {
    const document = publishedDocument();
    at(document, "components", "schemas")["Round"] = { $ref: "#/components/schemas/Round" };
    properties(document, "Progress")["taskId"] = { $ref: used };
    return newsOf(document);
  };
  await expect(newsAt("#/components/schemas/Round")).rejects.toThrow("#/components/schemas/Round refers to itself");
  await expect(newsAt("#/components/schemas/None")).rejects.toThrow("#/components/schemas/None, which does not exist");
  const document = publishedDocument();
  at(document, "components", "schemas")["Unused"] = { $ref: "#/nowhere" };
  expect(await newsOf(document)).toEqual([]);
});

test.each([
  ["2026-09-beta", ["2026-09-beta"]],
  ["2026-09", ["2026-09-beta", "2026-09"]],
  ["2026-09-beta", ["2026-03", "2026-09-beta"]],
  ["v3", ["2026-09-beta", "v3", "2026-09"]],
])("%s is compared of %j", async (version, all) => {
  const paths = Object.assign({}, ...all.map((one) => publishedDocument(one)["paths"]));
  expect(versionOf({ ...publishedDocument(), paths })).toBe(version);
  expect(await newsOf(publishedDocument("2026-09-beta"), "2026-09-beta")).toEqual([]);
});

test("each departure that can be compared is found, and no other", async () => {
  const { differences } = await driftOf(publishedDocument("2026-03"), "2026-03");
  expect([...new Set(differences.map(({ known }) => known))].sort()).toEqual(
    ["D1", "D2", "D4", "D6", "D7", "D8", "D9", "D10", "D11", "D12", "D14", "D15"].sort(),
  );
});

test.each([...bodyChanges, ...operationChanges])("%s is told, and nothing else", async (_, change, told) => {
  const document = publishedDocument();
  change(document);
  expect(await newsOf(document)).toEqual(told);
});

test.each<[string, (document: Loose) => Loose]>([
  [
    "other names of components",
    (d) =>
      JSON.parse(
        JSON.stringify(d)
          .replaceAll("StoredFile", "Blob")
          .replaceAll('"Problem', '"Fault')
          .replaceAll("/Problem", "/Fault"),
      ) as Loose,
  ],
  ["another order of keys and lists", (d) => reversed(d) as Loose],
  [
    "another name in a path",
    (d) =>
      JSON.parse(JSON.stringify(d).replaceAll("taskId}", "task}").replace('"name":"taskId"', '"name":"task"')) as Loose,
  ],
  [
    "a reference within allOf",
    (d) => withProperty(d, "result", { allOf: [{ $ref: "#/components/schemas/StoredFile" }] }),
  ],
  [
    "a type said twice",
    (d) => withProperty(d, "taskId", { allOf: [{ type: ["string", "null"] }, { type: "string" }] }),
  ],
  [
    "an object that may have anything in it",
    (d) => {
      properties(d, "TaskProblem")["subCategory"] = { type: "object", additionalProperties: {} };
      return d;
    },
  ],
  [
    "parameters that stand with the path",
    (d) => {
      const item = at(d, "paths", STATUS);
      item["parameters"] = get(d)["parameters"];
      delete get(d)["parameters"];
      return d;
    },
  ],
  [
    "a parameter of the media type",
    (d) => JSON.parse(JSON.stringify(d).replaceAll("application/json", "application/json;charset=utf-8")) as Loose,
  ],
])("%s is no difference", async (_, change) => {
  const drift = await driftOf(change(publishedDocument()));
  const before = await driftOf(publishedDocument());
  const lines = (one: Drift) => one.differences.map((each) => JSON.stringify(each)).sort();
  expect(lines(drift)).toEqual(lines(before));
});

function reversed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(reversed).reverse();
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .map(([key, value]) => [key, reversed(value)])
      .reverse(),
  );
}

function withProperty(document: Loose, name: string, value: Json): Loose {
  properties(document, "Progress")[name] = value;
  return document;
}

test("a schema that contains itself is compared as far as ours goes", async () => {
  const document = publishedDocument();
  properties(document, "StoredFile")["original"] = { $ref: "#/components/schemas/StoredFile" };
  schema(document, "Detail")["allOf"] = [{ $ref: "#/components/schemas/Detail" }];
  expect(await newsOf(document)).toEqual([
    "not breaking property checkImportStatus 200 result.original: object / absent",
  ]);
});

test("a schema that refers twice to one that does the same, and so on, is read at once", async () => {
  const document = structuredClone(contract) as Loose;
  const schemas = at(document, "components", "schemas");
  const twice = (name: string) => [{ $ref: `#/components/schemas/${name}` }, { $ref: `#/components/schemas/${name}` }];
  schemas["Level0"] = schemas["File"];
  for (let level = 1; level <= 40; level += 1) {
    schemas[`Level${level}`] = { allOf: twice(`Level${level - 1}`), anyOf: twice(`Level${level - 1}`) };
  }
  properties(document, "TaskComplete")["result"] = { $ref: "#/components/schemas/Level40" };
  expect(await newsOf(document)).toEqual([]);
});

test("a scheme beside ours, or none, breaks no client", async () => {
  const document = structuredClone(contract) as Loose;
  at(document, "components", "securitySchemes")["key"] = { type: "apiKey", name: "key", in: "cookie" };
  get(document)["security"] = [{}, { bearer: [] }, { key: [] }];
  expect(await newsOf(document)).toEqual([
    "not breaking security checkImportStatus security: none / http bearer",
    "not breaking security checkImportStatus security: apiKey key / http bearer",
  ]);
});

test("a scheme as the contract has it is no difference, and the listed one is gone", async () => {
  const document = publishedDocument();
  at(document, "components", "securitySchemes")["oauth"] = { type: "http", scheme: "Bearer" };
  expect(await newsOf(document)).toEqual([]);
  const { gone } = await driftOf(document);
  expect(gone.map(({ where, published }) => `${where}: ${published}`)).toEqual([
    "importFromUrl security: oauth2",
    "checkImportStatus security: oauth2",
    "deleteFile security: oauth2",
  ]);
});

test("of what is missing as a whole, no part is said to be gone", async () => {
  const document = publishedDocument();
  delete at(get(document) as unknown as Loose, "responses")["200"];
  expect((await driftOf(document)).gone).toEqual([]);
});

test("of a document with several versions, v3 is compared", () => {
  const document = publishedDocument("2026-03");
  expect(versionOf({ paths: { ...document["paths"], ...publishedDocument()["paths"] } })).toBe("v3");
});

test("nodes of the wrong kind in any place are differences, never a stack", async () => {
  const places: (readonly string[])[] = [];
  const collect = (node: unknown, path: readonly string[]) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      places.push([...path, key]);
      collect(value, [...path, key]);
    }
  };
  collect(publishedDocument(), []);
  expect(places.length).toBeGreaterThan(300);
  const kinds = [null, 5, "x", [null], { x: null }];
  for (const [index, place] of places.entries()) {
    // Two at each place: all of them everywhere would take half a minute.
    for (const wrong of [kinds[index % 5], kinds[(index + 2) % 5]]) {
      const document = publishedDocument();
      at(document, ...place.slice(0, -1))[place.at(-1) as string] = wrong;
      const compare = () => {
        try {
          compareWithPublished({ published: sourceOf(document), ours, known, version: "v3" });
        } catch (error) {
          // A reference to what is gone is told by its name.
          if (!(error instanceof UnresolvedReference)) throw error;
        }
      };
      expect(compare, `${place.join("/")} = ${JSON.stringify(wrong)}`).not.toThrow();
    }
  }
});
