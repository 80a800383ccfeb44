import { InvalidArgumentError } from "commander";
import { publicAddress } from "../../mocks/public-address.js";
import { VERSIONS } from "../../src/contract/operations.js";
import { type ConductReportKind, isConductReportKind } from "../../src/report/kinds.js";
import { nearestNames, shortened } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";

/** An address for the beginning of links, without a trailing slash. */
export function parsePublicUrl(text: string): string {
  try {
    return publicAddress(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new InvalidArgumentError("Write an origin, with a path if needed, such as https://mock.test/hubspot.");
  }
}

/**
 * A bearer token: the characters that a header allows.
 *
 * @throws UserError `invalid-option`; Commander's own error would show the token
 */
export function parseToken(text: string): string {
  if (/^[\w.~+/=-]{8,}$/.test(text)) return text;
  throw new UserError(
    "invalid-option",
    "the control token must be 8 or more letters, digits, or characters of -._~+/=; its value is not shown.",
  );
}

/** Versions of the API, separated by commas; a repeated option adds to them. */
export function parseVersions(text: string, before: readonly string[] = []): readonly string[] {
  const given = text.split(",").map((one) => one.trim());
  const unknown = given.find((one) => !VERSIONS.includes(one));
  if (unknown === undefined) return [...before, ...given];
  const [nearest] = nearestNames(unknown, VERSIONS);
  const hint = nearest === undefined ? "" : ` The nearest to "${shortened(unknown, 60)}" is ${nearest}.`;
  throw new InvalidArgumentError(`Write one or more of ${VERSIONS.join(",")}.${hint}`);
}

/** Rejects what `--as-published` excludes. @throws UserError `invalid-option` */
export function requirePublishable({
  inFlightStatus,
  inFlightDates,
}: {
  readonly inFlightStatus: string;
  readonly inFlightDates: string;
}): void {
  const given = inFlightStatus === "202" ? "--in-flight-status 202" : `--in-flight-dates ${inFlightDates}`;
  if (inFlightStatus === "200" && inFlightDates === "filled") return;
  const sentence = `${given} contradicts HubSpot's published document.`;
  throw new UserError("invalid-option", `${sentence} Remove it or --as-published.`);
}

/** What `mock` reports and stores when it ends. */
export interface EndingOptions {
  readonly conductReport?: readonly ConductTarget[];
  readonly failOn?: "conduct";
  /** Percent. */
  readonly failUnder?: number;
  /** The file that stores its sessions. */
  readonly snapshot?: string;
  readonly quiet?: boolean;
}

/** A report about the clients' conduct, and its file. */
interface ConductTarget {
  readonly kind: ConductReportKind;
  readonly file: string;
}

const KIND_OF_EXTENSION: Readonly<Record<string, ConductReportKind>> = {
  xml: "junit",
  md: "markdown",
  json: "json",
  html: "html",
  txt: "text",
};

/** Collects reports: the file and the kind of each. */
export function collectTargets(text: string, before: readonly ConductTarget[] = []): readonly ConductTarget[] {
  const [, word = "", file = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const kind = isConductReportKind(word) ? word : KIND_OF_EXTENSION[text.split(".").at(-1)?.toLowerCase() ?? ""];
  const target = kind && { kind, file: isConductReportKind(word) ? file : text };
  if (!target || target.file === "") {
    throw new InvalidArgumentError(
      "Write a file ending in .xml, .md, .json, .html or .txt, or KIND=FILE such as junit=out.",
    );
  }
  if (before.some((one) => one.file === target.file)) {
    throw new InvalidArgumentError("Two reports have this file. Give each report its own file.");
  }
  return [...before, target];
}
