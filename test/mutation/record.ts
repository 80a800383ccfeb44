import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { brokenServers } from "../verify/broken-servers.js";
import { run } from "../verify/run.js";
import { unjudgedServers } from "../verify/unjudged-servers.js";
import { unusualServers } from "../verify/unusual-servers.js";
import { RECORDINGS, recordingFile } from "./recordings.js";

/** More at once, and their real timeouts pass while they wait for a turn. */
const AT_ONCE = 8;

/** Records what every server does that is not recorded yet, for all mutants: `npm run test:mutation` begins anew. */
export default async function record(): Promise<void> {
  mkdirSync(RECORDINGS, { recursive: true });
  const servers = [
    ...[...brokenServers, ...unusualServers].map((server) => ({ ...server, options: server.asked ?? {} })),
    ...unjudgedServers.map((server) => ({ ...server, options: { timeoutMs: 2000 } })),
  ];
  const missing = servers.filter(({ name }) => !existsSync(recordingFile(name))).values();
  async function recordInTurn(): Promise<void> {
    for (const { name, twist, options } of missing) {
      const { exchanges } = await run(twist, options);
      writeFileSync(recordingFile(name), JSON.stringify(exchanges));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, recordInTurn));
}
