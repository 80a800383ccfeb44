import { taskPath } from "../contract/operations.js";
import { baseName } from "../scenario/reference.js";
import type { World } from "./world.js";

/**
 * A task's name for people: its scenario, and which task of its session it is, from 1.
 *
 * @example shortName({ number: 3, scenario: "rate-limited;burst=3" }); // "rate-limited#3"
 */
export function shortName({ number, scenario }: { readonly number: number; readonly scenario: string }): string {
  return `${baseName(scenario)}#${number}`;
}

/** What a short name leads to: a task's id, or why to none. */
export type Named = { readonly id: string } | { readonly problem: string };

/**
 * The task that a short name means: `#3`, `rate-limited#3`, or `last`, the newest that is remembered. Looks at every task, so
 * that a poll by id pays nothing for it.
 *
 * @returns undefined for what has not the form of a short name
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
  return { problem: `there is no task "${text.slice(0, 60)}" in session "${session}". It has ${names}.` };
}

/** Tasks in a sentence. @param names the newest first */
export function listNames(names: readonly string[]): string {
  const rest = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} older ones` : "";
  return names.slice(0, MAX_NAMES).join(", ") + rest;
}

/**
 * How the control API's addresses name a task: `#` would cut them.
 *
 * @example addressOf("rate-limited#3"); // "…/tasks/3"
 */
export function addressOf(name: string): string {
  return `…/tasks/${name.slice(name.lastIndexOf("#") + 1)}`;
}

/**
 * The address of a poll as the journal keeps it: the task's id stands in place of a short name. `last` means another task
 * tomorrow, and the judge, a HAR's reader and a copied curl know no short names.
 */
export function withId(url: string, taskId: string | undefined): string {
  // Most polls ask by the id, and are spared the search.
  if (taskId === undefined || url.includes(taskPath(taskId))) return url;
  return url.replace(IN_URL, () => taskPath(encodeURIComponent(taskId)));
}

const LAST = "last";
const FORM = /^([^#]*)#(\d{1,9})$/;
const IN_URL = new RegExp(`${taskPath("(?:last|[^/?#]*%23\\d{1,9})")}(?=[?#]|$)`);

/** The message names so many of those that exist. */
const MAX_NAMES = 5;
