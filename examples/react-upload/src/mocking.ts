import { createImportMock } from "hubspot-import-kit/msw";
import { setupWorker } from "msw/browser";

/** HubSpot in the browser. The app calls its own back end, which would add the token and pass the call on. */
export async function startMocking(): Promise<void> {
  const mock = createImportMock({ baseUrl: `${location.origin}/hubspot`, pace: "time" });
  await setupWorker(...mock.handlers).start({ quiet: true, onUnhandledRequest: "bypass" });
}
