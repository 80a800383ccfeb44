import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import type { RequestHead } from "../exchange/request.js";
import { withoutLabel } from "../scenario/reference.js";
import { UserError } from "../user-error.js";

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
