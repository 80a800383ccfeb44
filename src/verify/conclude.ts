import type { RecordedExchange } from "../exchange/exchange.js";
import { createRedactor } from "../exchange/redact.js";
import { judgeConduct } from "../judge/conduct.js";
import { type JudgeOptions, judge } from "../judge/judge.js";
import type { Report } from "../judge/report.js";

/** A run's report with what it is based on. */
export interface Verification {
  readonly report: Report;
  /** Redacted, in the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
}

/** Judges what a server was asked, and an app's conduct where it asked. @param secrets the tokens of the run */
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

/** Whether somebody else's client sent the requests: those of this kit say what for. */
function isOfAnApp(exchanges: readonly RecordedExchange[]): boolean {
  return exchanges.length > 0 && exchanges.every(({ step }) => step === undefined);
}
