/** What a test takes from here. */
export { CASES } from "./cases.mjs";
export { tryVersions } from "./dated.mjs";
export { createDriver } from "./javascript.mjs";
export { observe } from "./observe.mjs";
export { readTables } from "./tables.mjs";
