import { readdirSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { V8_FLAGS } from "./test/v8-flags.js";

/**
 * What takes longest, by what a file's path contains. Vitest knows that from its last run; on a fresh machine it sorts by size,
 * and what starts other programs is short: it would come last, where one worker waits for the other. What waits, as for a page,
 * stands beside what needs more than a core, as a compiler.
 */
const LONGEST = [
  "examples/react-upload/",
  "test/msw-platforms.test.ts",
  "test/console-access.test.ts",
  "test/verify/broken-servers.test.ts",
  "test/msw-versions.test.ts",
  "test/hostile.test.ts",
  "test/package-types.test.ts",
  "test/console.test.ts",
  "test/readers.test.ts",
  "test/docs.test.ts",
  "test/first-hour/frontend.test.ts",
  "test/verify/interleavings.test.ts",
  "test/msw-browsers.test.ts",
  "test/installed-package.test.ts",
  "test/first-hour/ci.test.ts",
  "test/conduct.test.ts",
  "test/report/html.test.ts",
  "test/control/bad-input.test.ts",
  "test/prism.test.ts",
  "test/control/snapshot.test.ts",
  "test/storybook.test.ts",
  "test/parity.test.ts",
  "test/linear.test.ts",
  "test/flawless.test.ts",
  "test/fuzz/",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((part) => moduleId.includes(part));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Whether each source is older than what is built from it. */
function isBuilt(): boolean {
  const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const paths = ["src", "mocks", "bin", "spec"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return paths
    .filter((path) => extname(path) !== "")
    .every((path) => {
      const builtAt = changedAt(join("build", path.replace(/\.ts$/, ".js")));
      // Of the data, only some is copied.
      return builtAt === undefined ? !path.endsWith(".ts") : builtAt >= (changedAt(path) ?? 0);
    });
}

/**
 * Imports the sources as they are built, where the build is up to date: they need no transforming, and Node's own modules
 * call each other directly. Among Vite's, each use of an import goes through a getter.
 */
const builtSources: Plugin = {
  name: "built-sources",
  enforce: "pre",
  // Vitest keeps transformed tests for its next run, and those import other files.
  configureVitest: ({ experimental_defineCacheKeyGenerator }) =>
    experimental_defineCacheKeyGenerator(() => (isUpToDate ? "built" : "sources")),
  resolveId(specifier, importer) {
    if (!isUpToDate || importer === undefined || !specifier.startsWith(".")) return null;
    const source = relative(ROOT, resolve(dirname(importer), specifier));
    return SOURCE.test(source) ? join(ROOT, "build", source) : null;
  },
};

// For each thread of Rolldown that starts, Linux would clear huge pages that it hardly uses: a fifth of the time of the tests that
// bundle. It is an option of its allocator.
process.env["MIMALLOC_ALLOW_THP"] ??= "0";

const ROOT = import.meta.dirname;
const SOURCE = /^(src|mocks|bin)\/.*\.js(\?|$)/;
// Whoever watches changes the sources while it runs.
const isUpToDate = process.argv.includes("run") && isBuilt();

export default defineConfig({
  test: {
    // The default leaves one core free, and half of CI's two would do nothing.
    maxWorkers: "100%",
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [builtSources],
        test: {
          name: "kit",
          server: { deps: { external: [/\/build\/(src|mocks|bin)\//] } },
          include: ["test/**/*.test.ts"],
          // Prism takes longer to load than most files take to run: a worker loads it once.
          isolate: false,
          execArgv: V8_FLAGS,
          globalSetup: "test/browser/setup.ts",
          setupFiles: "test/environment.ts",
          // Some tests start real Prism processes; on a busy machine of two cores each takes seconds to load.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      "examples/react-upload",
    ],
  },
});
