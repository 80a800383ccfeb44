import { InvalidArgumentError } from "commander";
import { publicAddress } from "../../mocks/proxy/address.js";
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
