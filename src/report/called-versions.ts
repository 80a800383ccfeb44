import type { ConductReport } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { printable } from "../text.js";
import { count, dayText } from "./words.js";

/**
 * Describes the versions of the API that a client called; undefined if there are none.
 *
 * @param placesOf renders the requests that were sent after a notice of a version's end
 * @example versionsText(client, () => "exchange 4"); // "v3 12 requests (supported until September 2027)"
 */
export function versionsText(
  { versions = [] }: Pick<ConductReport, "versions">,
  placesOf: (about: Pick<Finding, "exchanges">) => string,
): string | undefined {
  const words = versions.map(({ version, requests, supportedUntil, afterNotice }) => {
    const details = [
      ...(supportedUntil === undefined ? [] : [`supported until ${dayText(supportedUntil)}`]),
      ...(afterNotice.length === 0
        ? []
        : [`${afterNotice.length} after a notice of its end: ${placesOf({ exchanges: afterNotice })}`]),
    ];
    return `${printable(version)} ${count(requests, "request")}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
  });
  return words.length === 0 ? undefined : words.join(", ");
}

/** Whether clients called more than one version, or one whose end was announced to them. */
export function callsSeveral(clients: readonly Pick<ConductReport, "versions">[]): boolean {
  const called = clients.flatMap(({ versions = [] }) => versions);
  const isAnnounced = called.some(({ afterNotice }) => afterNotice.length > 0);
  return isAnnounced || new Set(called.map(({ version }) => version)).size > 1;
}
