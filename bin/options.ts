import { InvalidArgumentError } from "commander";
import { isInstant, isSeed } from "../src/task/task-id.js";

/** A whole number that seeds a task. */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!isSeed(seed)) throw new InvalidArgumentError("Write a whole number from 0 to 4294967295.");
  return seed;
}

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

/** An instant, written as an ISO date or in epoch milliseconds; in epoch milliseconds. */
export function parseInstant(text: string): number {
  const instant = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!isInstant(instant))
    throw new InvalidArgumentError("Write a date such as 2026-09-14T09:30:00Z, or epoch milliseconds.");
  return instant;
}
