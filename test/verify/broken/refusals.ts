import type { Refusal, Twist } from "../server/twist.js";
import { answers, asError, asPage, refusing } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

/** The server's refusals, by the check that asks for them. */
const REFUSALS: readonly (readonly [string, Refusal])[] = [
  ["refusal-no-token", "no-token"],
  ["refusal-wrong-token", "wrong-token"],
  ["refusal-undecodable-id", "undecodable-id"],
  ["refusal-unknown-id", "unknown-id"],
  ["refusal-missing-url", "missing-fields"],
  ["refusal-wrong-enum", "wrong-enum"],
];

/** Servers that let pass what they have to refuse, or refuse it in another way. */
export const brokenRefusals: readonly BrokenServer[] = REFUSALS.flatMap(([check, refusal]) => [
  refused(check, `${refusal} is let pass`, { lets: refusal }),
  ...[200, 202, 302, 403, 418, 500, refusal === "unknown-id" ? 401 : 404].map((status) =>
    refused(
      check,
      `${refusal} is answered ${status}`,
      answers(refusing(refusal), (answer) => ({ ...answer, status })),
    ),
  ),
  refused(
    check,
    `${refusal} is answered with a page that knows nothing of it`,
    answers(refusing(refusal), (answer) => asPage(answer, refusal === "unknown-id" ? 410 : 404)),
  ),
  refused(
    check,
    `${refusal} is answered 503 for ever`,
    answers(refusing(refusal), (answer) => asError(answer, 503)),
  ),
  refused(
    check,
    `${refusal} ends the connection`,
    answers(refusing(refusal), () => (socket) => socket.destroy()),
  ),
]);

function refused(check: string, name: string, twist: Twist): BrokenServer {
  return { name, twist, fails: [check] };
}
