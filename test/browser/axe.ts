import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The script that makes a page's `axe`. To import it would run it in Node first. */
export const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
