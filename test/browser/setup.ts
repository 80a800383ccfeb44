import chromium from "@sparticuz/chromium";
import type { TestProject } from "vitest/node";
import { FLAGS } from "./flags.mjs";

declare module "vitest" {
  interface ProvidedContext {
    readonly chromium: { readonly executablePath: string; readonly args: readonly string[] };
  }
}

/** Unpacks the browser once, before several test files would do so at the same place at the same time. */
export default async function setup({ provide }: TestProject): Promise<void> {
  provide("chromium", { executablePath: await chromium.executablePath(), args: FLAGS });
}
