import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { imports, importsInSessions, load, mixed, pollsOf } from "./load.mjs";
import { importOne, mock, stock, withServers } from "./servers.mjs";

const run = promisify(execFile);
const SETTLED_MS = 2000;

/** Measures the processes' memory, idle, under load and after it, and whether a poll's cost depends on what is kept. */
export async function measureMemory({ kit, isQuick, tell }) {
  tell("memory: idle and under load");
  const [ours, prism] = await withServers([mock(kit), stock], async (servers) => {
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    const results = [];
    for (const server of servers) results.push({ idle: (await server.measure()).rss, peak: 0 });
    for (let second = 0; second < (isQuick ? 3 : 15); second += 1)
      for (const [at, server] of servers.entries()) {
        const { rss } = await load(server, { requests: mixed, seconds: 1 });
        results[at].peak = Math.max(results[at].peak, rss);
      }
    return results;
  });
  const grown = await measureGrowth({ kit, isQuick, tell });
  tell("memory: kept tasks");
  const engine = fileURLToPath(new URL("engine.mjs", import.meta.url));
  const { stdout } = await run(process.execPath, ["--expose-gc", engine, kit.url("."), isQuick ? "5" : "15"]);
  return {
    measured: {
      "idle memory, to stock Prism's": ours.idle / prism.idle,
      "memory under load, to stock Prism's": ours.peak / prism.peak,
      ...grown,
      ...JSON.parse(stdout),
    },
  };
}

function measureGrowth({ kit, isQuick, tell }) {
  return withServers([mock(kit), mock(kit), mock(kit)], async (servers) => {
    const [, old, crowded] = servers;
    const million = isQuick ? 50_000 : 1_000_000;
    tell(`memory: ${million.toLocaleString("en")} imports`);
    await load(old, { requests: imports, amount: million });
    tell("memory: 1,000 sessions");
    await load(crowded, { requests: importsInSessions(1000), amount: 2000 });
    const ended = [];
    for (const server of servers) ended.push(pollsOf(await importOne(server, { "X-Mock-Scenario": "instant" })));
    // Each has responded to many polls before it is measured: they differ only in what they keep.
    for (const [at, server] of servers.entries()) await load(server, { requests: ended[at], amount: 20_000 });
    const samples = servers.map(() => []);
    let oldRss = 0;
    const rounds = isQuick ? 3 : 7;
    for (let round = 1; round <= rounds; round += 1) {
      tell(`memory: cost of a poll, round ${round} of ${rounds}`);
      for (const [at, server] of servers.entries()) {
        const { cpuMicroseconds, rss } = await load(server, { requests: ended[at], seconds: 1 });
        if (server === old) oldRss = Math.max(oldRss, rss);
        samples[at].push(cpuMicroseconds);
      }
    }
    // Other load on the machine can only increase it.
    const [ofFresh, ofOld, ofCrowded] = samples.map((values) => Math.min(...values));
    return {
      "memory after a million imports": oldRss / 1e6,
      "a poll after a million imports, to one after ten": ofOld / ofFresh,
      "a poll beside 1,000 sessions, to one beside one": ofCrowded / ofFresh,
    };
  });
}
