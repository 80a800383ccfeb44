import type { TestProject } from "vitest/node";
import type { RecordedExchange } from "../../src/verify/recording/recording.js";
import { brokenServers } from "../verify/broken-servers.js";
import { run } from "../verify/run.js";
import { unusualServers } from "../verify/unusual-servers.js";

declare module "vitest" {
  export interface ProvidedContext {
    readonly recordings: Readonly<Record<string, readonly RecordedExchange[]>>;
  }
}

/** What every broken and every unusual server did, by the server's name. */
export default async function record(project: TestProject): Promise<void> {
  const servers = [...brokenServers, ...unusualServers];
  const recorded = await Promise.all(servers.map(async ({ name, twist }) => [name, (await run(twist)).exchanges] as const));
  project.provide("recordings", Object.fromEntries(recorded));
}
