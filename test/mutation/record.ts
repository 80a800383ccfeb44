import { existsSync, writeFileSync } from "node:fs";
import { brokenServers } from "../verify/broken-servers.js";
import { run } from "../verify/run.js";
import { unjudgedServers } from "../verify/unjudged-servers.js";
import { unusualServers } from "../verify/unusual-servers.js";
import { RECORDINGS } from "./recordings.js";

/** Records what every server does, once for all mutants: `npm run test:mutation` begins anew. */
export default async function record(): Promise<void> {
  if (existsSync(RECORDINGS)) return;
  const servers = [
    ...[...brokenServers, ...unusualServers].map((server) => ({ ...server, options: {} })),
    ...unjudgedServers.map((server) => ({ ...server, options: { timeoutMs: 2000 } })),
  ];
  const recorded = await Promise.all(
    servers.map(async ({ name, twist, options }) => [name, (await run(twist, options)).exchanges]),
  );
  writeFileSync(RECORDINGS, JSON.stringify(Object.fromEntries(recorded)));
}
