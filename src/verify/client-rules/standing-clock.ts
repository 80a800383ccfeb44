import { pauseMs } from "./calls.js";
import type { ClientRecording } from "./client-recording.js";

/**
 * Whether the recording's time stood still, so that nothing can be said of a client's pauses. It did where the client
 * asked for something again and never at another moment: a test holds its clock. With `leastMs` it also did where at least
 * half of the client's pauses are no longer: a test has shortened its waits to nothing, and a slow machine's hiccups are
 * no waits.
 *
 * Tasks show it. Where none was polled twice, imports do; two tests in a row may send the same one.
 *
 * @param leastMs how long a pause has to be to be a wait; 0 where each millisecond counts
 */
export function isClockStanding({ sameRequests }: ClientRecording, leastMs: number): boolean {
  const repeated = sameRequests.filter((calls) => calls.length > 1);
  const polled = repeated.filter(([first]) => first?.operation === "checkImportStatus");
  const shown = polled.length > 0 ? polled : repeated;
  const pauses = shown
    .flatMap((calls) => calls.slice(1).map((call, position) => pauseMs(calls[position] ?? call, call)))
    .sort((a, b) => a - b);
  const telling = leastMs === 0 ? pauses.at(-1) : pauses[pauses.length >> 1];
  return telling !== undefined && telling <= leastMs;
}
