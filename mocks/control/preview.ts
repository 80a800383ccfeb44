import { pathOf } from "../../src/contract/operations.js";
import type { JournalEntry } from "../../src/session/journal.js";
import type { SessionControl } from "../../src/session/session-control.js";
import { createSimulator, type Simulator } from "../../src/simulator/simulator.js";

/** Which poll is looked at. */
export interface PreviewedPoll {
  /** The task's id or short name. */
  readonly id: string;
  /** The mock's address as its client called it. */
  readonly base: string;
  /** The moment of the session's clock, in epoch milliseconds. */
  readonly at: number;
  /** How many other polls come before it. */
  readonly after: number;
}

/**
 * What a poll would get: it is sent to a copy of the session with this one task, which is thrown away.
 *
 * @throws UserError `unknown-task`
 */
export function previewPoll(
  simulator: Simulator,
  session: SessionControl,
  { id, base, at, after }: PreviewedPoll,
): JournalEntry {
  const task = session.taskId(id);
  const instant = session.clock.now();
  const basePath = new URL(base).pathname;
  const copy = createSimulator({ scenarios: simulator.scenarios(), now: () => instant, basePath });
  copy.restore(session.name, session.snapshotOf(task));
  const { clock, journal } = copy.session(session.name);
  clock.freeze();
  clock.set(at);
  const headers = new Headers({ Authorization: "Bearer preview", "X-Mock-Session": session.name });
  const url = base + pathOf("checkImportStatus", encodeURIComponent(task));
  for (let poll = 0; poll <= after; poll += 1) copy.exchange({ method: "GET", url, headers }, { kind: "empty" });
  return journal().entries().at(-1) as JournalEntry;
}
