import { backsOff } from "./back-off.js";
import { boundedPolling } from "./bound.js";
import type { ClientRule } from "./client-recording.js";
import { readsCanceled, stopsAtEnd } from "./end.js";
import { politeInterval } from "./interval.js";
import { noRetryOfRefusals } from "./refusal.js";
import { honoursRetryAfter } from "./retry-after.js";
import { oneSubmit } from "./submit.js";
import { tokenToLink } from "./token.js";

/** Every rule by which a client is judged, in the order in which people read them. */
export const clientRules: readonly ClientRule[] = [
  oneSubmit,
  tokenToLink,
  politeInterval,
  stopsAtEnd,
  readsCanceled,
  boundedPolling,
  honoursRetryAfter,
  backsOff,
  noRetryOfRefusals,
];

/** Those that look at how long a client waits: where no time passes, there is nothing to see for them. */
export const timedRules: readonly ClientRule[] = [politeInterval, boundedPolling, honoursRetryAfter, backsOff];
