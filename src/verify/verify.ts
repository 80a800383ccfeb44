import { judgeConduct } from "./conduct.js";
import { askServer } from "./journey/ask-server.js";
import type { VerifyOptions } from "./journey/options.js";
import { requireUsable } from "./journey/require-usable.js";
import { type JudgeOptions, judge } from "./judge.js";
import type { RecordedExchange } from "./recording/recording.js";
import { createRedactor } from "./recording/redact.js";
import type { Report } from "./report.js";

export type { Finding } from "../finding.js";
export { judgeConduct } from "./conduct.js";
export type { Progress, VerifyOptions } from "./journey/options.js";
export { type JudgeOptions, judge } from "./judge.js";
export { fromHar, type LeftOut, type ReadHar, type RecordingNotes, toHar } from "./recording/har.js";
export type { RecordedExchange } from "./recording/recording.js";
export type { CheckResult, ConductCheck, ConductReport, Report, TaskConduct } from "./report.js";

/** A run's report with what it is based on. */
export interface Verification {
  readonly report: Report;
  /** Redacted, in the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
}

/**
 * Runs two imports against a server, asks for what it has to refuse, deletes the files it made, and judges all answers.
 *
 * @throws UserError if an option is unusable: `unsafe-target`, `unknown-check`, `invalid-option`
 * @see docs/verify.md
 * @example const { report } = await verifyContract({ baseUrl: "http://127.0.0.1:4010", token: "any" });
 */
export async function verifyContract(options: VerifyOptions): Promise<Verification> {
  requireUsable(options);
  return conclude(await askServer(options), [options.token]);
}

/** Whether somebody else's client sent the requests: those of this kit say what for. */
function isOfAnApp(exchanges: readonly RecordedExchange[]): boolean {
  return exchanges.length > 0 && exchanges.every(({ purpose }) => purpose === undefined);
}

/** Judges what a server was asked, and an app's conduct where it asked. @param secrets the account's token */
export function conclude(
  { exchanges, judging }: { readonly exchanges: readonly RecordedExchange[]; readonly judging: JudgeOptions },
  secrets: readonly string[],
): Verification {
  const report = {
    ...judge(exchanges, judging),
    ...(isOfAnApp(exchanges) && { conduct: judgeConduct(exchanges) }),
  };
  // Redacted on the way out: an id that looks like an address is an id to the judge. The exchanges come first, so that
  // their pseudonyms are those of a recording that is read later.
  const redact = createRedactor(secrets);
  const redacted = redact(exchanges);
  return { report: redact(report), exchanges: redacted };
}
