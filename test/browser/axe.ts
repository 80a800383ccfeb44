import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The script that makes a page's `axe`. To import it would run it in Node first. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
