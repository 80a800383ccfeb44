import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordedExchange } from "../../src/exchange/exchange.js";

/** Outside of the project, since each worker has a copy of that. */
export const RECORDINGS = join(tmpdir(), "hubspot-import-kit-recordings");

/**
 * A file for each server: most mutants are seen by one of the first, and some servers send megabytes. By a digest, since
 * names hold what no file's may.
 */
export function recordingFile(name: string): string {
  return join(RECORDINGS, `${createHash("sha256").update(name).digest("hex")}.json`);
}

export function readRecorded(name: string): readonly RecordedExchange[] {
  return JSON.parse(readFileSync(recordingFile(name), "utf8")) as readonly RecordedExchange[];
}
