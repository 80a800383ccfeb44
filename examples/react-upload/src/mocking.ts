import { createImportMock } from "hubspot-import-kit/msw";
import { setupWorker } from "msw/browser";

/** HubSpot in the browser. The app calls its own back end, which would add the token and pass the call on. */
export async function startMocking(): Promise<void> {
  const mock = createImportMock({ baseUrl: "/hubspot", pace: "time" });
  Object.assign(window, { mock }); // in the console: mock.use("canceled")
  await setupWorker(...mock.handlers).start({ quiet: true, onUnhandledRequest: "bypass" });
}
