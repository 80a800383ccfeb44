import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import packageJson from "../package.json" with { type: "json" };
import type { Drift } from "../src/contract/drift.js";
import { publishedDocument } from "./drift/published.js";

type Published = ReturnType<typeof publishedDocument>;

async function drift(document: unknown, ...args: readonly string[]) {
  const directory = await mkdtemp(join(tmpdir(), "kit-drift-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "published.json");
  await writeFile(file, typeof document === "string" ? document : JSON.stringify(document));
  return new Promise<{ code: number; stdout: string; stderr: string; file: string }>((done) => {
    const child = execFile(
      process.execPath,
      [packageJson.bin["hubspot-import-kit"], "drift", file, ...args],
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr, file }),
    );
  });
}

async function news(document: unknown) {
  const { code, stdout } = await drift(document, "--json");
  const { differences } = JSON.parse(stdout) as Drift;
  const unknown = differences.filter((one) => one.class !== "known");
  expect(code).toBe(unknown.length > 0 ? 1 : 0);
  return unknown.map(({ kind, where, published, ours, class: kindOfNews }) => [
    kindOfNews,
    kind,
    where,
    published,
    ours,
  ]);
}

test.each(["v3", "2026-03"] as const)("of the document published for %s every difference is known", async (version) => {
  expect(await news(publishedDocument(version))).toEqual([]);
  const { code, stdout } = await drift(publishedDocument(version));
  expect(code).toBe(0);
  expect(stdout).toMatch(/0 breaking, 0 new, \d+ known \(--all lists them\)\n$/);
});

const STATUS = "/files/v3/files/import-from-url/async/tasks/{taskId}/status";
const IMPORT = "/files/v3/files/import-from-url/async";
const task = (document: Published) =>
  document.components.schemas["Task"] as NonNullable<Published["components"]["schemas"][string]>;
const schema = (document: Published, name: string) =>
  document.components.schemas[name] as NonNullable<Published["components"]["schemas"][string]>;

test.each<[string, (document: Published) => void, readonly string[]]>([
  [
    "a property more in an answer",
    (d) => (task(d).properties["etaMs"] = { type: "integer", format: "int64" }),
    ["new", "property", "checkImportStatus 200 etaMs", "present", "absent"],
  ],
  [
    "a property less in an answer",
    (d) => delete task(d).properties["numErrors"],
    ["breaking", "property", "checkImportStatus 200 numErrors", "absent", "present"],
  ],
  [
    "a property less in a file",
    (d) => delete schema(d, "StoredFile").properties["url"],
    ["breaking", "property", "checkImportStatus 200 result.url", "absent", "present"],
  ],
  [
    "a property more in a request",
    (d) => (schema(d, "Import").properties["note"] = { type: "string" }),
    ["new", "property", "importFromUrl request note", "present", "absent"],
  ],
  [
    "a property less in a request",
    (d) => delete schema(d, "Import").properties["ttl"],
    ["breaking", "property", "importFromUrl request ttl", "absent", "present"],
  ],
  [
    "another type",
    (d) => (task(d).properties["taskId"] = { type: "integer", format: "int64" }),
    ["breaking", "type", "checkImportStatus 200 taskId", "integer int64", "string"],
  ],
  [
    "another format",
    (d) => (schema(d, "StoredFile").properties["size"] = { type: "integer", format: "int32" }),
    ["breaking", "type", "checkImportStatus 200 result.size", "integer int32", "integer int64"],
  ],
  [
    "a null that was none",
    (d) => (schema(d, "StoredFile").properties["name"] = { type: "string", nullable: true }),
    ["breaking", "type", "checkImportStatus 200 result.name", "null or string", "string"],
  ],
  [
    "a state more",
    (d) =>
      (task(d).properties["status"] = {
        type: "string",
        enum: ["CANCELED", "COMPLETE", "FAILED", "PENDING", "PROCESSING"],
      }),
    [
      "breaking",
      "enum",
      "checkImportStatus 200 status",
      "CANCELED, COMPLETE, FAILED, PENDING, PROCESSING",
      "CANCELED, COMPLETE, PENDING, PROCESSING",
    ],
  ],
  [
    "a state less",
    (d) => (task(d).properties["status"] = { type: "string", enum: ["COMPLETE", "PENDING", "PROCESSING"] }),
    [
      "new",
      "enum",
      "checkImportStatus 200 status",
      "COMPLETE, PENDING, PROCESSING",
      "CANCELED, COMPLETE, PENDING, PROCESSING",
    ],
  ],
  [
    "a request's value less",
    (d) => (schema(d, "Import").properties["duplicateValidationScope"] = { type: "string", enum: ["ENTIRE_PORTAL"] }),
    [
      "breaking",
      "enum",
      "importFromUrl request duplicateValidationScope",
      "ENTIRE_PORTAL",
      "ENTIRE_PORTAL, EXACT_FOLDER",
    ],
  ],
  [
    "a request's value more",
    (d) =>
      (schema(d, "Import").properties["duplicateValidationScope"] = {
        type: "string",
        enum: ["ENTIRE_PORTAL", "EXACT_FOLDER", "NOWHERE"],
      }),
    [
      "new",
      "enum",
      "importFromUrl request duplicateValidationScope",
      "ENTIRE_PORTAL, EXACT_FOLDER, NOWHERE",
      "ENTIRE_PORTAL, EXACT_FOLDER",
    ],
  ],
  [
    "something more required in a request",
    (d) => schema(d, "Import").required.push("name"),
    ["breaking", "required", "importFromUrl request name", "always", "never"],
  ],
  [
    "something less required in an answer",
    (d) => (task(d).required = ["completedAt", "startedAt", "status"]),
    ["breaking", "required", "checkImportStatus 200 taskId", "never", "always"],
  ],
  [
    "something more required in an answer",
    (d) => task(d).required.push("requestedAt"),
    ["new", "required", "checkImportStatus 200 requestedAt", "always", "never"],
  ],
  [
    "a known difference that has changed once more",
    (d) => (schema(d, "TaskFailure").properties["subCategory"] = { type: "integer" }),
    ["breaking", "type", "checkImportStatus 200 errors[].subCategory", "integer", "object or string"],
  ],
  [
    "an error declared that we have not",
    (d) =>
      Object.assign(d.paths[STATUS] as object, {
        get: {
          ...(d.paths[STATUS] as { get: object }).get,
          responses: {
            ...(d.paths[STATUS] as { get: { responses: object } }).get.responses,
            451: { description: "no" },
          },
        },
      }),
    ["new", "status", "checkImportStatus 451", "declared", "absent"],
  ],
  [
    "another way to identify oneself",
    (d) => {
      d.components.securitySchemes = { ...d.components.securitySchemes, mtls: { type: "mutualTLS" } } as never;
      (d.paths[IMPORT] as { post: { security: object[] } }).post.security = [{ "private-app": [] }, { mtls: [] }];
    },
    ["new", "security", "importFromUrl mutualTLS mtls", "accepted", "absent"],
  ],
  [
    "an operation that is gone",
    (d) => delete d.paths[IMPORT],
    ["breaking", "operation", "importFromUrl", "absent", "present"],
  ],
  [
    "a parameter that is a number",
    (d) =>
      Object.assign((d.paths[STATUS] as { get: { parameters: object[] } }).get.parameters[0] as object, {
        schema: { type: "integer" },
      }),
    ["breaking", "parameter", "checkImportStatus {id}", "path integer required", "path string required"],
  ],
])("%s is told, once", async (_, change, difference) => {
  const document = publishedDocument();
  change(document);
  expect(await news(document)).toEqual([difference]);
});

