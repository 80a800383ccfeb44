import { defineConfig } from "vitest/config";
import { RECORDINGS } from "./recordings.js";

/** The servers' tests, over recordings that are made once: a mutant is tried in milliseconds, not in a run of servers. */
export default defineConfig({
  test: {
    include: ["test/verify/{broken,unusual,unjudged}-servers.test.ts"],
    globalSetup: "test/mutation/record.ts",
    env: { KIT_RECORDINGS: RECORDINGS },
    testTimeout: 60_000,
  },
});
