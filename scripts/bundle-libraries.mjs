/**
 * Makes a single file of each library of which the mock runs a small part: Prism's packages take 82 MB, since they
 * include Postman's collections, a reader of OpenAPI documents, and sample data in 60 languages; those of prom-client
 * take 5 MB.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const BUILD = join(root, "build");

/** The compiled files that import such a library, and no file of ours. By file, the chunk made of it. */
export const LIBRARY_CHUNKS = {
  [join(BUILD, "mocks/prism/components.js")]: "prism",
  [join(BUILD, "mocks/prism/mocker.js")]: "prism-mocker",
  [join(BUILD, "mocks/control/metrics.js")]: "metrics",
};

/**
 * Imported by Prism's code, but never called here: the mock forwards no request, and its contract has neither callbacks
 * nor schemas with `x-faker` or references to other files (test/installed-package.test.ts).
 */
const UNUSED = [
  "@faker-js/faker",
  "@stoplight/json",
  "http-proxy-agent",
  "https-proxy-agent",
  "json-schema-ref-parser",
  "node-fetch",
];

/** The reader of `Prefer` needs only the names, and not the whole of that package. */
const STAND_INS = {
  ...Object.fromEntries(UNUSED.map((name) => [name, "export default {};"])),
  "@stoplight/prism-http": `
    export * from "@stoplight/prism-http/dist/mocker/errors.js";
    export * from "@stoplight/prism-http/dist/types.js";`,
};

const standIns = {
  name: "stand-ins",
  resolveId(id, importer) {
    if (id in STAND_INS) return `\0${id}`;
    return importer?.startsWith("\0") ? this.resolve(id, join(root, "package.json")) : undefined;
  },
  load: (id) => (id.startsWith("\0") ? STAND_INS[id.slice(1)] : undefined),
};

/**
 * Writes these chunks.
 *
 * @param dir the target folder
 * @returns the files in them
 */
export async function bundleLibraries(dir) {
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(LIBRARY_CHUNKS).map(([file, name]) => [name, file])),
    platform: "node",
    // Also in the main program.
    external: /^ajv(\/|$)/,
    // As in Node.
    resolve: { mainFields: ["main"] },
    transform: { define: { this: "exports" } },
    preserveEntrySignatures: "allow-extension",
    plugins: [standIns],
  });
  const { output } = await bundle.write({ dir, format: "esm", chunkFileNames: "libraries-[name].js", minify: true });
  const files = output.flatMap(({ moduleIds }) => moduleIds);
  const twice = files.filter((file) => file.startsWith(BUILD) && !(file in LIBRARY_CHUNKS));
  if (twice.length > 0) throw new Error(`would be in the package twice: ${twice.join(", ")}`);
  return files;
}
