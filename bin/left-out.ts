import { grouped } from "../src/grouped.js";
import { printable } from "../src/report/printable.js";
import { shortened } from "../src/shortened.js";
import type { LeftOut } from "../src/verify/recording/har.js";

/** More of one kind say nothing more; the JSON report has them all. */
const MAX_PLACES = 5;

/**
 * What of a recording is not used, as lines for a terminal: one for each reason.
 *
 * @example leftOutLines([{ place: "log.entries[3]", why: "a browser's preflight" }], "judged"); // ["log.entries[3] is not judged: a browser's preflight"]
 */
export function leftOutLines(leftOut: readonly LeftOut[], done: "judged" | "replayed as it stands"): readonly string[] {
  return [...grouped(leftOut, ({ why }) => why)].map(([why, all]) => {
    const named = all
      .slice(0, MAX_PLACES)
      .map(({ place }) => place)
      .join(", ");
    const rest = all.length > MAX_PLACES ? ` and ${all.length - MAX_PLACES} more` : "";
    return `${named}${rest} ${all.length === 1 ? "is" : "are"} not ${done}: ${shortened(printable(why))}`;
  });
}
