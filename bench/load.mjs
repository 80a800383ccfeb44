/**
 * The load is autocannon's, in this process, without pipelining: a client waits for a response before its next request.
 * It takes about as long for each request as bare node:http does, so on two cores the generator limits bare's rate as
 * much as the server does, and a ratio of rates flatters the other servers. The processor time of the server's own
 * process does not depend on the generator, and is more stable.
 */
import autocannon from "autocannon";
import { AUTH, CAT, IMPORT, statusOf } from "./servers.mjs";

const JSON_HEADERS = { ...AUTH, "Content-Type": "application/json" };
const IMPORT_ONE = { method: "POST", path: IMPORT, headers: JSON_HEADERS, body: CAT };

/** The request that a connection repeats. */
export const pollsOf = (task) => [{ method: "GET", path: statusOf(task), headers: AUTH }];
export const imports = [IMPORT_ONE];
/** An import, and six polls of its task. */
export const mixed = [
  {
    ...IMPORT_ONE,
    onResponse(_, body, context) {
      context.id = JSON.parse(body).id;
    },
  },
  ...Array(6).fill({
    method: "GET",
    headers: AUTH,
    setupRequest: (request, { id }) => ({ ...request, path: statusOf(id) }),
  }),
];
/** Imports in several sessions, in turn. */
export function importsInSessions(count) {
  let next = 0;
  const setupRequest = (request) => ({
    ...request,
    headers: { ...JSON_HEADERS, "X-Mock-Session": `session-${next++ % count}` },
  });
  return [{ ...IMPORT_ONE, setupRequest }];
}

/**
 * Puts a server under load. Throws for any status but 2xx: the speed of failures is not a result.
 *
 * @param options `requests` as above, and either `seconds` or `amount`
 * @returns requests per second, µs of the server's processor for each, and ms of the 99th percentile
 */
export async function load(server, { requests, connections = 8, seconds, amount }) {
  const times = [];
  const before = await server.measure();
  const extent = amount === undefined ? { duration: seconds } : { amount };
  const run = autocannon({ url: server.url, connections, requests, timeout: 30, ...extent });
  if (amount === undefined) run.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const { non2xx, errors, timeouts, duration, "2xx": count } = await run;
  const after = await server.measure();
  if (non2xx + errors + timeouts > 0 || count === 0)
    throw new Error(`${server.name}: ${count} responses of 2xx, ${non2xx} of others, ${errors + timeouts} errors`);
  return {
    perSecond: count / duration,
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / count,
    p99Ms: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)],
    rss: after.rss,
  };
}
