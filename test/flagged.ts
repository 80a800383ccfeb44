import { resolve } from "node:path";
import { V8_FLAGS } from "./v8-flags.js";

/** The environment in which a command that is a Node script, such as `npm`, has V8's flags, and what it forks has them too. */
export const FLAGGED = {
  ...process.env,
  PATH: `${resolve("test/flagged")}:${process.env["PATH"]}`,
  FLAGGED_NODE: process.execPath,
  V8_FLAGS: V8_FLAGS.join(" "),
};