test("another success status is breaking on both sides", async () => {
  const document = publishedDocument();
  const { post } = document.paths[IMPORT] as { post: { responses: Record<string, unknown> } };
  post.responses["200"] = post.responses["202"];
  delete post.responses["202"];
  const told = await news(document);
  expect(told.map(([kind, what, where]) => [kind, what, where])).toEqual(
    expect.arrayContaining([
      ["breaking", "status", "importFromUrl 202"],
      ["breaking", "status", "importFromUrl 200"],
    ]),
  );
});

test("names of components and the order of keys are no difference, nor is YAML", async () => {
  const text = JSON.stringify(publishedDocument()).replaceAll("TaskFailure", "ErrorOfATask");
  const reversed = JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as unknown;
  expect(await news(reversed)).toEqual([]);
  expect(await drift(stringify(publishedDocument()))).toMatchObject({ code: 0 });
});

test("what is told has both sides, and says what to do next; a list that is out of date is told, too", async () => {
  const document = publishedDocument();
  delete schema(document, "StoredFile").properties["url"];
  schema(document, "Failure").required = ["correlationId", "message"];
  const { code, stdout } = await drift(document);
  expect(code).toBe(1);
  expect(stdout).toContain(
    "  property checkImportStatus 200 result.url\n    - contract:  present\n    + published: absent\n",
  );
  expect(stdout).toContain("no longer so: D11 required * error category. Remove it from spec/evidence.md.\n");
  expect(stdout).toMatch(/1 breaking, 0 new, .*\nNext: change spec\/openapi\.yaml/);
  expect((await drift(document, "--all")).stdout).toContain("  required checkImportStatus 200 startedAt (D1)\n");
});

test("a schema that contains itself is compared to where it does", async () => {
  const document = publishedDocument();
  schema(document, "Detail").properties["inner"] = { $ref: "#/components/schemas/Detail" };
  expect((await news(document)).map(([, , where]) => where)).toContain("checkImportStatus 200 errors[].errors[].inner");
});

test.each([
  ["text", "hello", "is no OpenAPI 3 document"],
  ["broken YAML", "a: [", "is neither JSON nor YAML"],
  ["another version of OpenAPI", { swagger: "2.0", paths: {} }, "is no OpenAPI 3 document"],
  ["another API", { openapi: "3.0.1", info: {}, paths: { "/crm": {} } }, "has none of the import's operations"],
  ["a reference to nowhere", { ...publishedDocument(), components: { schemas: {} } }, "cannot be resolved"],
  [
    "a reference to elsewhere",
    { ...publishedDocument(), components: { schemas: { Task: { $ref: "https://example.invalid/a.json" } } } },
    "cannot be resolved",
  ],
])("%s is a user's mistake: exit code 2, one line, no stack", async (_, document, message) => {
  const { code, stdout, stderr, file } = await drift(document);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^drift: ${file} ${message}[^\\n]*\\n$`));
});
