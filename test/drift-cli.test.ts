import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { driftCommand, withPublished } from "../bin/drift.js";
import { type KnownDifference, knownDifferences } from "../src/contract/evidence.js";
import { compareWithPublished, type Drift, publishedVersion, readSource } from "../src/drift/drift.js";
import type { JsonObject } from "../src/json.js";
import { UserError } from "../src/user-error.js";
import { runToEnd } from "./command-host.js";
import { at } from "./drift/change.js";
import { publishedDocument } from "./drift/published.js";
import { BIN } from "./verify-command.js";

/** A directory of the test's own, with a document in it. */
async function directoryWith(text: string | Uint8Array): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "drift-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "published.json"), text);
  return directory;
}

/** The command as it is published. */
async function run(text: string, ...args: readonly string[]) {
  return runToEnd({ bin: BIN, args: ["drift", ...args], cwd: await directoryWith(text), env: process.env });
}

const unchanged = JSON.stringify(publishedDocument());
const changed = JSON.stringify(publishedDocument())
  .replace('"PROCESSING"]', '"PROCESSING","FAILED"]')
  .replace('"size":', '"sizeBytes":');

test("drift ends with 0 when all is known, and lists it with --all, from JSON and from YAML", async () => {
  const count = "v3: 0 breaking, 0 not breaking, 50 known";
  const [json, yaml] = await Promise.all([
    run(unchanged, "published.json"),
    run(stringify(publishedDocument()), "published.json", "--all"),
  ]);
  expect(json).toEqual({ code: 0, stdout: `${count} (--all lists them)\n`, stderr: "" });
  expect(yaml.code).toBe(0);
  expect(yaml.stdout).toContain(
    "KNOWN required: checkImportStatus 200 startedAt (D1)\n  published  required\n  ours       sometimes required\n",
  );
  expect(yaml.stdout.endsWith(`\n${count}\n`)).toBe(true);
});

test("drift ends with 1 when something is new, as docs/drift.md shows, and proposes rows that make it known", async () => {
  const { code, stdout, stderr } = await run(changed, "published.json");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  const [, shown] = /```text\n(.*?)```/s.exec(await readFile("docs/drift.md", "utf8")) ?? [];
  expect(stdout).toBe(shown);
  const rows = [...stdout.matchAll(/evidence\.yaml:\n +- (\{ .* \})$/gm)].map(([, row = ""]) => parse(row) as object);
  expect(rows.length).toBe(3);
  expect(rows[1]).toEqual({
    kind: "property",
    where: "checkImportStatus 200 result.size",
    published: "absent",
    departure: "D?",
    source: "published OpenAPI",
  });
  const listed = rows.map((row) => ({ ...row, versions: "all" }) as KnownDifference);
  const { differences } = await driftOf(changed, [...knownDifferences, ...listed]);
  expect(differences.filter((one) => one.class !== "known")).toEqual([]);
});

test("a row that the document does not have any more is reported, and fails nothing", async () => {
  const nullable = publishedDocument();
  Object.assign(at(nullable, "components", "schemas", "Progress", "properties", "startedAt"), { nullable: true });
  const quiet = await run(JSON.stringify(nullable), "published.json");
  expect(quiet.code).toBe(0);
  expect(quiet.stdout).toContain("NO LONGER THERE type: checkImportStatus 200 startedAt (D1)\n  was        string\n");
  // Together with what is new: ours has a second media type.
  const { gone, differences } = await driftOf(unchanged.replaceAll('"*/*"', '"application/json"'), knownDifferences);
  expect(gone).toContainEqual(
    expect.objectContaining({ kind: "media type", where: "deleteFile error", published: "*/*", departure: "D4" }),
  );
  expect(differences.every((one) => one.class === "known")).toBe(false);
});

async function driftOf(text: string, known: readonly KnownDifference[]): Promise<Drift> {
  const ours = readSource(parse(await readFile("spec/openapi.yaml", "utf8")) as JsonObject);
  const published = readSource(JSON.parse(text) as JsonObject);
  return compareWithPublished({ published, ours, known, version: "v3" });
}

test("drift --json has every difference, the known ones, too", async () => {
  const { code, stdout } = await run(changed, "published.json", "--json");
  expect(code).toBe(1);
  const { version, differences, gone } = JSON.parse(stdout) as Drift;
  expect({ version, gone, count: differences.length }).toEqual({ version: "v3", gone: [], count: 53 });
  expect(differences).toContainEqual({
    kind: "property",
    where: "checkImportStatus 200 result.size",
    published: "absent",
    ours: "integer",
    class: "breaking",
    reason: "a response field is removed, or renamed to sizeBytes",
  });
  expect(differences).toContainEqual({
    kind: "required",
    where: "checkImportStatus 200 startedAt",
    published: "required",
    ours: "sometimes required",
    class: "known",
    known: "D1",
  });
});

test("drift --markdown is a table with the breaking differences first, and the known ones only with --all", async () => {
  const [some, all, none] = await Promise.all([
    run(changed, "published.json", "--markdown"),
    run(changed, "published.json", "--markdown", "--all"),
    run(unchanged, "published.json", "--markdown"),
  ]);
  expect(some.code).toBe(1);
  const [summary, , heads, , first, second, third, ...rest] = some.stdout.split("\n");
  expect(summary).toBe("v3: 2 breaking, 1 not breaking, 50 known (--all lists them)");
  expect(heads).toBe("| class | kind | where | published | ours | why |");
  expect([first, second]).toEqual([expect.stringMatching(/^\| breaking/), expect.stringMatching(/^\| breaking/)]);
  expect(third).toBe(
    "| not breaking | property | `checkImportStatus 200 result.sizeBytes` | `integer` | `absent` | a new field |",
  );
  expect(rest).toEqual([""]);
  expect(all.stdout.match(/^\| known .* \| D\d+ \|$/gm)?.length).toBe(50);
  expect(none).toMatchObject({ code: 0, stdout: "v3: 0 breaking, 0 not breaking, 50 known (--all lists them)\n" });
});

