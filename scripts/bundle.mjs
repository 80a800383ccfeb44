/**
 * Bundles the compiled files into the package's code: what `hubspot-import-kit/msw` needs into one file, the rest into
 * few. Node takes half a millisecond for each file that it imports, and there are two hundred (npm run bench, msw).
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { bundleLibraries, LIBRARY_CHUNKS } from "./bundle-libraries.mjs";
import { noticesOf } from "./notices.mjs";
import { bundleForPage, modulesOf } from "./page-bundle.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const BUILD = join(root, "build");
const DIST = join(root, "dist");

/** The entries in `package.json`, and files that run as separate programs. */
const ENTRIES = [
  "bin/hubspot-import-kit",
  "bin/verify/outcome-worker",
  "mocks/client",
  "mocks/handlers",
  "mocks/vitest",
  "src/index",
  "src/verify/verify",
];

/** Small, and needed by every entry: bundled in. */
const BUNDLED = ["crc-32", "fastest-levenshtein", "iso8601-duration", "ms", "pure-rand", "uint8array-extras"];

/** Bundled, too, but in a separate file for the panel, which a page loads when it opens the panel. */
const OF_PANEL = ["preact"];

const isBundled = (id) => [...BUNDLED, ...OF_PANEL].some((name) => id === name || id.startsWith(`${name}/`));

/** The compiled files that an entry loads at its start. */
async function loadedBy(entry, found = new Set()) {
  const file = join(BUILD, `${entry}.js`);
  if (found.has(file)) return found;
  found.add(file);
  const imports = (await readFile(file, "utf8")).matchAll(/^(?:import|export)[^"]*"(\.[^"]+)\.js"/gm);
  for (const [, path] of imports) await loadedBy(relative(BUILD, resolve(dirname(file), path)), found);
  return found;
}

/** A file that reads others beside itself gets its original place in place of the chunk's. */
const placed = {
  name: "placed",
  transform(code, id) {
    if (!code.includes("import.meta.url") || !id.startsWith(BUILD)) return undefined;
    return code.replaceAll("import.meta.url", `new URL("../${relative(BUILD, id)}", import.meta.url).href`);
  },
};

/**
 * Escapes all other characters: V8 stores a text that has a single one in twice the memory, and reads it more slowly.
 * Sources are strings, templates or patterns wherever they have one, since comments are left out.
 */
const ascii = {
  name: "ascii",
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== "chunk") continue;
      if (/\.raw`[^`]*[^\0-\x7f]/.test(file.code))
        throw new Error(`${file.fileName}: a raw text would show the escape`);
      file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

/**
 * Turns a library's CommonJS module into a module: otherwise each chunk with one loads another file, the bundler's
 * runtime.
 */
const commonJsAsModule = {
  name: "commonjs-as-module",
  transform(code, id) {
    if (!id.includes("node_modules") || !/\bexports\b/.test(code) || /^export\b/m.test(code)) return undefined;
    const names = new Set(Array.from(code.matchAll(/\bexports\.(\w+) = /g), ([, name]) => name));
    names.delete("default");
    return `const module = { exports: {} };
(function (exports) { ${code}
})(module.exports);
export default module.exports;
export const { ${[...names].join(", ")} } = module.exports;`;
  },
};

/** The Vitest entry loads the MSW entry by its own file: a chunk for both would be one more file for each page and test. */
const entriesApart = {
  name: "entries-apart",
  resolveId: (id, importer) =>
    importer === join(BUILD, "mocks/vitest.js") && id === "./handlers.js" ? { id, external: true } : undefined,
};

async function placedFiles() {
  const files = (await readdir(BUILD, { recursive: true })).filter((name) => name.endsWith(".js"));
  const texts = await Promise.all(files.map((name) => readFile(join(BUILD, name), "utf8")));
  return new Set(files.filter((_, index) => texts[index].includes("import.meta.url")).map((name) => join(BUILD, name)));
}

/**
 * What a page runs. A bundler keeps what a chunk does when it is loaded, so a file that no page needs, such as the
 * validators of scenario files, has to be in another chunk; but not one that loads the engine itself, for then each of the
 * two chunks would wait for the other.
 */
async function filesOfEngine() {
  const loaded = await loadedBy("mocks/handlers");
  const { atOnce } = await bundleForPage(join(BUILD, "mocks/handlers.js"));
  const needed = new Set(modulesOf(atOnce));
  const engine = new Set(loaded);
  for (const file of loaded) {
    if (needed.has(file)) continue;
    const own = await loadedBy(relative(BUILD, file).replace(/\.js$/, ""));
    if (![...own].some((id) => needed.has(id) && dirname(id) !== join(BUILD, "src"))) engine.delete(file);
  }
  return engine;
}

const engine = await filesOfEngine();
const alone = await placedFiles();
const bundle = await rolldown({
  preserveEntrySignatures: "allow-extension",
  input: Object.fromEntries(ENTRIES.map((name) => [name, join(BUILD, `${name}.js`)])),
  platform: "neutral",
  resolve: { conditionNames: ["import", "default"], mainFields: ["module", "main"] },
  external: (id) => id in LIBRARY_CHUNKS || (!/^[./]/.test(id) && !isBundled(id)),
  plugins: [entriesApart, commonJsAsModule, placed, ascii],
});
for (const name of await readdir(DIST, { recursive: true })) if (name.endsWith(".js")) await rm(join(DIST, name));
const { output } = await bundle.write({
  dir: DIST,
  format: "esm",
  // Node reads the whole source of a chunk before it runs any of it. Functions keep their names, for the traces in bug
  // reports.
  minify: { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  paths: Object.fromEntries(Object.entries(LIBRARY_CHUNKS).map(([file, name]) => [file, `./chunks/${name}.js`])),
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: "placed",
        name: (id) => relative(BUILD, id).replaceAll(/\W/g, "-"),
        test: (id) => alone.has(id),
        priority: 2,
      },
      {
        // Every command needs these, and few of them the engine.
        name: "ground",
        test: (id) =>
          (engine.has(id) && dirname(id) === join(BUILD, "src")) ||
          (id.includes("node_modules") && !id.includes("/preact/")),
        priority: 2,
      },
      {
        name: "engine",
        test: (id) =>
          (engine.has(id) && id.startsWith(join(BUILD, "src"))) || id === join(BUILD, "mocks/msw-address.js"),
        priority: 1,
      },
    ],
  },
});
const files = output.flatMap(({ moduleIds }) => moduleIds);
const ofLibraries = await bundleLibraries(join(DIST, "chunks"));
await writeFile(join(DIST, "THIRD-PARTY-NOTICES.txt"), await noticesOf([...files, ...ofLibraries]));
