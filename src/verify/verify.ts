import { requireOptions } from "../user-error.js";
import { askServer } from "./ask-server.js";
import { conclude, type Verification } from "./conclude.js";
import { requireUsable, tokensOf, type VerifyOptions } from "./options.js";

export type { RecordedExchange } from "../exchange/exchange.js";
export { fromHar, type LeftOut, type ReadHar, type RecordingNotes, toHar } from "../exchange/har.js";
export { judgeConduct } from "../judge/conduct.js";
export { type JudgeOptions, judge } from "../judge/judge.js";
export type { CheckResult, ConductCheck, ConductReport, Report, TaskConduct } from "../judge/report.js";
export type { Finding } from "../judge/rule.js";
export type { Verification } from "./conclude.js";
export type { Progress, VerifyOptions } from "./options.js";

/**
 * Runs two imports against a server, sends requests that it has to reject, deletes the files that it created, and
 * judges all responses.
 *
 * @throws UserError for an invalid option: `unsafe-target`, `unknown-check`, `invalid-option`
 * @see docs/verify.md
 * @example const { report } = await verifyContract({ baseUrl: "http://127.0.0.1:4010", token: "any" });
 */
export async function verifyContract(options: VerifyOptions): Promise<Verification> {
  requireOptions("verifyContract", options, OPTIONS);
  requireUsable(options);
  return conclude(await askServer(options), tokensOf(options));
}

const OPTIONS = {
  baseUrl: true,
  token: true,
  apiVersion: true,
  otherToken: true,
  importUrl: true,
  failingUrl: true,
  folderPath: true,
  access: true,
  pollIntervalMs: true,
  timeoutMs: true,
  strict: true,
  only: true,
  skip: true,
  keep: true,
  signal: true,
  onProgress: true,
  fetch: true,
  now: true,
  sleep: true,
} satisfies Record<keyof VerifyOptions, true>;
