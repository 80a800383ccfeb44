import { isIP } from "node:net";

/**
 * Whether a name or address means this machine alone.
 *
 * @example isLoopback("127.8.9.1"); // true
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
