import type { Finding, Severity } from "../../src/finding.js";
import type { VerifyOptions } from "../../src/verify/journey/options.js";
import { type Verification, verifyContract } from "../../src/verify/verify.js";
import type { Twist } from "./server/twist.js";
import { type Server, startServer, TOKEN } from "./server.js";
import { createSharedTime } from "./shared-time.js";

/** Verifies a server over a real connection, in time that passes only by waiting for it. */
export async function run(
  twist: Twist,
  options: Partial<VerifyOptions> = {},
): Promise<Verification & Pick<Server, "asked" | "url">> {
  const time = createSharedTime();
  const server = await startServer(twist, time);
  try {
    const { asked, url } = server;
    return { ...(await verifyContract({ baseUrl: url, token: TOKEN, ...time, ...options })), asked, url };
  } finally {
    await server.close();
  }
}

/** Ids of the checks that failed, of one severity. */
export function failed({ report }: Pick<Verification, "report">, severity: Severity): readonly string[] {
  return report.checks.filter((one) => one.result === "fail" && one.severity === severity).map(({ id }) => id);
}

/** What was found, of one severity. */
export function findings({ report }: Pick<Verification, "report">, severity: Severity): readonly Finding[] {
  return report.checks.flatMap((check) => check.findings).filter((finding) => finding.severity === severity);
}
