/**
 * What a poll through the MSW door takes beside a trivial handler's, in turn. Of the processor, not of the clock: nothing
 * here waits, and what else the machine does changes little. `npm run bench:msw` holds it against bench/targets.mjs.
 */
import { getResponse, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

const CALLS = 1000;
const STATUS = "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/happy/status";
const headers = { Authorization: "Bearer any" };

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function microsecondsACall(call) {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

/** @returns medians, in µs a call: how much ours takes beyond a trivial handler's, and that one's share of ours */
async function compare(through, ours, trivial, rounds) {
  const samples = { difference: [], ratio: [] };
  for (let round = -3; round < rounds; round += 1) {
    const mine = await microsecondsACall(through(ours));
    const theirs = await microsecondsACall(through(trivial));
    if (round < 0) continue;
    samples.difference.push(mine - theirs);
    samples.ratio.push(theirs / mine);
  }
  return { difference: median(samples.difference), ratio: median(samples.ratio) };
}

/** Through `getResponse`, and through `fetch` with a server of MSW's that listens. */
export async function measureMswPolls(createImportMock, rounds = 21) {
  // What ours answers once the task is complete, which is what almost every call of a run asks for.
  const complete = createImportMock({ pace: "immediate" }).handlers;
  const body = await (await getResponse(complete, new Request(STATUS, { headers }))).json();
  const trivial = [
    http.get("https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/:id/status", () =>
      HttpResponse.json(body),
    ),
  ];
  // As many handlers stand before the one that answers as in ours.
  const ours = createImportMock().handlers.filter(({ info }) => info.method === "GET");

  const throughGetResponse = (handlers) => () => getResponse(handlers, new Request(STATUS, { headers }));
  const direct = await compare(throughGetResponse, ours, trivial, rounds);
  const server = setupServer();
  const throughFetch = (handlers) => {
    server.resetHandlers(...handlers);
    return async () => (await fetch(STATUS, { headers })).text();
  };
  server.listen({ onUnhandledRequest: "error" });
  const fetched = await compare(throughFetch, ours, trivial, rounds);
  server.close();
  return { direct, fetched };
}
