import { imports, load, mixed, pollsOf } from "./load.mjs";
import { installRivals } from "./rivals.mjs";
import { ask, bare, importOne, mock, start, statusOf, stock, withServers } from "./servers.mjs";
import { median, rounded } from "./targets.mjs";

/**
 * Measures in rounds, server by server: a ratio of rates is the median of the rounds'. The polled mock also takes the
 * imports, so that it is measured with all that it keeps: ten thousand tasks from the first round on.
 */
export async function measureThroughput({ kit, isQuick, tell }) {
  const [rounds, seconds] = isQuick ? [3, 1] : [7, 2];
  const response = await endedResponse(kit);
  const rivals = await installRivals(response, tell);
  const all = [mock(kit), stock, bare(response), { ...mock(kit, "--seed", "1"), name: "with its log" }, ...rivals];
  return withServers(all, async (servers) => {
    const [ours, prism, node, logging, ...others] = servers;
    const ended = pollsOf(await endedTask(ours));
    const underWay = pollsOf(await importOne(ours, { "X-Mock-Scenario": "slow;queued=24h" }));
    const slots = {
      ended: { server: ours, requests: ended },
      "ended, stock": { server: prism, requests: ended },
      "ended, bare": { server: node, requests: ended },
      "ended, logged": { server: logging, requests: pollsOf(await endedTask(logging)) },
      "ended, 256": { server: ours, requests: ended, connections: 256 },
      ...Object.fromEntries(others.map((server) => [`ended, ${server.name}`, { server, requests: ended }])),
      "under way": { server: ours, requests: underWay },
      imports: { server: ours, requests: imports },
      "imports, stock": { server: prism, requests: imports },
      mixed: { server: ours, requests: mixed },
      "mixed, stock": { server: prism, requests: mixed },
    };
    const samples = Object.fromEntries(Object.keys(slots).map((name) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, { server, ...how }] of Object.entries(slots)) {
        tell(`throughput: ${round === 0 ? "warming up" : `round ${round} of ${rounds}`}, ${name}`);
        const sample = await load(server, { ...how, seconds: round === 0 ? 1 : seconds });
        if (round > 0) samples[name].push(sample);
      }
    }
    const ratio = (over, under, of = "perSecond") =>
      median(samples[over].map((sample, round) => sample[of] / samples[under][round][of]));
    // Other load on the machine can only increase it: caches are cold after another process.
    const least = (slot) => Math.min(...samples[slot].map(({ cpuMicroseconds }) => cpuMicroseconds));
    return {
      measured: {
        "polls of an ended task: rate, to stock Prism's": ratio("ended", "ended, stock"),
        "polls of an ended task: rate, to bare node:http's": ratio("ended", "ended, bare"),
        "polls of an ended task: processor time, to bare node:http's": least("ended") / least("ended, bare"),
        "polls of an ended task: slowest of a hundred, to stock Prism's": ratio("ended", "ended, stock", "p99Ms"),
        // Stock Prism has no running tasks: all its polls are the same.
        "polls of a task under way: rate, to stock Prism's": ratio("under way", "ended, stock"),
        "imports: rate, to stock Prism's": ratio("imports", "imports, stock"),
        "an import to six polls: rate, to stock Prism's": ratio("mixed", "mixed, stock"),
        "256 connections: rate, to that of 8": ratio("ended, 256", "ended"),
        "a line of log for each request: rate, to --quiet's": ratio("ended, logged", "ended"),
      },
      servers: [
        ["ended, bare", node],
        ["ended", ours],
        ...others.map((server) => [`ended, ${server.name}`, server]),
        ["ended, stock", prism],
      ].map(([slot, { name }]) => ({
        name,
        requestsPerSecond: Math.round(median(samples[slot].map(({ perSecond }) => perSecond))),
        cpuMicroseconds: rounded(least(slot)),
        p99Ms: rounded(median(samples[slot].map(({ p99Ms }) => p99Ms))),
        rssMB: Math.round(median(samples[slot].map(({ rss }) => rss / 1e6))),
      })),
    };
  });
}

/** The mock's response for an ended task: the bytes that bare node:http and the rivals write. */
async function endedResponse(kit) {
  const server = await start(mock(kit));
  try {
    return await ask(server.url + statusOf(await endedTask(server)));
  } finally {
    await server.stop();
  }
}

async function endedTask(server) {
  const id = await importOne(server, { "X-Mock-Scenario": "instant" });
  const { status, body } = await ask(server.url + statusOf(id));
  if (status !== 200 || JSON.parse(body).status !== "COMPLETE") throw new Error(`the task has not ended: ${body}`);
  return id;
}
