import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import { taskPath } from "../contract/operations.js";
import type { RequestHead } from "../exchange/request.js";
import { baseName, withoutLabel } from "../scenario/reference.js";
import { UserError } from "../user-error.js";
import type { World } from "./session.js";

/** The session of requests that name none. */
export const DEFAULT_SESSION = "default";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const PREFIX = /^\/+s\/([^/]*)/;

/** Whether a text can name a session: 1 to 64 letters, digits, dots, underscores and hyphens. */
function isSessionName(text: string): boolean {
  return NAME.test(text);
}

/** @throws UserError `invalid-session` */
export function requireSessionName(name: string): void {
  if (isSessionName(name)) return;
  throw new UserError(
    "invalid-session",
    `"${name.slice(0, 64)}" is not a valid session name. Write 1 to 64 letters, digits, dots, underscores or hyphens.`,
  );
}

/**
 * Splits a path after the prefix that names a session.
 *
 * @example splitSession("/s/anna/files/v3/files/1"); // { prefix: "/s/anna", name: "anna", path: "/files/v3/files/1" }
 */
export function splitSession(path: string): { readonly prefix: string; readonly name?: string; readonly path: string } {
  const [prefix = "", name] = PREFIX.exec(path) ?? [];
  return { prefix, ...(name !== undefined && { name }), path: path.slice(prefix.length) };
}

/**
 * Chooses the session of a request. The first of these that names one wins: the header `X-Mock-Session`, the path's prefix `/s/NAME`,
 * a token of the form `pat-mock-NAME`, which every SDK can send (`pat-mock-NAME~2` is another token of the same session), and
 * the task.
 *
 * @param ofPath the name in the path's prefix, if it has one
 * @param ofTask returns the name behind the at sign of its scenario or its task; called if nothing else names a session
 */
export function chooseSession(
  { method, headers }: RequestHead,
  ofPath: string | undefined,
  ofTask: () => string | undefined,
): { readonly name: string; readonly isOfTask?: boolean } | { readonly rejection: ErrorAnswer } {
  const token = /^Bearer\s+pat-mock-(\S+)/i.exec(headers.get("authorization") ?? "")?.[1];
  const ofHeader = headers.get("x-mock-session")?.trim();
  const chosen = ofHeader || (ofPath ?? (token && withoutLabel(token)));
  const named = chosen === undefined ? ofTask() : undefined;
  const name = chosen ?? named ?? DEFAULT_SESSION;
  if (isSessionName(name)) return { name, isOfTask: named !== undefined };
  const [session = "", ...parameters] = name.slice(0, 200).split(";");
  const advice =
    named !== undefined && parameters.length > 0 && isSessionName(session)
      ? `It comes last: write SCENARIO;${parameters.join(";")}@${session}.`
      : "Send 1 to 64 letters, digits, dots, underscores or hyphens.";
  const message = `"${name.slice(0, 64)}" is not a valid session name. ${advice}`;
  const ofCall = ofPath !== undefined ? "path" : token !== undefined ? "Authorization" : placeOfTask(method, headers);
  return { rejection: invalidInput({ message, code: "INVALID_SESSION", in: ofHeader ? "X-Mock-Session" : ofCall }) };
}

/** Returns the place where a request names its task, and with it a session. */
function placeOfTask(method: string, headers: RequestHead["headers"]): string {
  if (headers.get("x-mock-scenario")?.includes("@")) return "X-Mock-Scenario";
  return method === "POST" ? "url" : "taskId";
}

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