test("what a document says is no markup in Markdown", async () => {
  const name = '"<b>|`x` [y](https://evil.example)":{"type":"string"},"taskId":{';
  const { stdout } = await run(unchanged.replace('"taskId":{', name), "published.json", "--markdown");
  expect(stdout).toContain("| `checkImportStatus 200 <b>\\|'x' [y](https://evil.example)` | `string` |");
});

test("help and errors name HubSpot's public catalogue; --json and --markdown exclude each other", async () => {
  const [help, both] = await Promise.all([
    run(unchanged, "--help"),
    run(unchanged, "published.json", "--json", "--markdown"),
  ]);
  expect(help.stdout).toContain("lists its documents: https://api.hubspot.com/public/api/spec/v1/specs\n");
  expect(both).toMatchObject({ code: 2, stdout: "" });
  expect(both.stderr).toContain("cannot be used with");
});

test("no reference out of the document is followed", async () => {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((done) => server.once("listening", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.json`;
  const directory = await directoryWith(unchanged.replace("#/components/schemas/StoredFile", url));
  const file = join(directory, "published.json");
  const compared = withPublished(file, (published) =>
    compareWithPublished({ published, ours: published, known: [], version: publishedVersion(published) ?? "" }),
  );
  await expect(compared).rejects.toThrow(`refers to ${url}, which is not in it`);
  expect(calls).toBe(0);
});

test("a file larger than any of HubSpot's is not read", async () => {
  const file = join(await directoryWith(""), "published.json");
  await truncate(file, 1e9); // takes no room on the disk
  await expect(withPublished(file, publishedVersion)).rejects.toThrow(`${file} has more than 50000000 bytes.`);
});

test("a document is read in any encoding, with any line ends, and with YAML's merge keys", async () => {
  const { info, ...rest } = publishedDocument();
  const yaml = `x-info: &info ${JSON.stringify(info)}\ninfo:\n  <<: *info\n${stringify(rest)}`;
  const texts = [
    `\uFEFF${unchanged}`,
    Buffer.from(`\uFEFF${unchanged}`, "utf16le"),
    Buffer.from(`\uFEFF${yaml}`, "utf16le").swap16(),
    `\uFEFF${yaml.replaceAll("\n", "\r\n")}`,
  ];
  for (const text of texts) {
    const file = join(await directoryWith(text), "published.json");
    expect(await withPublished(file, ({ document }) => document)).toMatchObject(publishedDocument());
  }
});

test("a document that is not there ends drift with code 2 and one line", async () => {
  expect(await run(unchanged, "nowhere.json")).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "drift: nowhere.json does not exist. Pass HubSpot's OpenAPI document of the Files API; https://api.hubspot.com/public/api/spec/v1/specs lists it.\n",
  });
});

test("what a document is named by reaches the terminal as text", async () => {
  const { stdout } = await run(
    unchanged.replace('"taskId":{', '"\\u001b[2J\\n":{"type":"string"},"taskId":{'),
    "published.json",
  );
  expect(stdout).toContain("NOT BREAKING property: checkImportStatus 200 \\u001b[2J\\n\n");
});

const nested = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
test.each<[string, string, string, string?]>([
  ["no file", unchanged, "nowhere.json does not exist", "nowhere.json"],
  ["a directory", unchanged, " is a directory", "."],
  ["an empty file", "", "is not an OpenAPI 3 document"],
  ["half a document", unchanged.slice(0, 500), "is neither JSON nor YAML: "],
  ["text", "hello: [", "is neither JSON nor YAML: "],
  ["a list", "[1, 2]", "is not an OpenAPI 3 document"],
  ["Swagger 2", '{"swagger":"2.0","paths":{}}', "is not an OpenAPI 3 document"],
  [
    "another API",
    '{"openapi":"3.0.1","info":{},"paths":{"/crm/v3/objects":{"get":{}}}}',
    "has neither of the two import operations",
  ],
  [
    "no operation under the paths",
    unchanged.replace('"post":{', '"trace":{').replace('"get":{', '"trace":{'),
    "has neither of the two import operations",
  ],
  ["a reference to nothing", unchanged.replace("schemas/StoredFile", "schemas/Nothing"), "cannot be used: "],
  [
    "a reference to a file",
    unchanged.replace("#/components/schemas/StoredFile", "./file.json"),
    "refers to ./file.json",
  ],
  [
    "a schema that is too deep",
    unchanged.replace('"taskId":{', `"taskId":{"allOf":${nested},`),
    "is nested too deeply",
  ],
])("%s is a mistake of the user's: one line, no stack", async (_, text, message, file = "published.json") => {
  const directory = await directoryWith(text);
  const told = driftCommand().parseAsync([join(directory, file)], { from: "user" });
  await expect(told).rejects.toThrow(UserError);
  await expect(told).rejects.toThrow(message);
  await expect(told).rejects.toThrow(
    /^[^\n]+ Pass HubSpot's OpenAPI document of the Files API; https:\/\/api\.hubspot\.com\/\S+ lists it\.$/,
  );
});
