import type { RecordedExchange } from "../exchange/exchange.js";
import { redactorOf } from "../exchange/har.js";
import { createRedactor } from "../exchange/redact.js";
import { judgeConduct } from "../judge/conduct.js";
import { type JudgeOptions, judge } from "../judge/judge.js";
import type { Report } from "../judge/report.js";

/** A run's report with the exchanges that it is based on. */
export interface Verification {
  readonly report: Report;
  /** Redacted, in the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
}

/** Judges a server's responses, and if requested an app's conduct. @param secrets the tokens of the run */
export function conclude(
  { exchanges, judging }: { readonly exchanges: readonly RecordedExchange[]; readonly judging: JudgeOptions },
  secrets: readonly string[],
): Verification {
  const report = {
    ...judge(exchanges, judging),
    ...(isOfAnApp(exchanges) && { conduct: judgeConduct(exchanges) }),
  };
  // Redacted only here: the judge needs ids even if they look like an e-mail address. The exchanges come first, so that
  // their pseudonyms are those of the recording.
  const known = redactorOf(exchanges);
  const redact = known ?? createRedactor(secrets);
  const redacted = known ? exchanges : redact(exchanges);
  return { report: redact(report), exchanges: redacted };
}

/** Whether another client sent the requests: those of this kit have a step. */
function isOfAnApp(exchanges: readonly RecordedExchange[]): boolean {
  return exchanges.length > 0 && exchanges.every(({ step }) => step === undefined);
}
