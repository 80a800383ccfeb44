import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { valueAt } from "../src/json.js";
import { contract } from "./judge.js";

interface Link {
  readonly operationId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
);

/** The request that a link leads to, as any tool makes it that reads OpenAPI; undefined where a parameter has no value. */
function followed({ operationId, parameters }: Link, body: unknown): { method: string; path: string } | undefined {
  const operation = operations.find((one) => one.operationId === operationId);
  let path = operation?.path ?? "";
  for (const [name, expression] of Object.entries(parameters)) {
    const value = valueAt(body, expression.replace("$response.body#", ""));
    if (value === undefined) return undefined;
    path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  return { method: (operation?.method ?? "").toUpperCase(), path };
}

test("who follows the contract's links gets from an import to its task and to the deletion of its file", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, pace: "polls" });
  onTestFinished(mock.close);
  const visited: string[] = [];
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

  async function visit(operationId: string, request: { method: string; path: string }, body?: object): Promise<void> {
    const response = await fetch(mock.url + request.path, {
      ...request,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = response.status === 204 ? {} : ((await response.json()) as { status?: string });
    visited.push(`${operationId} ${response.status} ${answer.status ?? ""}`.trim());
    const declared = operations.find((one) => one.operationId === operationId)?.responses[response.status];
    for (const link of Object.values((declared as { links?: Record<string, Link> }).links ?? {})) {
      let next = followed(link, answer);
      for (let poll = 0; !next && poll < 5; poll += 1) {
        const again = await fetch(mock.url + request.path, { headers });
        next = followed(link, await again.json());
      }
      if (next) await visit(link.operationId, next);
    }
  }

  const first = operations.find((one) => one.operationId === "importFromUrl");
  const body = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };
  await visit("importFromUrl", { method: "POST", path: first?.path ?? "" }, body);
  expect(visited).toEqual(["importFromUrl 202", "checkImportStatus 200 PENDING", "deleteFile 204"]);
});
