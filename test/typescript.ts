import { createRequire } from "node:module";

/** TypeScript. Node searches a CommonJS module that is imported for its exports' names, which takes half a second here. */
export default createRequire(import.meta.url)("typescript") as typeof import("typescript");
