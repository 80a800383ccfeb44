import chromium from "@sparticuz/chromium";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly chromium: { readonly executablePath: string; readonly args: readonly string[] };
  }
}

/** Unpacks the browser once, before several test files would do so at the same place at the same time. */
export default async function setup({ provide }: TestProject): Promise<void> {
  // In a single process the browser would end with its first context.
  const args = chromium.args.filter((arg) => arg !== "--single-process" && arg !== "--no-zygote");
  provide("chromium", { executablePath: await chromium.executablePath(), args });
}
