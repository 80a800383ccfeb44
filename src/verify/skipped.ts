import type { Recording, TaskRecord } from "./read.js";
import { isLink } from "./read-exchange.js";
import type { CheckResult, Unjudged } from "./report.js";
import { isEnd } from "./state.js";

/**
 * Why the checks that are left say too little. A body that cannot be read hides the state of its task: with `body-json`
 * skipped, no other check sees anything wrong, for none sees anything.
 *
 * @param checks those that were judged
 * @param left the results of those that were left out
 */
export function findHidden(
  { tasks }: Pick<Recording, "tasks">,
  { checks, left }: { readonly checks: readonly CheckResult[]; readonly left: readonly CheckResult[] },
): readonly Unjudged[] {
  if (left.length === 0) return [];
  if (checks.every(({ result }) => result === "not-exercised")) {
    return [hidden("Nothing was seen that the chosen checks judge.", "Choose more checks: verify --list prints them.")];
  }
  const broken = left.filter(({ severity, result }) => severity === "violation" && result === "fail");
  const causes = new Set(tasks.filter((task) => !isEnded(task)).flatMap((task) => causesOf(task, broken)));
  if (causes.size === 0) return [];
  const ids = [...causes].join(", ");
  return [
    hidden(
      `A task was not seen to its end, and what may say why is skipped: ${ids}.`,
      `Run it without skipping ${ids}. Until that is settled, nothing is known of how a task ends.`,
    ),
  ];
}

function hidden(message: string, next: string): Unjudged {
  return { reason: "check-skipped", message, next };
}

function isEnded({ polls }: TaskRecord): boolean {
  return polls.some(({ state }) => isEnd(state));
}

/** A run of this kit's polls until the end. An app may stop before it: there only a last response without a state hides one. */
function causesOf({ journey, calls, polls }: TaskRecord, broken: readonly CheckResult[]): readonly string[] {
  const asked = calls.filter(({ exchange }) => !isLink(exchange)).map(({ index }) => index);
  const last = asked.slice(-1).filter((index) => !polls.some((poll) => poll.index === index));
  const telling = new Set(journey === undefined ? last : asked);
  return broken.flatMap(({ id, findings }) =>
    findings.some(({ exchanges }) => exchanges.some((index) => telling.has(index))) ? [id] : [],
  );
}
