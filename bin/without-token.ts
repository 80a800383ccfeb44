import { createMessageRedactor, createRedactor, type Redact } from "../src/exchange/redact.js";
import { evictOldest } from "../src/lru.js";

/** The environment variable that holds the account's token. */
export const TOKEN = "HUBSPOT_ACCESS_TOKEN";

/** The environment variable that holds the token of another account, for one question of the contract check. */
export const OTHER_TOKEN = "HUBSPOT_OTHER_ACCESS_TOKEN";

/** The environment variable that holds the token of the control API. */
export const CONTROL_TOKEN = "IMPORT_KIT_CONTROL_TOKEN";

/**
 * Redacts the environment's tokens in a text, in all their forms. Exchanges are redacted earlier; this is for the texts
 * around them, such as an address or an error's message.
 */
export function withoutToken(text: string): string {
  return tokenRedactor()(text);
}

/** The same for several texts: each line of a log has two, and the environment is slow to read. */
export function tokenRedactor(): (text: string) => string {
  const tokens = environmentTokens();
  if (tokens.some((token, index) => token !== known.tokens[index])) {
    known = { tokens, redact: createMessageRedactor(tokens), clean: new Set() };
  }
  return redacted;
}

function redacted(text: string): string {
  const { clean, redact } = known;
  if (clean.has(text)) return text;
  const result = redact(text);
  if (result === text && text.length <= SHORT) {
    clean.add(text);
    evictOldest(clean, MAX_CLEAN);
  }
  return result;
}

/** Created again only if the environment changes, as each line of a mock's log is redacted. */
let known = { tokens: ["", "", ""] as readonly string[], redact: createMessageRedactor([]), clean: new Set<string>() };

/**
 * Only texts without a secret are cached. Lines of a mock's log are similar, and searching the two texts of each took 2 µs
 * (npm run bench, with a line of log).
 */
const MAX_CLEAN = 100;
const SHORT = 1000;

/** Reads the environment's tokens, empty if unset. */
export function environmentTokens(): readonly string[] {
  return [TOKEN, OTHER_TOKEN, CONTROL_TOKEN].map(environment);
}

/** Returns a redactor of values that contain texts, such as a report, for the environment's tokens. */
export function environmentRedactor(): Redact {
  return createRedactor(environmentTokens());
}

/** Reads a variable; also empty if Deno denies it. */
function environment(variable: string): string {
  try {
    return process.env[variable] ?? "";
  } catch {
    return "";
  }
}
