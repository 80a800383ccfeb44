import type { SetupServer } from "msw/node";
import { createImportMock, type ImportMock, type ImportMockOptions } from "./handlers.js";

export interface FixtureOptions extends ImportMockOptions {
  /** A server (or worker) that listens already. Without it, each test starts and closes one of its own. */
  readonly server?: Pick<SetupServer, "use" | "resetHandlers">;
}

/**
 * A fixture for `test.extend` that gives each test its own mock, and fails the test if a request broke the contract,
 * even where the app swallowed the error.
 *
 * @throws in a test's teardown, UserError `contract-violation`
 * @see docs/msw.md
 * @example const test = base.extend(importMockFixture({ scenario: "canceled" }));
 */
export function importMockFixture(options: FixtureOptions = {}) {
  const { server: given, ...mockOptions } = options;
  return {
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from this pattern
    importMock: async ({}: object, use: (mock: ImportMock) => Promise<void>): Promise<void> => {
      const mock = createImportMock(mockOptions);
      const close = given ? lend(given, mock) : await startServer(mock);
      try {
        await use(mock);
        mock.assertNoViolations();
      } finally {
        close();
      }
    },
  };
}

function lend(server: Pick<SetupServer, "use" | "resetHandlers">, { handlers }: ImportMock): () => void {
  server.use(...handlers);
  return () => server.resetHandlers();
}

async function startServer({ handlers }: ImportMock): Promise<() => void> {
  // Loaded here, so that a browser's tests, which bring their worker, never load it.
  const { setupServer } = await import("msw/node");
  const server = setupServer(...handlers);
  // msw 3 renamed the option and ignores the old name.
  server.listen({ onUnhandledRequest: "bypass", ...{ onUnhandledFrame: "bypass" } });
  return () => server.close();
}
