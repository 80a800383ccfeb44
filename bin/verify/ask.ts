import { UserError } from "../../src/user-error.js";
import { type Verification, type VerifyOptions, verifyContract } from "../../src/verify/verify.js";
import { TOKEN } from "../print.js";
import { createProgress } from "./progress.js";
import { wayTo, withHint } from "./proxy.js";

/** What the command line says about a run against a server. */
export interface AskOptions
  extends Partial<
    Pick<
      VerifyOptions,
      "baseUrl" | "importUrl" | "failingUrl" | "folderPath" | "access" | "strict" | "keep" | "only" | "skip"
    >
  > {
  /** In milliseconds, as `timeout`. */
  readonly pollInterval?: number;
  readonly timeout?: number;
  readonly quiet?: boolean;
}

/** Runs the contract check. Ctrl-C ends it early, and a second time without deleting what it made. */
export async function ask(options: AskOptions): Promise<Verification> {
  const settings = settingsOf(options);
  const way = await wayTo(settings.baseUrl, process.env);
  const interruption = new AbortController();
  const progress = createProgress({ isQuiet: options.quiet ?? false });
  const stop = () => {
    if (interruption.signal.aborted) {
      progress.end();
      process.exit(130);
    }
    const message = "broken off: deleting what was made. Again to leave it.";
    progress.tell({ journey: "cleanup", message, requests: 0 });
    interruption.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  try {
    const { signal } = interruption;
    const through = way.fetch && { fetch: way.fetch };
    return withHint(await verifyContract({ ...settings, ...through, signal, onProgress: progress.tell }), way);
  } finally {
    progress.end();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
  }
}

function settingsOf({ baseUrl, pollInterval, timeout, ...rest }: AskOptions): VerifyOptions {
  const token = process.env[TOKEN] ?? "";
  if (baseUrl === undefined) {
    throw new UserError(
      "invalid-option",
      "--base-url is missing. Pass the address before /files/v3, such as https://api.hubapi.com, or --recording FILE.har.",
    );
  }
  if (token === "") {
    throw new UserError(
      "invalid-option",
      `${TOKEN} is not set. Put a token with the scopes files and files.delete there; for this kit's mock any word will do.`,
    );
  }
  return {
    ...rest,
    baseUrl,
    token,
    ...(pollInterval !== undefined && { pollIntervalMs: pollInterval }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  };
}
