import { conclude, type Verification } from "./conclude.js";
import { askServer } from "./journey/ask-server.js";
import type { VerifyOptions } from "./journey/options.js";
import { requireUsable } from "./journey/require-usable.js";

export type { Finding } from "../finding.js";
export type { Verification } from "./conclude.js";
export { judgeConduct } from "./conduct.js";
export type { Progress, VerifyOptions } from "./journey/options.js";
export { type JudgeOptions, judge } from "./judge.js";
export { fromHar, type LeftOut, type ReadHar, type RecordingNotes, toHar } from "./recording/har.js";
export type { RecordedExchange } from "./recording/recording.js";
export type { CheckResult, ConductCheck, ConductReport, Report, TaskConduct } from "./report.js";

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
