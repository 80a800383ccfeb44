import { violationText } from "../contract/validate.js";
import { overlookedIn } from "../session/choose-scenario.js";
import type { JournalEntry } from "../session/journal.js";

/**
 * Why a call was answered as it was, in one sentence for people.
 *
 * @example reasonFor(entry); // "Poll 3 under pace polls: scenario happy, its import's choice, shows COMPLETE."
 */
export function reasonFor(entry: JournalEntry): string {
  const { operation, scenario, state, response, violations, repeatOf } = entry;
  if (repeatOf !== undefined) return repeated(repeatOf, entry);
  if (operation === undefined) return "No operation of the contract has this method and path.";
  const [violation] = violations;
  // HubSpot's edge never looks at a body: a scenario's fault comes before what is wrong with the request.
  if (violation && (!scenario || REFUSES_BODIES.includes(response.status)))
    return `The request breaks the contract: ${violationText(violation)}.`;
  if (!scenario) return refusedWith(entry);
  const chosen = `scenario ${scenario.name}, ${CHOSEN_BY[scenario.why] ?? scenario.why}`;
  if (state !== undefined) return `${pollOf(entry)}: ${chosen}, shows ${state}${effectOf(entry)}.`;
  if (operation === "checkImportStatus")
    return `${pollOf(entry)}: ${chosen}, answers ${shown(response)}${effectOf(entry)}.`;
  if (response.status === 0) return `${capitalised(chosen)}, answers nothing${effectOf(entry)}.`;
  if (response.status >= 400 || response.wire) {
    return `${capitalised(chosen)}, answers ${shown(response)}${effectOf(entry)}: ${messageIn(response)}`;
  }
  if (operation === "importFromUrl") return `${capitalised(chosen)}, starts a task.${overlooked(entry)}`;
  return `${capitalised(chosen)}, answers ${response.status}.`;
}

/** A misspelt fragment is taken without a word by the import itself: HubSpot would take it, too. */
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
  const what = `Exchange ${id}, sent again by the client's transport`;
  return entry.response.wire ? `${what}: reset as well, for the client has to notice.` : `${what}.`;
}

function refusedWith({ response, effect }: JournalEntry): string {
  if (response.status === 401) return 'The token begins with "invalid", which stands for a wrong one.';
  if (effect?.startsWith("limit ") === false) return `Answered by ${effect}, and not by a task.`;
  if (effect !== undefined) return `Refused by the session's limits (${effect}): ${messageIn(response)}`;
  return `Refused before any scenario: ${messageIn(response)}`;
}

function pollOf({ request, progress, scenario }: JournalEntry): string {
  if (!progress) return "A poll of no task that began";
  if (request.method === "HEAD") return "A HEAD, which is no poll";
  const { polls, pace } = progress;
  // Of the parameters, these are durations alone.
  const isUnused = pace !== "time" && /;(queued|stored)=[\d.]+[a-z]/.test(scenario?.name ?? "");
  return `Poll ${polls} under pace ${pace}${isUnused ? ", where queued and stored change nothing" : ""}`;
}

/** What the client saw: of what never leaves, nothing. */
function shown({ status }: JournalEntry["response"]): string {
  return status === 0 ? "nothing" : `${status}`;
}

function effectOf({ effect, isInjected }: JournalEntry): string {
  if (effect === undefined) return "";
  return isInjected ? ` (${effect}, injected)` : ` (${effect})`;
}

/** HubSpot's own words where there are some, for they need not be looked up then. */
export function messageIn({ status, body }: JournalEntry["response"]): string {
  try {
    return `${(JSON.parse(body) as { readonly message?: string } | null)?.message ?? `HTTP ${status}`}`;
  } catch {
    return `HTTP ${status}, in words that are no JSON.`;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
