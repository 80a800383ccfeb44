import { defineConfig } from "vitest/config";

/** The servers' tests, over recordings that are made once: a mutant is tried in milliseconds, not in a run of servers. */
export default defineConfig({
  test: {
    include: ["test/verify/{broken,unusual,unjudged}-servers.test.ts"],
    globalSetup: "test/mutation/record.ts",
    env: { KIT_RECORDED: "true" },
    // One worker a mutant reads the contract once for all three files, and is gone before the next mutant.
    isolate: false,
    testTimeout: 60_000,
  },
});
