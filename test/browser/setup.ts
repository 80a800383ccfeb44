import chromium from "@sparticuz/chromium";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly chromium: { readonly executablePath: string; readonly args: readonly string[] };
  }
}

/** In a single process the browser would end with its first context; and developers' browsers keep pages of other origins apart. */
const UNWANTED = [
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--disable-site-isolation-trials",
  "--disable-features=AudioServiceOutOfProcess,IsolateOrigins,site-per-process",
  "--allow-running-insecure-content",
  "--no-pings",
];

/** Unpacks the browser once, before several test files would do so at the same place at the same time. */
export default async function setup({ provide }: TestProject): Promise<void> {
  const args = chromium.args.filter((arg) => !UNWANTED.includes(arg));
  provide("chromium", { executablePath: await chromium.executablePath(), args });
}
