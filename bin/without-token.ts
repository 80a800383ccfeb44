import { createMessageRedactor } from "../src/verify/recording/redact.js";

/** The environment variable that holds the account's token. */
export const TOKEN = "HUBSPOT_ACCESS_TOKEN";

/** The environment variable that holds the token of the control API. */
export const CONTROL_TOKEN = "IMPORT_KIT_CONTROL_TOKEN";

/**
 * A finished text without the environment's tokens, in any of their forms. Exchanges are redacted long before: this is for
 * what stands beside them, such as an address or an error's message.
 */
export function withoutToken(text: string): string {
  const tokens = [TOKEN, CONTROL_TOKEN].flatMap(valuesOf);
  if (tokens.some((token, index) => token !== known.tokens[index])) {
    known = { tokens, redact: createMessageRedactor(tokens) };
  }
  return known.redact(text);
}

/** Made again only where the environment changes: each line of a mock's log is redacted. */
let known = { tokens: [] as readonly string[], redact: createMessageRedactor([]) };

/** None, too, where Deno was not allowed to read it. */
function valuesOf(variable: string): readonly string[] {
  try {
    return [process.env[variable] ?? ""];
  } catch {
    return [];
  }
}
