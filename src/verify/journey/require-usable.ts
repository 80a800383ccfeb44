import { isAccess } from "../../contract/contract.js";
import { UserError } from "../../user-error.js";
import { contractInForce } from "../contract.js";
import { createMessageRedactor } from "../recording/redact.js";
import { requireRules, serverRules } from "../server-rules/rules.js";
import { isSafeForToken } from "./link.js";
import type { VerifyOptions } from "./options.js";

/**
 * Refuses options that no run could keep to, before anything is asked for or written.
 *
 * @throws UserError `invalid-option`, `unsafe-target` or `unknown-check`
 */
export function requireUsable(options: VerifyOptions): void {
  requireTypes(options);
  const shown = createMessageRedactor([options.token]);
  requireTarget(options, shown);
  requireImports(options, shown);
  requireChecks(options);
}

/** @throws UserError `unknown-check`; `invalid-option` if no check is left: of nothing judged nothing can be said */
export function requireChecks({ only = [], skip = [] }: Pick<VerifyOptions, "only" | "skip">): void {
  requireRules([...only, ...skip]);
  const isLeft = (id: string) => (only.length === 0 || only.includes(id)) && !skip.includes(id);
  if (!serverRules.some(({ id }) => isLeft(id))) {
    throw new UserError("invalid-option", "only and skip leave no check to judge. All: verify --list.");
  }
}

/** TypeScript tells these mistakes before; JavaScript does not. */
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
  const due = { only: "an array of ids", skip: "an array of ids", baseUrl: "an address", token: "the token" }[name];
  throw new UserError("invalid-option", `${name} is missing or wrong. Give ${due ?? "milliseconds, up to a day"}.`);
}

const MAX_MS = 24 * 3_600_000;

/** What stands in an error: a token in the wrong place is the likeliest mistake. */
type Shown = (text: string) => string;

function requireTarget({ baseUrl, token }: VerifyOptions, shown: Shown): void {
  if (!isWebAddress(baseUrl)) {
    throw new UserError("invalid-option", `${shown(baseUrl)} is no address. Write one such as https://api.hubapi.com.`);
  }
  const { username, password, search, hash } = new URL(baseUrl);
  if (username || password || search || hash) {
    throw new UserError("invalid-option", "The base url must be scheme, host and path: no user, query or fragment.");
  }
  if (!isSafeForToken(baseUrl)) {
    throw new UserError(
      "unsafe-target",
      `The token is not sent to ${shown(new URL(baseUrl).host)} over plain http. Use https, or a server on this machine.`,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new UserError("invalid-option", "The token has to be printable characters without a space.");
  }
}

/** What a server would refuse says nothing about the server. */
function requireImports({ importUrl, failingUrl, folderPath, access }: VerifyOptions, shown: Shown): void {
  for (const [name, url] of Object.entries({ import: importUrl, failing: failingUrl })) {
    if (url === undefined || isWebAddress(url)) continue;
    throw new UserError(
      "invalid-option",
      `The ${name} url "${shown(url)}" is no address of a file. Write one such as https://example.com/cat.png.`,
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
    throw new UserError("invalid-option", `The access "${shown(access)}" is none of ${allowed.join(", ")}.`);
  }
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
