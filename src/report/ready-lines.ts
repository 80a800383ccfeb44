import { curlCommand, OTHER_TOKEN_VARIABLE, shellQuoted, TOKEN_VARIABLE } from "../exchange/curl.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import { operationOf } from "../judge/read-exchange.js";
import type { CheckResult, Report } from "../judge/report.js";
import { printable } from "../text.js";
import type { Surroundings } from "./words.js";

/** A command that can be copied as it stands, and what it is for. */
export interface ReadyLine {
  readonly label: string;
  readonly command: string;
}

/** What a failure's reader does next, as commands: replay what was seen, ask again what failed first, leave the checks out. */
export function readyLines(
  checks: readonly Pick<CheckResult, "id" | "findings">[],
  report: Report,
  { exchanges, surroundings }: Material,
): readonly ReadyLine[] {
  const { recording, verify } = surroundings;
  // Of several requests that prove a failure, the last is the one that contradicts those before it.
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
    // A run that judges nothing else would be left without any check.
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

/** What a report is rendered from, beside itself. */
export interface Material {
  readonly exchanges: readonly RecordedExchange[];
  readonly surroundings: Surroundings;
}

/** The option by which every import of a replay does what that of a request did; none where no import is behind it. */
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

/** How this kit is called where it may be installed or not. */
export const COMMAND = "npx hubspot-import-kit";

/** The page that says what to do about each kind of failure. */
export const RED_PAGE = `${COMMAND} docs red`;

/** A word as a shell takes it. @example argument("a b"); // "'a b'" */
export function argument(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : shellQuoted(word);
}

/** The request as it was sent, with the account's token as a variable, or with a wrong one where that was the point. */
function curlOf({ request, step }: RecordedExchange): string {
  const { method, url, headers, body } = request;
  const wasWrong = step?.request === "wrong-token";
  const variable = step?.request === "other-account" ? OTHER_TOKEN_VARIABLE : TOKEN_VARIABLE;
  const bearer = wasWrong ? "a-wrong-token" : "authorization" in headers ? variable : undefined;
  return printable(curlCommand({ method, url, headers, body, bearer }, ["-i"]));
}

/**
 * The imports of a recording, in their order, each as the positions of its tries: a run of this kit's sends one again where it
 * is put off. `mock --replay` numbers its scenarios so.
 */
export function importTries(exchanges: readonly RecordedExchange[]): readonly (readonly number[])[] {
  const imports = exchanges.flatMap((one, index) => (isImport(one) ? [{ index, key: one.step?.part ?? index }] : []));
  return [...grouped(imports, ({ key }) => key).values()].map((tries) => tries.map(({ index }) => index));
}

function isImport(exchange: RecordedExchange): boolean {
  // Most requests are polls, and to read an address takes time.
  if (exchange.request.method === "GET" || exchange.step?.part === "rejection") return false;
  if (exchange.step?.part === "question") return false;
  return operationOf(exchange) === "importFromUrl";
}
