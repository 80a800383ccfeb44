import { escapePointer, isObject } from "../../src/json.js";
import { SNAPSHOT_VERSION } from "../../src/simulator/control/snapshot.js";
import { MAX_TIMES } from "../../src/simulator/kept-task.js";
import { readEffect } from "../../src/task/fault/read-effect.js";
import type { Schemas } from "./operations.js";
import { invalid } from "./refused.js";

/**
 * A snapshot of another format has other properties, too: the format says it all. One without is of the first.
 *
 * @param value JSON of any shape
 * @throws Refused
 */
export function requireFormat(value: unknown, pointer: string): void {
  if (!isObject(value)) return;
  const { version = 1, sessions } = value;
  if (!FORMATS.includes(version)) {
    const came = JSON.stringify(version).slice(0, 100);
    const message = `is ${came}, and this mock reads formats 1 to ${SNAPSHOT_VERSION}. Export it with a mock of the same version.`;
    throw invalid([{ pointer: `${pointer}/version`, message }]);
  }
  if (!isObject(sessions)) return;
  for (const [name, session] of Object.entries(sessions))
    requireFormat(session, `${pointer}/sessions/${escapePointer(name)}`);
}

/** From 1 on. */
const FORMATS: readonly unknown[] = Array.from({ length: SNAPSHOT_VERSION }, (_, index) => index + 1);

/**
 * Reads each answer that waits as it was read when it was injected.
 *
 * @param value a snapshot that fits the document
 * @throws Refused
 */
export function requireAnswers(value: unknown, pointer: string): void {
  const snapshot = value as Schemas["Snapshot"] | Schemas["MockSnapshot"];
  if ("sessions" in snapshot) {
    for (const [name, session] of Object.entries(snapshot.sessions))
      requireAnswers(session, `${pointer}/sessions/${escapePointer(name)}`);
    return;
  }
  for (const [task, { injected = [] }] of snapshot.tasks.entries()) {
    for (const [index, { times = 1, after = 0, ...source }] of injected.entries()) {
      const at = `${pointer}/tasks/${task}/injected/${index}`;
      const read = readEffect(source);
      if ("problem" in read) {
        throw invalid([{ pointer: at + read.problem.pointer.replace(/\/$/, ""), message: read.problem.message }]);
      }
      requireCount(times, 1, `${at}/times`);
      requireCount(after, 0, `${at}/after`);
    }
  }
}

function requireCount(value: unknown, least: number, pointer: string): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_TIMES) return;
  throw invalid([{ pointer, message: `has to be a whole number from ${least} to ${MAX_TIMES}.` }]);
}
