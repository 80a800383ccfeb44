import { type HttpHandler, HttpResponse } from "msw";
import type { TaskLocator, TaskStatus } from "../../src/contract/contract.js";
import type { Address } from "./address.js";
import { handlerOf } from "./handler.js";

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

/** @param address where the mock is */
export function createOverrides(address: Address): Overrides {
  return {
    importFromUrl: (answer) =>
      handlerOf(address, "importFromUrl", async ({ request }) =>
        // A copy: an answer that reads the body may yet leave the call to the mock.
        asResponse(202, await answer({ request: request.clone() })),
      ),
    checkImportStatus: (answer) =>
      handlerOf(address, "checkImportStatus", async ({ request, params }) =>
        asResponse(200, await answer({ request, taskId: String(params["taskId"]) })),
      ),
    deleteFile: (answer) =>
      handlerOf(address, "deleteFile", async ({ request, params }) =>
        asResponse(204, await answer({ request, fileId: String(params["fileId"]) })),
      ),
  };
}

function asResponse(status: number, answer: TaskLocator | TaskStatus | Response | undefined): Response | undefined {
  return answer === undefined || answer instanceof Response ? answer : HttpResponse.json(answer, { status });
}
