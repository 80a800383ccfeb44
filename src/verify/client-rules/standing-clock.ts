import type { Recording } from "../read.js";
import { pauseMs, sameRequests } from "./calls.js";

/**
 * Whether the recording's time stood still, so that nothing can be said of a client's pauses. It did where the client
 * asked for something again and never waited longer than `leastMs`: a test whose clock is held, or whose client's waits
 * are shortened to nothing.
 *
 * Tasks show it. Where none was polled twice, imports do; two tests in a row may send the same one.
 *
 * @param leastMs what has to pass between two polls for time to have passed; 0 where each millisecond counts
 */
export function isClockStanding(recording: Recording, leastMs: number): boolean {
  const repeated = sameRequests(recording).filter((calls) => calls.length > 1);
  const polled = repeated.filter(([first]) => first?.operation === "checkImportStatus");
  const shown = polled.length > 0 ? polled : repeated;
  return (
    shown.length > 0 &&
    shown.every((calls) => calls.every((call, position) => pauseMs(calls[position - 1] ?? call, call) <= leastMs))
  );
}
