import { defineConfig } from "vitest/config";

/** The judge alone, over recordings that are made once: a mutant is tried in milliseconds, not in a run of servers. */
export default defineConfig({
  test: {
    include: ["test/mutation/*.mutation.ts"],
    globalSetup: "test/mutation/record.ts",
    testTimeout: 60_000,
  },
});
