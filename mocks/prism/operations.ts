import { fileURLToPath } from "node:url";
import { createLogger } from "@stoplight/prism-core";
import { createInstance, getHttpOperationsFromSpec, type IHttpRequest } from "@stoplight/prism-http";
import { IMPORT_PATH, statusPath } from "../../src/contract/operation.js";

type Operations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;

const CONTRACT = fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url));

let operations: Promise<Operations> | undefined;

/**
 * The contract's operations as Prism reads them, with their validators compiled. Read once a process: it takes 220 ms,
 * and a test suite starts hundreds of mocks.
 */
export function prismOperations(): Promise<Operations> {
  operations ??= readOperations();
  return operations;
}

async function readOperations(): Promise<Operations> {
  const read = await getHttpOperationsFromSpec(CONTRACT);
  const config = { ...PRISM_CONFIG, mock: { dynamic: false } };
  const stock = createInstance(config, { logger: createLogger("prism", { level: "silent" }) });
  for (const request of WARM_UP) await stock.request(request, read, { ...config, mock: { dynamic: false } })();
  return read;
}

/** All that Prism can check, and nothing refused for it: what is found is reported. */
export const PRISM_CONFIG = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  isProxy: false,
  upstreamProxy: undefined,
} as const;

/** The first call of an operation compiles its validators: 80 ms that no client should wait for. */
const headers = { authorization: "Bearer warm-up", "content-type": "application/json", "content-length": "1" };
const WARM_UP: readonly IHttpRequest[] = [
  { method: "post", url: { path: IMPORT_PATH }, headers, body: { url: "u", access: "PRIVATE", folderId: "1" } },
  { method: "get", url: { path: statusPath("warm-up") }, headers: { authorization: "Bearer warm-up" } },
];
