import { type HttpHandler, HttpResponse, http } from "msw";
import type { TaskLocator, TaskStatus } from "../../src/contract/contract.js";

/** A body of the contract's, or a whole `Response`; undefined leaves the call to the mock. */
type Answer<Body> = Body | Response | undefined | Promise<Body | Response | undefined>;

export interface Overrides {
  readonly importFromUrl: (answer: (call: { readonly request: Request }) => Answer<TaskLocator>) => HttpHandler;
  readonly checkImportStatus: (
    answer: (call: { readonly request: Request; readonly taskId: string }) => Answer<TaskStatus>,
  ) => HttpHandler;
  readonly deleteFile: (
    answer: (call: { readonly request: Request; readonly fileId: string }) => Answer<never>,
  ) => HttpHandler;
}

/** @param paths where each operation is, as MSW matches them */
export function createOverrides(paths: {
  readonly import: string;
  readonly status: string;
  readonly file: string;
}): Overrides {
  return {
    importFromUrl: (answer) =>
      http.post(paths.import, async ({ request }) => asResponse(202, await answer({ request }))),
    checkImportStatus: (answer) =>
      http.get(paths.status, async ({ request, params }) =>
        asResponse(200, await answer({ request, taskId: String(params["taskId"]) })),
      ),
    deleteFile: (answer) =>
      http.delete(paths.file, async ({ request, params }) =>
        asResponse(204, await answer({ request, fileId: String(params["fileId"]) })),
      ),
  };
}

function asResponse(status: number, answer: TaskLocator | TaskStatus | Response | undefined): Response | undefined {
  return answer === undefined || answer instanceof Response ? answer : HttpResponse.json(answer, { status });
}
