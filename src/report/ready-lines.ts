import { curlCommand, OTHER_TOKEN_VARIABLE, shellQuoted, TOKEN_VARIABLE } from "../exchange/curl.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import { operationOf } from "../judge/read-exchange.js";
import type { CheckResult, Report } from "../judge/report.js";
import { printable } from "../text.js";
import type { Surroundings } from "./words.js";

/** A command to copy, and its purpose. */
export interface ReadyLine {
  readonly label: string;
  readonly command: string;
}

/**
 * Returns the next steps after a failure as commands: replay the responses, repeat the first failed request, skip the
 * checks.
 */
export function readyLines(
  checks: readonly Pick<CheckResult, "id" | "findings">[],
  report: Report,
  { exchanges, surroundings }: Material,
): readonly ReadyLine[] {
  const { recording, verify } = surroundings;
  // If several requests prove a failure, the last one contradicts those before it.
  const index = checks.flatMap(({ findings }) => findings)[0]?.exchanges.at(-1) ?? -1;
  const exchange = exchanges[index];
  return [
    recording === undefined
      ? { label: "Record a run, to replay it", command: `${verify} --record run.har` }
      : {
          label: "Replay the recorded responses",
          command: [
            `${COMMAND} mock --port 0 --replay ${argument(recording)}`,
            ...scenarioOf(index, report, exchanges),
          ].join(" "),
        },
    ...(exchange ? [{ label: `Repeat request ${index + 1}`, command: curlOf(exchange) }] : []),
    // Without them, a run that judges nothing else would have no check left.
    ...(report.checks.length > checks.length
      ? [
          {
            label: "Skip until this is resolved",
            command: `${verify} --skip ${checks.map(({ id }) => id).join(" ")}`,
          },
        ]
      : []),
  ];
}

/** The input of a report, beside the results. */
export interface Material {
  readonly exchanges: readonly RecordedExchange[];
  readonly surroundings: Surroundings;
}

/** Returns the option with which each import of a replay is as that of a request; none without an import. */
function scenarioOf(index: number, { tasks }: Report, exchanges: readonly RecordedExchange[]): readonly string[] {
  const part = exchanges[index]?.step?.part;
  const task = tasks.find(
    ({ polls, importExchange }) => importExchange === index || polls.some((poll) => poll.exchange === index),
  );
  const number = importTries(exchanges).findIndex((tries) =>
    tries.some((one) =>
      part === undefined ? one === (task?.importExchange ?? index) : exchanges[one]?.step?.part === part,
    ),
  );
  return number === -1 ? [] : [`--scenario replay-${number + 1}`];
}

/** The command with which this kit can be called whether installed or not. */
export const COMMAND = "npx hubspot-import-kit";

/** The page that explains what to do about each kind of failure. */
export const RED_PAGE = `${COMMAND} docs red`;

/** Quotes a word for a shell. @example argument("a b"); // "'a b'" */
export function argument(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : shellQuoted(word);
}

/**
 * Renders the request as it was sent, with the account's token as a variable, or with a wrong one if the request needs
 * that.
 */
function curlOf({ request, step }: RecordedExchange): string {
  const { method, url, headers, body } = request;
  const wasWrong = step?.request === "wrong-token";
  const variable = step?.request === "other-account" ? OTHER_TOKEN_VARIABLE : TOKEN_VARIABLE;
  const bearer = wasWrong ? "a-wrong-token" : "authorization" in headers ? variable : undefined;
  return printable(curlCommand({ method, url, headers, body, bearer }, ["-i"]));
}

/**
 * Returns the imports of a recording, in their order, each as the indexes of its attempts: a run of this kit repeats a
 * delayed import. `mock --replay` numbers its scenarios in the same way.
 */
export function importTries(exchanges: readonly RecordedExchange[]): readonly (readonly number[])[] {
  const imports = exchanges.flatMap((one, index) => (isImport(one) ? [{ index, key: one.step?.part ?? index }] : []));
  return [...grouped(imports, ({ key }) => key).values()].map((tries) => tries.map(({ index }) => index));
}

function isImport(exchange: RecordedExchange): boolean {
  // Most requests are polls, and parsing an address takes time.
  if (exchange.request.method === "GET" || exchange.step?.part === "rejection") return false;
  if (exchange.step?.part === "question") return false;
  return operationOf(exchange) === "importFromUrl";
}
