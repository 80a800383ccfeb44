// Kept in the declarations: it loads the types that are augmented below.
import "vitest";
import { type HttpHandler, HttpResponse, http } from "msw";
import type { SetupServer } from "msw/node";
import { expect } from "vitest";
import { API_PATH, apiPath, matchOperation } from "../src/contract/operations.js";
import { UserError } from "../src/user-error.js";
import { type ApiVersion, failureText, toHaveGoodConduct, toHaveNoRequestsTo } from "./good-conduct.js";
import { createImportMock, type ImportMock, type ImportMockOptions } from "./handlers.js";
import { HUBSPOT, parseAddress, routeAt } from "./msw-address.js";

expect.extend({ toHaveGoodConduct, toHaveNoRequestsTo });

// Not in Vitest's own Assertion, whose type parameters differ between its versions: all of them have what Chai's has.
declare global {
  namespace Chai {
    interface Assertion {
      /**
       * The app broke no rule of conduct: it stopped at the end, waited as asked, and so on. Takes a mock or the conduct that
       * it returned. Fails if the app was not judged at all.
       *
       * @param taskId a task of the mock; default: all
       * @see docs/conduct.md
       * @example await expect(mock).toHaveGoodConduct();
       */
      toHaveGoodConduct(taskId?: string): Promise<void>;
      /**
       * The app sent no request to that version of the API. Takes a mock. Fails if the mock got no request at all, also under
       * `not`.
       *
       * @see docs/versions.md
       * @example expect(mock).toHaveNoRequestsTo("v3");
       */
      toHaveNoRequestsTo(version: ApiVersion): void;
    }
  }
}

export interface FixtureOptions extends ImportMockOptions {
  /** A server (or worker) that is already listening. Default: each test starts and closes a separate one. */
  readonly server?: Pick<SetupServer, "use" | "resetHandlers">;
  /** Whether a test fails if its app broke a rule of conduct. Default false. */
  readonly conduct?: boolean;
  /**
   * Where the page of a failed test's mock is written: a directory, in which it is named after the test, or a file that ends
   * with `.html`. The failure's message names the file. Only in Node. Default: no page is written.
   */
  readonly report?: string;
}

/** The parts of Vitest's running test that the fixture reads. */
interface RunningTest {
  readonly name: string;
  readonly suite?: Suite | undefined;
  readonly result?: { readonly state: string; readonly errors?: Failure[] | undefined } | undefined;
}

type Failure = Pick<Error, "message" | "stack">;

interface Suite {
  readonly name: string;
  readonly suite?: Suite | undefined;
}

/**
 * A fixture for `test.extend` that gives each test its own mock, and fails the test if a request broke the contract,
 * even if the app swallowed the error.
 *
 * @throws in a test's teardown, UserError `contract-violation`; `request-not-mocked` if the app requested another address
 *   than `baseUrl`, without `server`; or `bad-conduct`, with `conduct`
 * @see docs/msw.md
 * @example const test = base.extend(importMockFixture({ scenario: "canceled", conduct: true }));
 */
export function importMockFixture(options: FixtureOptions = {}) {
  const { server: given, conduct = false, report, ...mockOptions } = options;
  return {
    // Vitest reads a fixture's needs from this pattern.
    importMock: async (
      { task }: { readonly task?: RunningTest },
      use: (mock: ImportMock) => Promise<void>,
    ): Promise<void> => {
      const mock = createImportMock(mockOptions);
      const strays: string[] = [];
      const close = given ? lend(given, mock) : await startServer([...mock.handlers, catchStrays(strays, options)]);
      const errors: Failure[] = [];
      try {
        await use(mock);
        if (task?.result?.state === "fail") errors.push(...(task.result.errors ?? []));
        if (strays.length > 0) throw new UserError("request-not-mocked", strays.join("\n"));
        mock.assertNoViolations();
        if (conduct) await requireGoodConduct(mock);
      } catch (error) {
        if (error instanceof Error) errors.push(error);
        throw error;
      } finally {
        // Before the server is reset, and the mock with it.
        if (report !== undefined && errors.length > 0) await reportFailure(errors, { report, mock, task });
        close();
      }
    },
  };
}

/** Writes the page of a failed test's mock and names it in the errors' messages. */
async function reportFailure(
  errors: readonly Failure[],
  {
    report,
    mock,
    task,
  }: { readonly report: string; readonly mock: ImportMock; readonly task: RunningTest | undefined },
): Promise<void> {
  const names = [task?.name ?? "test"];
  for (let suite = task?.suite; suite; suite = suite.suite) names.unshift(suite.name);
  let note: string;
  try {
    // Loaded on demand: most tests pass, and a browser has no files.
    const { writeTestReport } = await import("./test-report.js");
    note = `What the app did: ${await writeTestReport(report, names.join(" > "), mock)}`;
  } catch (error) {
    note = `The report could not be written: ${(error as Error).message}`;
  }
  for (const error of errors) {
    const { message, stack } = error;
    error.message = `${message}\n\n${note}`;
    // Vitest's JSON and JUnit reporters print the stack, which begins with the message.
    if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  }
}

/** A test without requests shows nothing about conduct. */
async function requireGoodConduct(mock: ImportMock): Promise<void> {
  const conduct = await mock.conduct();
  if (conduct.result === "fail") throw new UserError("bad-conduct", await failureText(conduct));
}

function lend(server: Pick<SetupServer, "use" | "resetHandlers">, { handlers }: ImportMock): () => void {
  server.use(...handlers);
  return () => server.resetHandlers();
}

/** Stops imports to another address, where there may be a server. All other requests pass. */
function catchStrays(strays: string[], { baseUrl = HUBSPOT }: ImportMockOptions): HttpHandler {
  const address = parseAddress(baseUrl);
  return http.all(API_PATH, ({ request }) => {
    const { method, url } = request;
    const path = apiPath(url);
    if (matchOperation(method, path).operation === undefined) return undefined;
    const { origin, pathname } = new URL(url);
    if (routeAt(address, request)?.operation) {
      // The fixture's mock leaves it to others, as a body can be read only once.
      strays.push(
        `${method} ${origin}${pathname} was read by several handlers, as in concurrent tests (see docs/frameworks/vitest.md) or beside a server of your own (pass it to the fixture).`,
      );
      return HttpResponse.error();
    }
    const before = pathname.slice(0, -path.length);
    const called = origin === globalThis.location?.origin ? before || "/" : origin + before;
    strays.push(
      `${method} ${origin}${pathname} is not below the mock's baseUrl, ${baseUrl}. Write importMockFixture({ baseUrl: "${called}" }).`,
    );
    return HttpResponse.error();
  });
}

async function startServer(handlers: readonly HttpHandler[]): Promise<() => void> {
  // Loaded on demand: a browser's tests, which have their own worker, never need it.
  const { setupServer } = await import("msw/node");
  const server = setupServer(...handlers);
  // msw 3 renamed the option and ignores the old name.
  server.listen({ onUnhandledRequest: "bypass", ...{ onUnhandledFrame: "bypass" } });
  return () => server.close();
}
