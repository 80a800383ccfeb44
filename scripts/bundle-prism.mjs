/**
 * Makes two files of Prism: what judges, and its mocker. Its packages take 80 MB, of which the mock runs a hundredth: they
 * bring Postman's collections, the reading of OpenAPI documents, and sample data in 60 languages.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The compiled files that import Prism, and nothing of ours. By file, the chunk that is made of it. */
export const PRISM_CHUNKS = {
  [join(root, "build/mocks/prism/components.js")]: "prism",
  [join(root, "build/mocks/prism/mocker.js")]: "prism-mocker",
};

/**
 * What Prism's code imports, and never calls here: the mock forwards no request, and its contract has neither callbacks nor
 * schemas with `x-faker` or references to other files (test/installed-package.test.ts).
 */
const UNUSED = [
  "@faker-js/faker",
  "@stoplight/json",
  "http-proxy-agent",
  "https-proxy-agent",
  "json-schema-ref-parser",
  "node-fetch",
];

/** What reads `Prefer` needs the names alone, and not the whole of that package. */
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
 * Writes both files.
 *
 * @param dir where
 * @returns the files that went into them
 */
export async function bundlePrism(dir) {
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(PRISM_CHUNKS).map(([file, name]) => [name, file])),
    platform: "node",
    // The main program has it too.
    external: /^ajv(\/|$)/,
    // As Node has it.
    resolve: { mainFields: ["main"] },
    transform: { define: { this: "exports" } },
    preserveEntrySignatures: "allow-extension",
    plugins: [standIns],
  });
  const { output } = await bundle.write({ dir, format: "esm", chunkFileNames: "[name].js", minify: true });
  return output.flatMap(({ moduleIds }) => moduleIds);
}
