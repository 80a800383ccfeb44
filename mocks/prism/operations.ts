import type { IHttpRequest, IHttpResponse } from "@stoplight/prism-http/dist/types.js";
import { IMPORT_PATH, statusPath } from "../../src/contract/operation.js";
import { createPrism } from "./components.js";
import { operationsJson } from "./operations.gen.js";

type Operations = Parameters<ReturnType<typeof createPrism>["request"]>[1];

let operations: Promise<Operations> | undefined;

/**
 * The contract's operations as Prism reads them, with their validators compiled. Made once a process: it takes 80 ms, and a
 * test suite starts hundreds of mocks.
 */
export function prismOperations(): Promise<Operations> {
  operations ??= readOperations();
  return operations;
}

async function readOperations(): Promise<Operations> {
  const read = JSON.parse(operationsJson) as Operations;
  for (const [request, response] of WARM_UP) await createPrism(() => response).request(request, read)();
  return read;
}

/** The first call of an operation compiles its validators: 80 ms that no client should wait for. */
const headers = { authorization: "Bearer warm-up", "content-type": "application/json", "content-length": "1" };
const json = { "Content-Type": "application/json" };
const WARM_UP: readonly (readonly [IHttpRequest, IHttpResponse])[] = [
  [
    { method: "post", url: { path: IMPORT_PATH }, headers, body: { url: "u", access: "PRIVATE", folderId: "1" } },
    { statusCode: 202, headers: json, body: {} },
  ],
  [
    { method: "get", url: { path: statusPath("warm-up") }, headers: { authorization: "Bearer warm-up" } },
    { statusCode: 200, headers: json, body: {} },
  ],
];
