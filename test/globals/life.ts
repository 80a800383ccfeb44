import { getResponse } from "msw";
import { createImportMock, handlers } from "../../mocks/handlers.js";
import { createClock } from "../clock.js";
import { transcribe } from "../parity/transcript.js";

/** All that the entry does, at once and later, as text. */
export async function run(scenarios: readonly string[]): Promise<readonly string[]> {
  const clock = createClock();
  const mock = createImportMock({ now: clock.now, wait: async () => undefined });
  const send = async (path: string, init: RequestInit) => {
    const response = await getResponse([...mock.handlers], new Request(`https://api.hubapi.com${path}`, init));
    if (response?.type === "error") throw new TypeError("Failed to fetch");
    return response as Response;
  };
  const lines = await transcribe({ send, step: () => clock.advance(1000) }, scenarios);
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const status = "/files/v3/files/import-from-url/async/tasks/happy/status";
  const head = await send(status, { method: "HEAD", headers });
  const ready = await getResponse([...handlers], new Request(`https://api.hubapi.com${status}`, { headers }));
  const { result, clients } = await mock.conduct();
  const judged = clients.flatMap(({ checks }) => checks.map((check) => `${check.id}: ${check.result}`));
  return [...lines, `${head.status} ${ready?.status} ${result}`, ...judged];
}
