import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import type { RecordedExchange } from "../src/exchange/exchange.js";
import { type RecordingNotes, toHar } from "../src/exchange/har.js";
import { type Ended, runToEnd } from "./command-host.js";

/** The command as it is published: `npm test` builds it first. */
export const BIN = resolve(packageJson.bin["hubspot-import-kit"]);
export const TOKEN = "pat-na1-5b1c0e9d-7a34-4f6e-9c58-2d1f0a6e2c87";

/** A directory of the test's own, where the command runs. @param finished a concurrent test's own hook */
export async function directoryOf(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  finished: (end: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "kit-verify-"));
  finished(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
}

/** The tests' environment, with a token. */
export function environment(values: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, HUBSPOT_ACCESS_TOKEN: TOKEN, ...values };
}

/** Runs `verify` to its end, in a directory of its own unless one is named. */
export async function verify(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return runToEnd({ bin: BIN, args: ["verify", ...args], cwd: cwd ?? (await directoryOf()), env: environment(env) });
}

/** A recording as the text of a file. */
export function harText(exchanges: readonly RecordedExchange[], notes: RecordingNotes = {}): string {
  return JSON.stringify(toHar(exchanges, { version: "0.0.0", ...notes }));
}
