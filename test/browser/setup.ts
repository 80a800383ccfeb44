import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import type { TestProject } from "vitest/node";
import { FLAGS, IGNORED_DEFAULTS } from "./flags.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** How it is launched. */
    readonly chromium: {
      readonly executablePath: string;
      readonly args: string[];
      readonly ignoreDefaultArgs: string[];
    };
    /** Where test/packed.ts keeps the package's tarball during a run. */
    readonly packDirectory: string;
  }
}

/** Unpacks the browser once, before several test files would do so at the same place at the same time. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  provide("chromium", {
    executablePath: await chromium.executablePath(),
    args: FLAGS,
    ignoreDefaultArgs: IGNORED_DEFAULTS,
  });
  const packDirectory = await mkdtemp(join(tmpdir(), "kit-packed-"));
  provide("packDirectory", packDirectory);
  return () => rm(packDirectory, { recursive: true });
}
