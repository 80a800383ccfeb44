import { setupWorker } from "msw/browser";
import { createImportMock } from "../../mocks/handlers.js";

/** A page whose app imports through the mock, and shows the mock's panel. */
const mock = createImportMock({ baseUrl: "/hubspot" });
await setupWorker(...mock.handlers).start({ quiet: true, onUnhandledRequest: "bypass" });
const api = "/hubspot/files/v3/files/import-from-url/async";
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
Object.assign(window, {
  importFile: async (url: string) => {
    const body = JSON.stringify({ url, access: "PRIVATE", folderPath: "/library" });
    return ((await (await fetch(api, { method: "POST", headers, body })).json()) as { id: string }).id;
  },
  poll: async (id: string) => {
    const response = await fetch(`${api}/tasks/${id}/status`, { headers });
    return [response.status, ((await response.json()) as { status: string }).status];
  },
});
const panel = await mock.panel();
Object.assign(window, { closePanel: panel.close });
