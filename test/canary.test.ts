import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from "@stoplight/prism-http";
import { expect, test } from "vitest";
import { bodies } from "./judge.js";

/**
 * A schema that Prism cannot compile passes everything without a word. So each body of the contract must have
 * something that Prism refuses, and each of its examples something that it cannot do without.
 */
const operations = await getHttpOperationsFromSpec("spec/openapi.yaml");
const paths: Record<string, string> = {
  importFromUrl: "/files/v3/files/import-from-url/async",
  checkImportStatus: "/files/v3/files/import-from-url/async/tasks/x/status",
  deleteFile: "/files/v3/files/1",
};
const VALID_IMPORT = { url: "https://example.com/a.png", access: "PRIVATE", folderId: "1" };

async function judge(operationId: string, body: unknown, answer: { statusCode: number; type: string; body: unknown }) {
  const config = {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    isProxy: false,
  } as const;
  const output = { statusCode: answer.statusCode, headers: { "content-type": answer.type }, body: answer.body };
  const prism = createInstance(
    { ...config, upstreamProxy: undefined, mock: { dynamic: false } },
    { logger: createLogger("canary", { level: "silent" }), mock: () => () => ({ _tag: "Right", right: output }) },
  );
  const { method = "" } = operations.find(({ iid }) => iid === operationId) ?? {};
  const headers: Record<string, string> = { authorization: "Bearer any" };
  if (body !== undefined) Object.assign(headers, { "content-type": "application/json", "content-length": "9" });
  const request = { method: method as IHttpRequest["method"], url: { path: paths[operationId] ?? "" }, headers, body };
  const result = await prism.request(request, operations)();
  if (result._tag === "Left") throw result.left;
  return result.right.validations;
}

async function problems({ operationId, status, type }: (typeof bodies)[number], body: unknown) {
  if (status === "request") {
    const { input } = await judge(operationId, body, { statusCode: 202, type: "application/json", body: {} });
    return input;
  }
  const request = operationId === "importFromUrl" ? VALID_IMPORT : undefined;
  return (await judge(operationId, request, { statusCode: Number(status), type, body })).output;
}

test.each(bodies)("Prism rejects an impossible body of $operationId $status $type", async (body) => {
  expect(await problems(body, 12345)).not.toEqual([]);
});

/** What each body cannot do without, by where it stands; written out, so that a loosened contract is noticed. */
const REQUIRED: readonly (readonly [
  applies: (body: Body) => boolean,
  where: readonly (string | number)[],
  names: readonly string[],
])[] = [
  [({ status }) => status === "request", [], ["access", "url"]],
  [({ operationId, status }) => operationId === "importFromUrl" && status === "202", [], ["id", "links"]],
  [({ operationId, status }) => operationId === "importFromUrl" && status === "202", ["links"], ["status"]],
  [({ status }) => Number(status) >= 400, [], ["message", "correlationId"]],
  [({ status }) => Number(status) >= 400, ["errors", 0], ["message"]],
  [isTask, [], ["taskId", "status"]],
  [isTask, ["result"], ["id", "createdAt", "updatedAt", "archived", "access"]],
  [isTask, ["errors", 0], ["status", "category", "message"]],
];
type Body = (typeof bodies)[number];

function isTask({ operationId, status }: Body): boolean {
  return operationId === "checkImportStatus" && status.startsWith("20");
}

const at = (value: unknown, path: readonly (string | number)[]) =>
  path.reduce((node, key) => (node as Record<string | number, unknown> | undefined)?.[key], value);

test.each(bodies.filter(({ type }) => type === "application/json"))(
  "Prism accepts each example of $operationId $status, and misses each required property in it",
  async (body) => {
    for (const { name, value } of body.examples) {
      expect(await problems(body, value), name).toEqual([]);
      for (const [applies, where, names] of REQUIRED) {
        if (!applies(body) || at(value, where) === undefined) continue;
        for (const property of names) {
          const lacking = structuredClone(value);
          delete (at(lacking, where) as Record<string, unknown>)[property];
          expect(await problems(body, lacking), `${name} without ${[...where, property].join("/")}`).not.toEqual([]);
        }
      }
    }
  },
);

test("a complete task cannot do without its dates", async () => {
  const [status] = bodies.filter((body) => isTask(body) && body.status === "200");
  for (const { value } of status?.examples.filter(({ name }) => name.startsWith("complete")) ?? []) {
    for (const property of ["startedAt", "completedAt"]) {
      const lacking = { ...(value as object), [property]: undefined };
      expect(await problems(status as Body, JSON.parse(JSON.stringify(lacking)))).not.toEqual([]);
    }
  }
});

test("the bodies are those of three operations", () => {
  expect(bodies.length).toBeGreaterThan(40);
  expect([...new Set(bodies.map(({ operationId }) => operationId))].sort()).toEqual(Object.keys(paths).sort());
});
