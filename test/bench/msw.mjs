/**
 * The budgets of the MSW door, measured: `npm run bench:msw`. Exits with 1 where one is not kept.
 * Times are compared with a trivial handler's in the same run, in turn, so that the machine's mood cancels out.
 */
import { createImportMock } from "hubspot-import-kit/msw";
import { getResponse, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { measureMswEntry } from "./msw-size.mjs";

const ROUNDS = 21;
const CALLS = 1000;
const STATUS = "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/happy/status";
const headers = { Authorization: "Bearer any" };

/** What ours answers once the task is complete, which is what almost every call of a run asks for. */
const complete = createImportMock({ pace: "immediate" }).handlers;
const body = await (await getResponse(complete, new Request(STATUS, { headers }))).json();
const trivial = [
  http.get("https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/:id/status", () =>
    HttpResponse.json(body),
  ),
];
// As many handlers stand before the one that answers as in ours.
const ours = createImportMock().handlers.filter(({ info }) => info.method === "GET");

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function microsecondsACall(call) {
  const start = performance.now();
  for (let count = 0; count < CALLS; count += 1) await call();
  return ((performance.now() - start) / CALLS) * 1000;
}

const throughGetResponse = (handlers) => () => getResponse(handlers, new Request(STATUS, { headers }));
const server = setupServer();
const throughFetch = (handlers) => {
  server.resetHandlers(...handlers);
  return async () => (await fetch(STATUS, { headers })).text();
};

async function compare(through) {
  const samples = { ours: [], trivial: [], difference: [], ratio: [] };
  for (let warmUp = 0; warmUp < 3; warmUp += 1) {
    await microsecondsACall(through(ours));
    await microsecondsACall(through(trivial));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const mine = await microsecondsACall(through(ours));
    const theirs = await microsecondsACall(through(trivial));
    samples.ours.push(mine);
    samples.trivial.push(theirs);
    samples.difference.push(mine - theirs);
    samples.ratio.push(theirs / mine);
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
}

const { gzipped } = await measureMswEntry();
const direct = await compare(throughGetResponse);
server.listen({ onUnhandledRequest: "error" });
const fetched = await compare(throughFetch);
server.close();

const budgets = [
  ["the msw entry, gzipped, without msw", `${(gzipped / 1000).toFixed(1)} kB`, "at most 48 kB", gzipped <= 48_000],
  [
    "a poll through getResponse",
    `${direct.ours.toFixed(0)} µs, a trivial handler's ${direct.trivial.toFixed(0)} µs: ${direct.difference.toFixed(0)} µs more`,
    "at most 40 µs more",
    direct.difference <= 40,
  ],
  [
    "sequential GETs through fetch",
    `${(fetched.ratio * 100).toFixed(0)} % of a trivial handler's rate`,
    "at least 90 %",
    fetched.ratio >= 0.9,
  ],
];
for (const [what, measured, budget, kept] of budgets)
  console.log(`${kept ? "kept  " : "BROKEN"}  ${what}: ${measured} (${budget})`);
process.exitCode = budgets.every(([, , , kept]) => kept) ? 0 : 1;
