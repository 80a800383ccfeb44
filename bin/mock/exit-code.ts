import { type ConductResults, isUndecided } from "../../src/report/conduct/words.js";
import type { EndingOptions } from "./ending-options.js";

/**
 * The exit code of a mock that was asked to fail, and what it complains of beside its report. 1 where a rule was broken or
 * too little was covered; 3, as with `verify`, where good conduct was asked for and nobody showed any, or one who may poll
 * for ever was not seen to stop.
 */
export function judgeRun(
  { conduct, coverage }: Required<ConductResults>,
  { failOn, failUnder = 0 }: Pick<EndingOptions, "failOn" | "failUnder">,
): { readonly exitCode: 0 | 1 | 3; readonly complaint?: string } {
  const isAsked = failOn === "conduct";
  if (coverage.percent < failUnder) {
    const next = "Exercise what is listed as never met, or lower --fail-under.";
    return { exitCode: 1, complaint: `scenario coverage is ${coverage.percent} %, less than ${failUnder} %. ${next}` };
  }
  if (isAsked && conduct.result === "fail") {
    return {
      exitCode: 1,
      complaint: "a client broke a rule of conduct. --conduct-report says which; docs/conduct.md has the rules.",
    };
  }
  if (isAsked && conduct.clients.some(isUndecided)) {
    return {
      exitCode: 3,
      complaint:
        "a client was still polling a task that does not move. Let it give up first, then end the mock some polls later.",
    };
  }
  if (isAsked && conduct.result === "not-exercised") {
    return { exitCode: 3, complaint: "no client was judged. Let one poll a task, or leave out --fail-on conduct." };
  }
  return { exitCode: 0 };
}
