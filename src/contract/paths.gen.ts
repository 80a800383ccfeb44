// Generated from spec/openapi.yaml by `npm run generate`. Do not edit.
import type { OperationId } from "./contract.js";

/** The beginning of the paths of all versions. */
export const api = "/files";

export const versions: readonly string[] = ["v3","2025-09","2026-03","2026-09"];

/** By the part after the version. */
export const paths: Readonly<Record<string, Readonly<Record<string, OperationId>>>> = {"/files/import-from-url/async":{"POST":"importFromUrl"},"/files/import-from-url/async/tasks/{taskId}/status":{"GET":"checkImportStatus"},"/files/{fileId}":{"DELETE":"deleteFile"}};
