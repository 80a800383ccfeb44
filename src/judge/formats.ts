import { fullFormats } from "ajv-formats/dist/formats.js";
import { instantOf } from "../time.js";

const isUri = fullFormats.uri as (text: string) => boolean;

/** The formats of the contract's schemas, for `validators.gen.ts`: ajv-formats' own, but where those take what is wrong. */
export const formats = {
  ...fullFormats,
  "date-time": (text: string) => instantOf(text) !== undefined,
  // ajv-formats' own takes a urn, too, and a port that is no number.
  uuid: (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  uri: (text: string) => isUri(text) && !hasBadPort(text),
};

/** Whether something else than digits stands behind the host and a colon. */
function hasBadPort(uri: string): boolean {
  const [, authority = ""] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(uri) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return /^(?:\[[^\]]*\]|[^:[]*):\d*\D/.test(host);
}
