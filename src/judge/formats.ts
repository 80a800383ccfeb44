import { fullFormats } from "ajv-formats/dist/formats.js";
import { instantOf } from "../time.js";

const isUri = fullFormats.uri as (text: string) => boolean;

/** Most addresses. The pattern of ajv-formats, which also accepts IPv6, takes V8 some 20 ms to compile. */
const PLAIN_URI = /^https?:\/\/[a-z\d.-]+(?::\d+)?(?:\/[\w.~!$&'()*+,;=:@/-]*)?$/i;

/**
 * The formats of the contract's schemas, for `validators.gen.ts`: those of ajv-formats, with stricter ones where these
 * accept invalid values.
 */
export const formats = {
  ...fullFormats,
  "date-time": (text: string) => instantOf(text) !== undefined,
  // ajv-formats also accepts a urn, and a port that is not a number.
  uuid: (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  uri: (text: string) => PLAIN_URI.test(text) || (isUri(text) && !hasBadPort(text)),
};

/** Whether anything other than digits follows the host and a colon. */
function hasBadPort(uri: string): boolean {
  const [, authority = ""] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(uri) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return /^(?:\[[^\]]*\]|[^:[]*):\d*\D/.test(host);
}
