// Generated from spec/openapi.yaml by `npm run generate`. Do not edit.
import type { OperationId } from "./contract.js";

export const paths: Readonly<Record<string, Readonly<Record<string, OperationId>>>> = {"/files/v3/files/import-from-url/async":{"POST":"importFromUrl"},"/files/v3/files/import-from-url/async/tasks/{taskId}/status":{"GET":"checkImportStatus"},"/files/v3/files/{fileId}":{"DELETE":"deleteFile"}};
