import { isAccess } from "../contract/contract.js";
import { createMessageRedactor } from "../exchange/redact.js";
import type { Journey } from "../exchange/run-step.js";
import type { JudgeOptions } from "../judge/judge.js";
import { contractInForce } from "../judge/schema.js";
import { requireRules, serverRules } from "../judge/server-rules/rules.js";
import { isSafeForToken } from "../judge/server-rules/status-link.js";
import { requireValues } from "../schema-error.js";
import { UserError } from "../user-error.js";
import { validateOptions } from "./options.gen.js";

export interface VerifyOptions extends Pick<JudgeOptions, "strict" | "only" | "skip" | "keep"> {
  /** The address before `/files/v3`, such as `https://api.hubapi.com`. */
  readonly baseUrl: string;
  /** The account's token. It is sent only to `baseUrl`'s host and HubSpot's own, and stored nowhere. */
  readonly token: string;
  /**
   * The version of the API whose paths the run uses; `all` starts the imports on v3 and reads each task by the path of every
   * version, too. Default `v3`.
   */
  readonly apiVersion?: string;
  /**
   * The token of another account, to check whether it can read a task: one request to `baseUrl`'s host. Treated like
   * `token`. Default none: then this is not checked.
   */
  readonly otherToken?: string;
  /** A file that the server can fetch. Default: a small picture of the W3C. */
  readonly importUrl?: string;
  /** A file that the server cannot fetch. Default: one on a host that cannot exist. */
  readonly failingUrl?: string;
  /** Default `/import-kit`. */
  readonly folderPath?: string;
  /** Default `PRIVATE`. */
  readonly access?: string;
  /** The first pause between two polls, in milliseconds; each further one is half as long again. Default 1000. */
  readonly pollIntervalMs?: number;
  /** How long a task may take, in milliseconds. Default 60 000. */
  readonly timeoutMs?: number;
  /** Aborts the run; the files that it created are still deleted. */
  readonly signal?: AbortSignal;
  /** Called with progress for people. */
  readonly onProgress?: (progress: Progress) => void;
  /** Default the platform's. */
  readonly fetch?: typeof fetch;
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits; ends early if the signal is aborted. Default the platform's timer. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Progress of a run. */
export interface Progress {
  readonly journey: Journey | "refusals" | "questions" | "cleanup";
  /** In a few words, such as `PROCESSING` or `429, waiting 2 s`. */
  readonly message: string;
  /** Requests sent so far. */
  readonly requests: number;
}

/**
 * Rejects invalid options before any request is sent or file is written.
 *
 * @throws UserError `invalid-option`, `unsafe-target` or `unknown-check`
 */
export function requireUsable(options: VerifyOptions): void {
  requireTypes(options);
  requireValues("verifyContract", options, validateOptions);
  const shown = createMessageRedactor(tokensOf(options));
  requireTarget(options, shown);
  requireImports(options, shown);
  requireChecks(options);
}

/** Returns the tokens of a run, which are stored nowhere. */
export function tokensOf({ token, otherToken }: VerifyOptions): readonly string[] {
  return otherToken === undefined ? [token] : [token, otherToken];
}

/** @throws UserError `unknown-check`; `invalid-option` if no check is left to judge */
export function requireChecks({ only = [], skip = [] }: Pick<VerifyOptions, "only" | "skip">): void {
  requireRules([...only, ...skip]);
  const isLeft = (id: string) => (only.length === 0 || only.includes(id)) && !skip.includes(id);
  if (!serverRules.some(({ id }) => isLeft(id))) {
    throw new UserError("invalid-option", "only and skip leave no check to run. To list all checks: verify --list.");
  }
}

/** TypeScript reports these mistakes earlier; JavaScript does not. */
function requireTypes({
  baseUrl,
  token,
  timeoutMs = 1,
  pollIntervalMs = 1,
  only = [],
  skip = [],
}: VerifyOptions): void {
  const wrong =
    Object.entries({ baseUrl, token }).find(([, value]) => typeof value !== "string" || value === "") ??
    Object.entries({ timeoutMs, pollIntervalMs }).find(([, value]) => !(value > 0 && value <= MAX_MS)) ??
    Object.entries({ only, skip }).find(([, value]) => !Array.isArray(value));
  if (wrong === undefined) return;
  const [name] = wrong;
  const due = { only: "an array of ids", skip: "an array of ids", baseUrl: "a URL", token: "a string" }[name];
  throw new UserError(
    "invalid-option",
    `${name} is missing or invalid. It must be ${due ?? "a number of milliseconds, up to a day"}.`,
  );
}

const MAX_MS = 24 * 3_600_000;

/** Renders a value for an error: a token in the wrong place is the most likely mistake. */
type Shown = (text: string) => string;

function requireTarget({ baseUrl, token, otherToken }: VerifyOptions, shown: Shown): void {
  if (!isWebAddress(baseUrl)) {
    throw new UserError(
      "invalid-option",
      `The base url "${shown(baseUrl)}" is not a URL. Write one such as https://api.hubapi.com.`,
    );
  }
  const { username, password, search, hash } = new URL(baseUrl);
  if (username || password || search || hash) {
    throw new UserError(
      "invalid-option",
      "The base url must have only scheme, host and path. Remove user, query and fragment.",
    );
  }
  if (!isSafeForToken(baseUrl)) {
    throw new UserError(
      "unsafe-target",
      `The token is not sent to ${shown(new URL(baseUrl).host)} over plain http. Use https, or a server on this machine.`,
    );
  }
  for (const [name, text] of Object.entries({ token, "other account's token": otherToken })) {
    if (text === undefined || /^[\x21-\x7e]+$/.test(text)) continue;
    const advice = text.trim() === text ? "" : " Remove the space or line end at its beginning or end.";
    throw new UserError("invalid-option", `The ${name} must be printable ASCII characters without a space.${advice}`);
  }
  // If both tokens are of one account, its task would be reported as a leak.
  if (otherToken === token) {
    throw new UserError(
      "invalid-option",
      "The other account's token is the same as the token. Set one of another account.",
    );
  }
}

/** If the option itself is invalid, a rejection shows nothing about the server. */
function requireImports({ importUrl, failingUrl, folderPath, access }: VerifyOptions, shown: Shown): void {
  for (const [name, url] of Object.entries({ import: importUrl, failing: failingUrl })) {
    if (url === undefined || isWebAddress(url)) continue;
    throw new UserError(
      "invalid-option",
      `The ${name} url "${shown(url)}" is not the URL of a file. Write one such as https://example.com/cat.png.`,
    );
  }
  if (folderPath !== undefined && !folderPath.startsWith("/")) {
    throw new UserError(
      "invalid-option",
      `The folder path "${shown(folderPath)}" does not begin with a slash. Write one such as /import-kit.`,
    );
  }
  if (access !== undefined && !isAccess(access)) {
    const allowed = contractInForce().contract.resolve("/components/schemas/Access").value["enum"] as string[];
    throw new UserError("invalid-option", `The access must be one of ${allowed.join(", ")}; got "${shown(access)}".`);
  }
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
