import { taskPath } from "../contract/operations.js";
import { baseName } from "../scenario/reference.js";
import type { World } from "./world.js";

/**
 * Returns a task's name for people: its scenario and its number in the session, from 1.
 *
 * @example shortName({ number: 3, scenario: "rate-limited;burst=3" }); // "rate-limited#3"
 */
export function shortName({ number, scenario }: { readonly number: number; readonly scenario: string }): string {
  return `${baseName(scenario)}#${number}`;
}

/** The id of the task that has a short name, or the reason why there is none. */
export type Named = { readonly id: string } | { readonly problem: string };

/**
 * Finds a task by its short name: `#3`, `rate-limited#3`, or `last`, the newest of the list. It searches all tasks, so that a
 * poll by id costs nothing more.
 *
 * @returns undefined for a text without the form of a short name
 */
export function findByShortName({ name: session, session: { tasks } }: World, text: string): Named | undefined {
  const [, scenario, number] = FORM.exec(text) ?? [];
  if (text !== LAST && number === undefined) return undefined;
  const known = tasks.list().map((entry) => ({
    id: entry.id,
    number: entry.number,
    scenario: entry.scenario.name,
  }));
  const newest = [...known].sort((a, b) => b.number - a.number);
  const found = text === LAST ? newest[0] : tasks.numbered(Number(number));
  if (found && (!scenario || baseName(found.scenario) === scenario)) return { id: found.id };
  if (newest.length === 0) {
    return { problem: `session "${session}" has no task yet. Start one with an import, or poll a scenario's name.` };
  }
  const names = listNames(newest.map(shortName));
  return { problem: `there is no task "${text.slice(0, 60)}" in session "${session}". Tasks there: ${names}.` };
}

/** Lists tasks in a sentence. @param names the newest first */
export function listNames(names: readonly string[]): string {
  const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} older ones` : "";
  return names.slice(0, MAX_NAMES).join(", ") + rest;
}

/**
 * Returns a task's address in the control API. A URL ends at `#`, so that the address has the number alone.
 *
 * @example addressOf("rate-limited#3"); // "…/tasks/3"
 */
export function addressOf(name: string): string {
  return `…/tasks/${name.slice(name.lastIndexOf("#") + 1)}`;
}

/**
 * Returns the URL of a poll for the journal, with the task's id in place of a short name. `last` is another task tomorrow, and
 * the judge, a HAR's reader and a copied curl command know no short names.
 */
export function withId(url: string, taskId: string | undefined): string {
  // Most polls have the id and need no search.
  if (taskId === undefined || url.includes(taskPath(taskId))) return url;
  return url.replace(IN_URL, () => taskPath(encodeURIComponent(taskId)));
}

const LAST = "last";
const FORM = /^([^#]*)#(\d{1,9})$/;
const IN_URL = new RegExp(`${taskPath("(?:last|[^/?#]*%23\\d{1,9})")}(?=[?#]|$)`);

/** How many tasks a message names. */
const MAX_NAMES = 5;
