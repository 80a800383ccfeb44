import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lintDocument } from "../bin/lint.js";
import { UserError } from "../src/user-error.js";
import { run } from "./command.js";
import { directoryOf } from "./verify-command.js";

/** The path of a document in a directory of the test's own, with others beside it. */
const documentOf = async (text: string, beside: Readonly<Record<string, string>> = {}) =>
  join(await directoryOf({ "openapi.yaml": text, ...beside }), "openapi.yaml");

/** A document whose one operation is at `/a`. */
const withOperation = (operation: object) =>
  JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, paths: { "/a": { get: operation } } });

test.each([
  ["an empty file", ""],
  [
    "null in every place",
    "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses: { '204': null, '400': null }\ncomponents:\n  schemas:\n    A: { properties: null, discriminator: null }\n",
  ],
])("lint answers %s with findings, or with a mistake of the user's", async (_, text) => {
  const answer: unknown = await lintDocument("openapi.yaml", text).catch((error: unknown) => error);
  expect(answer instanceof UserError || (answer as readonly unknown[]).length > 0).toBe(true);
});

test("lint passes our contract and fails a broken one with a line for each finding", async () => {
  const file = await documentOf("openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\n");
  const [ours, broken, json] = await Promise.all([run("lint"), run("lint", file), run("lint", file, "--json")]);
  expect(ours).toMatchObject({ code: 0, stdout: expect.stringContaining("no finding") });
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/openapi\.yaml:1 error kit-dialect /);
  expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ code: "kit-dialect", line: 1 }));
});

test("a key that stands twice is a finding", async () => {
  const file = await documentOf("openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\npaths: {}\n");
  const { code, stdout } = await run("lint", file);
  expect([code, stdout]).toEqual([1, expect.stringContaining("openapi.yaml:4 error parser Duplicate key: paths")]);
});

test("a few aliases that stand for gigabytes are refused in one line, at once", async () => {
  const levels = Array.from({ length: 30 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}, *l${n}]`);
  const bomb = await documentOf(`openapi: 3.1.0\nl0: &l0 [x]\n${levels.join("\n")}\n`);
  const { code, stdout, stderr } = await run("lint", bomb);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^lint: .*openapi\.yaml is neither JSON nor YAML: .*alias.*\n$/);
});

test("what a document refers to on the network is not fetched, and a file beside it is read", async () => {
  let requests = 0;
  const server = createServer((_, answer) => {
    requests += 1;
    answer.end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const schemaAt = ($ref: string) => {
    const content = { "application/json": { schema: { $ref } } };
    return withOperation({ responses: { 200: { description: "d", content } } });
  };
  const unresolved = async (ref: string, beside = {}) => {
    const file = await documentOf(schemaAt(ref), beside);
    const findings = JSON.parse((await run("lint", file, "--json")).stdout) as { code: string }[];
    return findings.filter(({ code }) => code === "invalid-ref").length;
  };
  const beside = { "a schema.json": '{"type":"object"}' };
  expect([
    await unresolved(`http://127.0.0.1:${port}/x.json`),
    await unresolved("./a%20schema.json", beside),
    await unresolved("./another.json", beside),
  ]).toEqual([1, 0, 1]);
  expect(requests).toBe(0);
});

test("an escape sequence in a document reaches the terminal escaped, as text and as JSON", async () => {
  const operation = { operationId: "\u001b[31mred\u202e", responses: { 200: { description: "d" } } };
  const file = await documentOf(withOperation(operation));
  const [text, json] = await Promise.all([run("lint", file), run("lint", file, "--json")]);
  expect(text.stdout).toContain(String.raw`\u001b[31mred\u202e`);
  expect(json.stdout).toContain(String.raw`\u001b[31mred\u202e`);
  expect((text.stdout + json.stdout).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
