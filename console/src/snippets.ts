import type { Task } from "./api.js";
import { IMPORT_PATH } from "./api.js";

/** What the task's import sent, as far as the journal has it. */
function importBody({ exchanges, scenario, draft }: Task): string {
  const sent = exchanges.find(({ operation }) => operation === "importFromUrl")?.request.body;
  const made = {
    url: `https://example.com/${draft.fileName}#mock=${scenario}`,
    access: draft.access,
    folderPath: draft.folderPath ?? "/library",
  };
  return sent ?? JSON.stringify(made);
}

/** The import and its polls, in JavaScript. @param control the address of the control API */
export function fetchSnippet(task: Task, control: string): string {
  const base = `${control.replace(/\/__mock$/, "")}/s/${task.exchanges[0]?.session ?? "default"}`;
  return `const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const base = ${JSON.stringify(base + IMPORT_PATH)};
const body = ${JSON.stringify(importBody(task))};
const { id } = await (await fetch(base, { method: "POST", headers, body })).json();
for (let state = ""; !["COMPLETE", "CANCELED"].includes(state); ) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const response = await fetch(\`\${base}/tasks/\${id}/status\`, { headers });
  ({ status: state } = response.ok ? await response.json() : { status: state });
  console.log(response.status, state);
}
`;
}

/** A mock inside MSW that does the same. */
export function mswSnippet({ scenario }: Task): string {
  return `import { createImportMock } from "hubspot-import-kit/msw";
import { setupServer } from "msw/node";

const mock = createImportMock({ scenario: ${JSON.stringify(scenario)} });
const server = setupServer(...mock.handlers);
server.listen();
`;
}

/** A test in which an import goes as this task did. */
export function vitestSnippet({ scenario }: Task): string {
  return `import { expect } from "vitest";
import { test } from "hubspot-import-kit/vitest";

test("the app copes with ${scenario}", async ({ mock }) => {
  mock.use(${JSON.stringify(scenario)});
  // Start the import in your app here, and wait until it says how that ended.
  mock.assertNoViolations();
  expect(mock.tasks).toHaveLength(1);
});
`;
}
