import { existsSync, writeFileSync } from "node:fs";
import { brokenServers } from "../verify/broken-servers.js";
import { run } from "../verify/run.js";
import { unusualServers } from "../verify/unusual-servers.js";
import { RECORDINGS } from "./recordings.js";

/** Records what every broken and every unusual server does, once for all mutants: `npm run test:mutation` begins anew. */
export default async function record(): Promise<void> {
  if (existsSync(RECORDINGS)) return;
  const servers = [...brokenServers, ...unusualServers];
  const recorded = await Promise.all(servers.map(async ({ name, twist }) => [name, (await run(twist)).exchanges]));
  writeFileSync(RECORDINGS, JSON.stringify(Object.fromEntries(recorded)));
}
