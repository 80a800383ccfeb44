import { API_ROOT } from "../../src/contract/operations.js";
import { printable, withoutCommands } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import { type Asked, askServer } from "../../src/verify/ask-server.js";
import { type Progress, requireUsable, type VerifyOptions } from "../../src/verify/options.js";
import { onBreakOff } from "../break-off.js";
import { printAside } from "../print.js";
import { OTHER_TOKEN, TOKEN, withoutToken } from "../without-token.js";
import { connectionTo } from "./proxy.js";

/** The command line's options of a run against a server. */
export interface AskOptions
  extends Partial<
    Pick<
      VerifyOptions,
      | "baseUrl"
      | "apiVersion"
      | "importUrl"
      | "failingUrl"
      | "folderPath"
      | "access"
      | "strict"
      | "keep"
      | "only"
      | "skip"
    >
  > {
  /** In milliseconds, as `timeout`. */
  readonly pollInterval?: number;
  readonly timeout?: number;
  readonly quiet?: boolean;
}

/** A run's exchanges, with a hint for an unreachable server. */
export interface AskedHere extends Asked {
  readonly hint: string;
  readonly isBrokenOff: boolean;
}

/** Runs against the server. Ctrl-C ends the run early; a second one also ends the deletion of the created files. */
export async function ask(options: AskOptions): Promise<AskedHere> {
  const settings = settingsOf(options);
  requireUsable(settings);
  const { fetch, hint } = await connectionTo(settings.baseUrl, process.env);
  const interruption = new AbortController();
  const leaving = new AbortController();
  const { signal } = interruption;
  const progress = createProgress({ isQuiet: options.quiet ?? false });
  const showCleanup = (message: string) => progress.show({ journey: "cleanup", message, requests: 0 });
  const stopListening = onBreakOff(
    () => {
      showCleanup("interrupted: deleting the files of this run. Interrupt again to leave them.");
      interruption.abort();
    },
    () => {
      showCleanup("interrupted again: not deleting the remaining files");
      leaving.abort();
    },
  );
  try {
    const run = { ...settings, ...(fetch && { fetch }), signal, onProgress: progress.show };
    const asked = await askServer(run, leaving.signal);
    return { ...asked, hint, isBrokenOff: signal.aborted };
  } finally {
    progress.end();
    stopListening();
  }
}

function settingsOf({ baseUrl, pollInterval, timeout, ...rest }: AskOptions): VerifyOptions {
  const token = process.env[TOKEN] ?? "";
  const otherToken = process.env[OTHER_TOKEN] ?? "";
  if (baseUrl === undefined) {
    throw new UserError(
      "invalid-option",
      `--base-url is missing. Pass the URL before ${API_ROOT}, such as https://api.hubapi.com, or --recording FILE.har.`,
    );
  }
  if (token === "") {
    throw new UserError(
      "invalid-option",
      `${TOKEN} is not set. Set it to a token with the scopes files and files.delete; this kit's mock accepts any word.`,
    );
  }
  return {
    ...rest,
    baseUrl,
    token,
    ...(otherToken !== "" && { otherToken }),
    ...(pollInterval !== undefined && { pollIntervalMs: pollInterval }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
  };
}

/** Shows a run's progress on standard error: on a terminal a line that is updated, in a log a line for each change. */
function createProgress({ isQuiet }: { readonly isQuiet: boolean }): {
  readonly show: (progress: Progress) => void;
  readonly end: () => void;
} {
  if (isQuiet) return { show: () => {}, end: () => {} };
  const { stderr } = process;
  const hasMovingLine = stderr.isTTY && process.env["TERM"] !== "dumb";
  const latest = new Map<Progress["journey"], string>();

  function draw(line: string): void {
    stderr.cursorTo(0);
    // Cut to one row: a wrapped line could not be cleared.
    stderr.write([...withoutCommands(line)].slice(0, (stderr.columns || 80) - 1).join(""));
    stderr.clearLine(1);
  }

  return {
    show({ journey, message, requests }) {
      const text = printable(withoutToken(message));
      const isNews = latest.get(journey) !== text;
      latest.set(journey, text);
      const cleanup = latest.get("cleanup");
      const all = [...latest].map(([name, last]) => `${name}: ${last}`).join(" · ");
      // During cleanup only that is shown, to keep the row short.
      if (hasMovingLine) draw(cleanup === undefined ? `${all} · ${requests} requests` : `cleanup: ${cleanup}`);
      else if (isNews) printAside(`verify: ${journey}: ${text}\n`);
    },
    end() {
      if (hasMovingLine) draw("");
    },
  };
}
