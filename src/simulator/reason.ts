import { API_PATH, matchOperation } from "../contract/operations.js";
import { violationText } from "../contract/validate.js";
import { overlookedIn } from "../session/choose-scenario.js";
import type { JournalEntry } from "../session/journal.js";

/**
 * Explains a response in one sentence for people.
 *
 * @example reasonFor(entry); // "Poll 3 under pace polls: scenario happy, its import's choice, shows COMPLETE."
 */
export function reasonFor(entry: JournalEntry): string {
  const { operation, scenario, state, response, violations, repeatOf, effect } = entry;
  if (repeatOf !== undefined) return repeated(repeatOf, entry);
  if (operation === undefined && effect?.startsWith("version ")) return `${capitalised(effect)}.`;
  if (operation === undefined) return noOperation(entry);
  const [violation] = violations;
  // HubSpot's edge does not read bodies: a scenario's fault applies before a violation in the request.
  if (violation && (!scenario || REFUSES_BODIES.includes(response.status)))
    return `The request breaks the contract: ${violationText(violation)}.`;
  if (!scenario) return refusedWith(entry);
  const chosen = `scenario ${scenario.name}, ${CHOSEN_BY[scenario.why] ?? scenario.why}`;
  if (state !== undefined) return `${pollOf(entry)}: ${chosen}, shows ${state}${effectOf(entry)}.`;
  if (operation === "checkImportStatus")
    return `${pollOf(entry)}: ${chosen}, ${outcomeOf(response)}${effectOf(entry)}.`;
  if (response.status === 0) return `${capitalised(chosen)}, ${outcomeOf(response)}${effectOf(entry)}.`;
  if (response.status >= 400 || response.wire) {
    return `${capitalised(chosen)}, ${outcomeOf(response)}${effectOf(entry)}: ${messageIn(response)}`;
  }
  if (operation === "importFromUrl") return `${capitalised(chosen)}, starts a task.${overlooked(entry)}`;
  return `${capitalised(chosen)}, ${outcomeOf(response)}.`;
}

function noOperation({ request }: JournalEntry): string {
  const prefix = unknownPrefix(request);
  const what = "No operation of the contract has this method and path.";
  if (prefix === undefined) return what;
  return `${what} Without ${prefix} it would be one: let the proxy remove it, or start the mock with --public-url http://HOST${prefix}.`;
}

/**
 * Returns what precedes the API's path if the request is an operation of the contract but for that: a proxy that forwards
 * it without telling the mock.
 *
 * @example unknownPrefix({ method: "DELETE", path: "/hubspot/files/v3/files/1" }); // "/hubspot"
 */
export function unknownPrefix({ method, path }: JournalEntry["request"]): string | undefined {
  const [, ownPath = path] = API_PATH.exec(path) ?? [];
  const prefix = path.slice(0, path.length - ownPath.length).replace(/\/s\/[^/]+$/, "");
  return prefix === "" || matchOperation(method, ownPath).operation === undefined ? undefined : prefix;
}

/** Points out a misspelt fragment. The import accepts it without an error, as HubSpot would. */
function overlooked({ request }: JournalEntry): string {
  const hint = overlookedIn((request.body as { readonly url?: unknown } | undefined)?.url);
  return hint === undefined ? "" : ` But ${hint}`;
}

const CHOSEN_BY: Readonly<Record<string, string>> = {
  header: "chosen by the header X-Mock-Scenario",
  fragment: "chosen by the fragment of the import's url",
  url: "which recorded an import of this url",
  default: "the session's default",
  task: "its import's choice",
  name: "which the task is named after",
};

const REFUSES_BODIES: readonly number[] = [400, 413, 415];

function repeated(id: number, entry: JournalEntry): string {
  const what = `Exchange ${id}, resent by the client's transport`;
  return entry.response.wire ? `${what}: also reset, so that the client notices it.` : `${what}.`;
}

function refusedWith({ response, effect }: JournalEntry): string {
  if (response.status === 401) return 'The token begins with "invalid", so the mock rejects it.';
  if (effect?.startsWith("limit ") === false) return `The response comes from ${effect}, not from a task.`;
  if (effect !== undefined) return `Rejected by the session's rate limits (${effect}): ${messageIn(response)}`;
  return `Rejected before any scenario: ${messageIn(response)}`;
}

function pollOf({ request, progress, scenario }: JournalEntry): string {
  if (!progress) return "A poll of an unknown task";
  if (request.method === "HEAD") return "A HEAD request, which does not count as a poll";
  const { polls, pace } = progress;
  // Only these parameters are durations.
  const isUnused = pace !== "time" && /;(queued|stored)=[\d.]+[a-z]/.test(scenario?.name ?? "");
  return `Poll ${polls} under pace ${pace}${isUnused ? ", where queued and stored have no effect" : ""}`;
}

/** Renders what the client received. @example outcomeOf(response); // "responds 429" */
function outcomeOf({ status }: JournalEntry["response"]): string {
  return status === 0 ? "sends no response" : `responds ${status}`;
}

function effectOf({ effect, isInjected }: JournalEntry): string {
  if (effect === undefined) return "";
  return isInjected ? ` (${effect}, injected)` : ` (${effect})`;
}

/** Returns the message of HubSpot's error if there is one: readers can search for it. */
export function messageIn({ status, body }: JournalEntry["response"]): string {
  try {
    return `${(JSON.parse(body) as { readonly message?: string } | null)?.message ?? `HTTP ${status}`}`;
  } catch {
    return `HTTP ${status}, with a body that is not JSON.`;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
