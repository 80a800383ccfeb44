import { setupWorker } from "msw/browser";
import { createImportMock } from "../../mocks/handlers.js";
import { createClock } from "../clock.js";
import { transcribe } from "../parity/transcript.js";

/** What a page of each engine does once it is loaded, and tells in the end. */
async function live(): Promise<Readonly<Record<string, unknown>>> {
  const scenarios = new URLSearchParams(location.search).get("scenarios")?.split(",") ?? [];
  const worker = setupWorker();
  await worker.start({ quiet: true, onUnhandledRequest: "bypass" });

  const clock = createClock();
  const mock = createImportMock({ baseUrl: "/hubspot", now: clock.now, wait: async () => undefined });
  worker.resetHandlers(...mock.handlers);
  const send = (path: string, init?: RequestInit) => fetch(`/hubspot${path}`, init);
  const lines = await transcribe({ send, step: () => clock.advance(1000) }, scenarios);
  const { result } = await mock.conduct();

  const status = (id: string) => `/files/v3/files/import-from-url/async/tasks/${id}/status`;
  const headers = { Authorization: "Bearer any" };
  await send(status("black-hole"), { headers });
  const leaving = new AbortController();
  const unanswered = send(status("black-hole"), { headers, signal: leaving.signal }).catch(
    (error: Error) => error.name,
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  leaving.abort();

  // What is no request of ours passes the worker, with its body.
  worker.resetHandlers(...createImportMock({ baseUrl: "*", onViolation: "throw" }).handlers);
  const body = '{"of":"the app"}';
  const echo = await fetch("/echo", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return { lines, result, aborted: await unanswered, echo: await echo.text() };
}

live()
  .catch((error: Error) => ({ error: `${error.message} ${error.stack}` }))
  .then((told) => fetch("/told", { method: "POST", body: JSON.stringify(told) }));
