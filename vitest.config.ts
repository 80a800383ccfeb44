import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // The default leaves one core free, and half of CI's two would do nothing.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "kit",
          include: ["test/**/*.test.ts"],
          // Prism takes longer to load than most files take to run: a worker loads it once.
          isolate: false,
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
