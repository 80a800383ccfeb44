/** What a test takes from here. */
export { readTables, titleOf } from "./page.mjs";
export { READERS } from "./readers.mjs";
