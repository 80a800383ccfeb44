import { MAX_BODY_BYTES } from "../../src/simulator/read-body.js";
import { CONTROL_PATH } from "./base.js";
import type { Route } from "./document.js";

/** How large a body may be, and what to do with a larger one. */
export interface BodyLimit {
  readonly bytes: number;
  readonly next: string;
}

/** The limit of an operation's body. */
export function limitFor(id: Route["id"]): BodyLimit {
  return isImport(id) ? OF_SNAPSHOTS : OF_OTHERS;
}

/** Whether an operation takes a snapshot. */
export function isImport(id: Route["id"]): boolean {
  return id === "importMock" || id === "importSession";
}

/** What was exported has to go in again: a thousand sessions with a hundred tasks each make 100 MB. */
export const MAX_SNAPSHOT_BYTES = 200 * 1024 * 1024;

const OF_SNAPSHOTS: BodyLimit = {
  bytes: MAX_SNAPSHOT_BYTES,
  next: `Export less: one session with GET ${CONTROL_PATH}/sessions/NAME/snapshot, or after DELETE of sessions that are done.`,
};
const OF_OTHERS: BodyLimit = { bytes: MAX_BODY_BYTES, next: "No call but the import of a snapshot needs more." };
