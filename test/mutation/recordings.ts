import { tmpdir } from "node:os";
import { join } from "node:path";

/** Outside of the project, since each worker has a copy of that. */
export const RECORDINGS = join(tmpdir(), "hubspot-import-kit-recordings.json");
