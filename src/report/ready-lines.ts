import { curlCommand, shellQuoted, TOKEN_VARIABLE } from "../curl.js";
import type { RecordedExchange } from "../verify/recording/recording.js";
import type { CheckResult } from "../verify/report.js";
import { printable } from "./printable.js";
import type { Surroundings } from "./words.js";

/** A command that can be copied as it stands, and what it is for. */
export interface ReadyLine {
  readonly label: string;
  readonly command: string;
}

/** What a failure's reader does next, as commands: replay what was seen, ask again what failed first, leave the checks out. */
export function readyLines(
  checks: readonly Pick<CheckResult, "id" | "findings">[],
  exchanges: readonly RecordedExchange[],
  surroundings: Surroundings,
): readonly ReadyLine[] {
  const { recording, verify } = surroundings;
  // Of several requests that prove a failure, the last is the one that contradicts those before it.
  const index = checks.flatMap(({ findings }) => findings)[0]?.exchanges.at(-1) ?? -1;
  const exchange = exchanges[index];
  return [
    recording === undefined
      ? { label: "Record it, to replay it", command: `${verify} --record run.har` }
      : { label: "Replay what was seen", command: `${COMMAND} mock --replay ${argument(recording)}` },
    ...(exchange ? [{ label: `Ask again (request ${index + 1})`, command: curlOf(exchange) }] : []),
    { label: "Leave it out until it is settled", command: `${verify} --skip ${checks.map(({ id }) => id).join(" ")}` },
  ];
}

/** How this kit is called where it may be installed or not. */
export const COMMAND = "npx hubspot-import-kit";

/** The page that says what to do about each kind of failure. */
export const RED_PAGE = `${COMMAND} docs red`;

/** A word as a shell takes it. @example argument("a b"); // "'a b'" */
export function argument(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : shellQuoted(word);
}

/** The request as it was sent, with the account's token as a variable, or with a wrong one where that was the point. */
function curlOf({ request, purpose }: RecordedExchange): string {
  const { method, url, headers, body } = request;
  const wasWrong = purpose === "refusal/wrong-token";
  const bearer = wasWrong ? "a-wrong-token" : "authorization" in headers ? TOKEN_VARIABLE : undefined;
  return printable(curlCommand({ method, url, headers, body, bearer }, ["-i"]));
}
