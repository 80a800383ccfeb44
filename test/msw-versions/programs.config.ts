import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { V8_FLAGS } from "../v8-flags.js";

const name = process.env["MSW_VERSION"]?.startsWith("2.6") ? "msw-oldest" : "msw-newest";
const here = fileURLToPath(import.meta.url);

/** The MSW tests with another msw in place of the project's own, and the kit as it is published, which is few files to load. */
export default defineConfig({
  plugins: [
    {
      name: "another-msw",
      enforce: "pre",
      resolveId(source) {
        // A test's own import, or the path from the root of one whose name it makes while it runs.
        const [, entry] = /^(?:\.\.)?\/(mocks\/\w+\.js(?:\?\w+)?)$/.exec(source) ?? [];
        if (entry !== undefined) return resolve("dist", entry);
        return /^msw($|\/)/.test(source) ? this.resolve(source.replace("msw", name), here, { skipSelf: true }) : null;
      },
    },
  ],
  test: {
    include: ["test/msw.test.ts", "test/msw-address.test.ts", "test/msw-network.test.ts"],
    root: fileURLToPath(new URL("../..", import.meta.url)),
    // One process, which loads the kit once for its three files.
    isolate: false,
    execArgv: [...V8_FLAGS, ...(process.env["XW"]?.split(" ") ?? [])],
    // What imports msw goes through Vite, which puts the other in its place; the rest is imported as it is.
    server: { deps: { external: [/\/dist\/chunks\//] } },
    maxWorkers: 1,
    testTimeout: 30_000,
  },
});
