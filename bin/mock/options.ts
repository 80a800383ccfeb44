import { InvalidArgumentError, Option } from "commander";
import { publicAddress } from "../../mocks/public-address.js";
import { type ConductReportKind, isConductReportKind } from "../../src/report/kinds.js";
import { UserError } from "../../src/user-error.js";

/** A TCP port; 0 stands for any free one. */
export function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError("Write a whole number from 0 to 65535.");
  return port;
}

/** A factor greater than zero. */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed > 0 && speed <= 1_000_000)) throw new InvalidArgumentError("Write a number greater than 0, such as 20.");
  return speed;
}

/** An address to listen on; none would mean all. */
export function parseHost(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Write an address of this machine, such as 127.0.0.1.");
  return text;
}

/** An address that links can begin with, without a slash at its end. */
export function parsePublicUrl(text: string): string {
  try {
    return publicAddress(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new InvalidArgumentError(
      "Write an origin, with a path where there is one, such as https://mock.test/hubspot.",
    );
  }
}

/**
 * A bearer token: what a header can carry.
 *
 * @throws UserError `invalid-option`; Commander's own error would show the token
 */
export function parseToken(text: string): string {
  if (/^[\w.~+/=-]{8,}$/.test(text)) return text;
  throw new UserError(
    "invalid-option",
    "the control token has to be 8 or more letters, digits, or characters of -._~+/=; it is not shown here.",
  );
}

/** Host names, collected: without scheme, port or path. */
export function parseHostName(text: string, before: readonly string[]): readonly string[] {
  if (/^([\w.-]+|\[[\da-fA-F:]+\])$/.test(text)) return [...before, text];
  throw new InvalidArgumentError("Write a name or address alone, such as mock.example.com or 192.168.1.5.");
}

/** What `--as-published` excludes. @throws UserError `invalid-option` */
export function requirePublishable({
  inFlightStatus,
  inFlightDates,
}: {
  readonly inFlightStatus: string;
  readonly inFlightDates: string;
}): void {
  const given = inFlightStatus === "202" ? "--in-flight-status 202" : `--in-flight-dates ${inFlightDates}`;
  if (inFlightStatus === "200" && inFlightDates === "filled") return;
  const sentence = `${given} is not what HubSpot's published document says of a task in flight.`;
  throw new UserError("invalid-option", `${sentence} Leave it or --as-published out.`);
}

/** What `mock` tells and keeps when it ends. */
export interface EndingOptions {
  readonly conductReport?: readonly ConductTarget[];
  readonly failOn?: "conduct";
  /** Percent. */
  readonly failUnder?: number;
  /** The file that keeps its sessions. */
  readonly snapshot?: string;
  readonly quiet?: boolean;
}

/** A report about the clients' conduct, and where it goes. */
interface ConductTarget {
  readonly kind: ConductReportKind;
  readonly file: string;
}

export function endingOptions(): readonly Option[] {
  return [
    new Option(
      "--conduct-report <file>",
      "on exit, write how the clients behaved: .xml (JUnit), .md, .json, .html, .txt, or KIND=FILE; repeatable",
    ).argParser(collectTargets),
    new Option("--fail-on <what>", "exit with 1 if a client broke a rule, with 3 if none was judged").choices([
      "conduct",
    ]),
    new Option(
      "--fail-under <percent>",
      "exit with 1 if less of all scenarios, states and faults was exercised",
    ).argParser(parsePercent),
    new Option(
      "--snapshot <file>",
      "go on with the sessions that the file keeps, and keep them there for the next start",
    ),
  ];
}

const KIND_OF_EXTENSION: Readonly<Record<string, ConductReportKind>> = {
  xml: "junit",
  md: "markdown",
  json: "json",
  html: "html",
  txt: "text",
};

function collectTargets(text: string, before: readonly ConductTarget[] = []): readonly ConductTarget[] {
  const [, word = "", file = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const kind = isConductReportKind(word) ? word : KIND_OF_EXTENSION[text.split(".").at(-1)?.toLowerCase() ?? ""];
  const target = kind && { kind, file: isConductReportKind(word) ? file : text };
  if (!target || target.file === "") {
    throw new InvalidArgumentError(
      "Write a file ending in .xml, .md, .json, .html or .txt, or KIND=FILE such as junit=out.",
    );
  }
  if (before.some((one) => one.file === target.file)) {
    throw new InvalidArgumentError("It would be written twice. Give each report a file of its own.");
  }
  return [...before, target];
}

function parsePercent(text: string): number {
  const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(percent <= 100)) throw new InvalidArgumentError("Write a percentage from 0 to 100, such as 80.");
  return percent;
}
