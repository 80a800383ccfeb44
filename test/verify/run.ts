import { judge } from "../../src/judge/judge.js";
import type { Finding, Severity } from "../../src/judge/rule.js";
import type { VerifyOptions } from "../../src/verify/options.js";
import { type Verification, verifyContract } from "../../src/verify/verify.js";
import { readRecorded } from "../mutation/recordings.js";
import { createVirtualTime } from "../virtual-time.js";
import type { Twist } from "./server/twist.js";
import { type Server, startServer, TOKEN } from "./server.js";

/**
 * Verifies a server, in time that passes only by waiting for it. What the server answers otherwise than HubSpot comes over
 * a real connection.
 */
export async function run(
  twist: Twist,
  options: Partial<VerifyOptions> = {},
): Promise<Verification & Pick<Server, "asked" | "url">> {
  const { advance: _, ...time } = createVirtualTime((...request) => server.fetch(...request));
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
  return report.checks.filter((one) => one.findings.length > 0 && one.severity === severity).map(({ id }) => id);
}

/** What was found, of one severity. */
export function findings({ report }: Pick<Verification, "report">, severity: Severity): readonly Finding[] {
  return report.checks.flatMap((check) => check.findings).filter((finding) => finding.severity === severity);
}

/**
 * Verifies a server that has a name; where its recording is at hand, judges that. Mutation testing does so: a mutant of
 * the judge is tried on recordings in milliseconds.
 */
export async function verified(
  {
    name,
    twist,
    asked = {},
  }: { readonly name: string; readonly twist: Twist; readonly asked?: Partial<VerifyOptions> },
  options: Partial<VerifyOptions> = {},
): Promise<Verification> {
  if (!isRecorded) return run(twist, { ...asked, ...options });
  const exchanges = readRecorded(name);
  return { exchanges, report: judge(exchanges, options) };
}

/** Whether recordings are judged in place of servers. */
export const isRecorded = process.env["KIT_RECORDED"] !== undefined;

/** What people read of a report, a line each: what was judged, and what was found. */
export function outline({ report }: Pick<Verification, "report">): readonly string[] {
  // How much was judged depends on which of two journeys asks first.
  const checks = report.checks.map(({ id, result }) => `${id} ${result}`);
  const found = report.checks.flatMap((check) =>
    check.findings.map(({ rule, pointer, expected, actual, line }) =>
      [rule, pointer, expected, "!=", actual, line && `line ${line}`].filter(Boolean).join(" "),
    ),
  );
  const unjudged = report.unjudged.map(({ reason }) => `unjudged: ${reason}`);
  // Ports differ from run to run, and so does how much of a cut body is read before its end.
  return [...checks, ...found, ...unjudged].map((text) =>
    text.replaceAll(/127\.0\.0\.1:\d+/g, "the-server").replace(/\d+ characters, then/, "some characters, then"),
  );
}
