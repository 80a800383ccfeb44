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

test.each(bodies)("Prism refuses an impossible body of $operationId $status $type", async (body) => {
  expect(await problems(body, 12345)).not.toEqual([]);
});

test.each(bodies.filter(({ type }) => type === "application/json"))(
  "Prism accepts each example of $operationId $status, and misses a required property in it",
  async (body) => {
    for (const { value } of body.examples) {
      expect(await problems(body, value)).toEqual([]);
      const lacking = await Promise.all(
        Object.keys(value as object).map((key) => problems(body, { ...(value as object), [key]: undefined })),
      );
      expect(lacking.filter((found) => found.length > 0).length).toBeGreaterThan(0);
    }
  },
);

test("the bodies are those of three operations", () => {
  expect(bodies.length).toBeGreaterThan(40);
  expect([...new Set(bodies.map(({ operationId }) => operationId))].sort()).toEqual(Object.keys(paths).sort());
});
