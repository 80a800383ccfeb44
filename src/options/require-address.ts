import { readUrl } from "../read-url.js";
import { UserError } from "../user-error.js";

/** @param option the name of the option that gives it @param alternative what else it takes, as the message ends @throws UserError `invalid-option` */
export function requireAddress(option: string, address: string, alternative = ""): void {
  if (/^https?:\/\//i.test(address) && readUrl(address)) return;
  const sentence = `${option}: ${JSON.stringify(address)} is no address.`;
  throw new UserError(
    "invalid-option",
    `${sentence} Give one with its scheme, such as http://127.0.0.1:4010${alternative}.`,
  );
}
