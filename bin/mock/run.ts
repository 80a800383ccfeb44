import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import type { ControlChange } from "../../mocks/control/api.js";
import type { Guess } from "../../mocks/control/guard.js";
import {
  type ControlAccess,
  importCommand,
  lookCommand,
  pollCommand,
  steerCommand,
} from "../../mocks/first-commands.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import type { Mock } from "../../mocks/server.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { catalogueOf, requireScenario } from "../../src/session/choose-scenario.js";
import type { Unknowns } from "../../src/task/status-body.js";
import type { Pace } from "../../src/task/task.js";
import { printable, printableLines, shortened } from "../../src/text.js";
import { hasColors, leftOutLines, print, printAside, printSoon } from "../print.js";
import { CONTROL_TOKEN, withoutToken } from "../without-token.js";
import { endWhenAsked, prepareEnding, prepareSnapshot } from "./ending.js";
import { type EndingOptions, requirePublishable } from "./options.js";
import { createPaint, evictionLine, requestLine, stamped } from "./request-line.js";

/** The options of `mock` on the command line. */
export interface MockCommandOptions extends EndingOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly trustProxy?: boolean;
  readonly scenario?: string;
  readonly seed: number;
  readonly speed: number;
  readonly pace: Pace;
  readonly scenarios?: string;
  readonly replay?: string;
  readonly inFlightStatus: `${Unknowns["inFlightStatus"]}`;
  readonly inFlightDates: Unknowns["inFlightDates"];
  readonly failure: Unknowns["failure"];
  readonly asPublished: boolean;
  readonly datedRequired: NonNullable<Unknowns["datedRequired"]>;
  readonly statusLink: NonNullable<Unknowns["statusLink"]>;
  readonly apiVersions?: readonly string[];
  readonly errors?: boolean;
  readonly control: boolean;
  readonly controlToken?: string;
  readonly allowHost: readonly string[];
}

/**
 * How far the heap may grow before garbage is collected, in percent of what is in use. V8 allows four times as much,
 * and under load most of the mock's memory was garbage (npm run bench, memory).
 */
const HEAP_GROWTH = 60;

/** Serves until Ctrl-C. @throws UserError before it listens */
export async function run(options: MockCommandOptions): Promise<void> {
  const { scenarios: directory, replay, quiet = false, controlToken: token, allowHost: allowedHosts } = options;
  const { port, host, publicUrl, trustProxy = false, seed, speed, pace } = options;
  const {
    inFlightStatus,
    inFlightDates,
    failure,
    asPublished,
    datedRequired,
    statusLink,
    apiVersions,
    errors = false,
  } = options;
  if (asPublished) requirePublishable(options);
  const replayed = replay === undefined ? [] : await recorded(replay, quiet);
  const scenarios = [...(await readScenarios(directory)), ...replayed];
  const { scenario = replay === undefined ? "happy" : "replay-1" } = options;
  requireScenario(scenario, catalogueOf(scenarios));
  const announce = quiet ? () => {} : (line: string) => print(`${line}\n`);
  const paint = createPaint(hasColors(process.stdout));
  const stampedNow = (line: string) => stamped(line, paint, Date.now());
  const log = (line: string) => announce(stampedNow(line));
  const follow = await prepareEnding(options);
  const kept = await prepareSnapshot(options, scenarios);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  // Loaded last: an invalid option should be reported at once.
  const { localUrl, startMock } = await import("../../mocks/server.js");
  const mock = await startMock({
    port,
    host,
    ...(publicUrl !== undefined && { publicUrl }),
    trustProxy,
    scenario,
    scenarios,
    seed,
    speed,
    pace,
    inFlightStatus: inFlightStatus === "202" ? 202 : 200,
    inFlightDates,
    failure,
    asPublished,
    datedRequired,
    statusLink,
    ...(apiVersions && { apiVersions }),
    errors,
    control: options.control && { allowedHosts, ...(token !== undefined && { token }) },
    // With --quiet, no time is spent on lines that are not printed.
    ...(!quiet && {
      onExchange: (exchange, violations) => printSoon(`${stampedNow(requestLine(exchange, violations, paint))}\n`),
    }),
    onPreferred: ({ method, url }, status) =>
      log(printable(withoutToken(`${method} ${new URL(url).pathname} ${status} Prism (Prefer)`))),
    ...(kept?.snapshot && { snapshot: kept.snapshot }),
    onControl(change) {
      kept?.touch();
      log(controlLine(change));
    },
    onGuess: (guess) => log(guessLine(guess)),
    onEvict: (eviction) => log(evictionLine(eviction)),
    onDefect: (defect) => printAside(`mock: defect: ${printableLines(withoutToken(defect))}\n`),
  });
  const conclude = follow(mock.simulator);
  await kept?.keep(mock);
  // Before the address is printed, since readers of it may end the mock.
  endWhenAsked(async () => {
    await mock.close();
    const isKept = (await kept?.end()) ?? true;
    const exitCode = await conclude();
    return isKept ? exitCode : 2;
  });
  // Before the address is printed, so that no later change is missed.
  if (directory !== undefined) await followChanges(directory, { mock, replayed, announce: log });
  print(`listening on ${mock.url}\n`);
  // Scripts read the first line; people look at the next one.
  if (mock.control) announce(`console on ${mock.control.url}/ (open it in a browser to see and change the tasks)`);
  if (publicUrl !== undefined) announce(`public URL ${publicUrl}`);
  if (mock.control) announceControl(mock.control, { announce, given: token });
  announce(firstSteps({ ...mock, url: publicUrl ?? localUrl(mock.url) }, token !== undefined));
  if (replay !== undefined) announce(replayLine(replay, replayed, scenario));
  if (kept) announce(kept.summary);
  if (options.pace === "manual") moveOnEnter(mock, { announce, log, onMove: () => kept?.touch() });
}

/** A token of the user's own is secret; a generated one has to be shown, also with --quiet. */
function announceControl(
  { url, token }: NonNullable<Mock["control"]>,
  { announce, given }: { readonly announce: (line: string) => void; readonly given: string | undefined },
): void {
  if (token !== undefined && given === undefined) print(`control on ${url}, token ${token}\n`);
  else announce(`control on ${url}`);
}

/** Lists which import gets which scenario: another url gets the default, which may not be the one that failed. */
function replayLine(file: string, replayed: readonly Scenario[], scenario: string): string {
  const shown = replayed.slice(0, MAX_REPLAYS).map(({ name, recording }) => {
    const url = recording?.importUrl;
    return url === undefined ? name : `${name} (${shortened(withoutToken(printable(url)), 80)})`;
  });
  const rest = replayed.length - shown.length;
  const names = [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
  return `Replays ${printable(file)}: ${names}; imports of any other URL get ${scenario}.`;
}

const MAX_REPLAYS = 10;

/** Loaded on demand: most mocks replay nothing. */
async function recorded(file: string, isQuiet: boolean): Promise<readonly Scenario[]> {
  const { readReplay } = await import("../../mocks/replay.js");
  return readReplay(file, (leftOut) => {
    if (!isQuiet) for (const line of leftOutLines(leftOut, "replayed unchanged")) printAside(`mock: ${line}\n`);
  });
}

/**
 * Renders the first commands to try, printed when the mock has started.
 *
 * @param isTokenKnown whether the user gave the control token: then it is secret; a generated one is shown
 */
export function firstSteps({ url, control }: Pick<Mock, "url" | "control">, isTokenKnown: boolean): string {
  return `
Start an import:
  ${importCommand(url)}

Poll its status, repeatedly ("last" is the newest task; the response above has its own id):
  ${pollCommand(url, "last")}

Poll without an import: a scenario's name is also a task id (to list all: npx hubspot-import-kit scenarios):
  ${pollCommand(url, "canceled")}
${control ? controlSteps(url, control, isTokenKnown) : ""}`;
}

const LAST = "/sessions/default/tasks/last";

function controlSteps(base: string, control: ControlAccess, isTokenKnown: boolean): string {
  const { url, token } = control;
  const secret = isTokenKnown ? "TOKEN  # replace TOKEN by the token that you gave the mock" : token;
  const learn = token === undefined ? "" : `  export ${CONTROL_TOKEN}=${secret}\n`;
  const end = { state: "CANCELED", error: { message: "Too large." } };
  return `
Inspect it${token === undefined ? "" : " (in a browser, a form asks for the token)"}:
${learn}  ${lookCommand(control, "/sessions/default/tasks?format=text")}
  ${lookCommand(control, "/sessions/default/journal?format=text")}
  ${lookCommand(control, "/conduct?format=text")}

Control it: start a task that waits for you, inject a 429 into its next poll (this prints nothing), cancel it, and poll it twice\n(all operations: ${url}/openapi.yaml):
  ${importCommand(base, "stuck-pending")}
  ${steerCommand(control, "POST", `${LAST}/answers`, { error: "rate-limited", retryAfter: "5s" })}
  ${steerCommand(control, "PUT", `${LAST}/state?format=text`, end)}
  ${pollCommand(base, "last")}
`;
}

/** Longer than a line shows; the rest is not searched. */
const MAX_BODY = 1000;

/**
 * Renders a line for a control request that changed something: people who share a mock see why a task jumped. Without
 * secrets, like the journal.
 *
 * @example controlLine({ method: "POST", path: "/__mock/reset" }); // "control: POST /__mock/reset"
 */
export function controlLine({ method, path, body }: ControlChange): string {
  const text = body === undefined ? "" : JSON.stringify(body).slice(0, MAX_BODY);
  // The ellipsis lets the rest of a secret that is cut there be redacted, too.
  const shown = withoutToken(`${text}…`).slice(0, -1);
  const parts = ["control:", method, shortened(withoutToken(path)), shortened(shown, 120)];
  return printable(parts.filter(Boolean).join(" "));
}

/**
 * Renders a line for some of the wrong control tokens: people who share a mock learn that another client guesses or has
 * an old token.
 *
 * @example guessLine({ from: "192.0.2.1", count: 8, delayMs: 400 }); // "control: wrong token from 192.0.2.1, 8 in a row; response delayed by 400 ms"
 */
export function guessLine({ from, count, delayMs }: Guess): string {
  const row = count === 1 ? "" : `, ${count} in a row`;
  const wait = delayMs === 0 ? "" : `; response delayed by ${delayMs} ms`;
  return printable(`control: wrong token from ${from}${row}${wait}`);
}

/**
 * Reloads the scenarios of a directory whenever one of its files changes. An invalid file is reported, and changes
 * nothing.
 *
 * @param replayed scenarios that come from no directory, and stay
 */
export async function followChanges(
  directory: string,
  {
    mock,
    replayed,
    announce,
  }: { readonly mock: Mock; readonly replayed: readonly Scenario[]; readonly announce: (line: string) => void },
): Promise<void> {
  // Loaded on demand: most mocks have no directory of scenarios.
  const { watchScenarios } = await import("../../mocks/watch-scenarios.js");
  await watchScenarios(directory, {
    onChange(scenarios) {
      mock.simulator.reload([...scenarios, ...replayed]);
      announce(`read ${directory} again`);
    },
    onProblem: (message) => printAside(`mock: ${message} The scenarios that were read before stay in use.\n`),
  });
}

/** Moves every task on by one step at each Enter, under pace `manual`. @param onMove called after each */
export function moveOnEnter(
  { simulator }: Mock,
  {
    announce,
    log,
    onMove,
  }: Readonly<Record<"announce" | "log", (line: string) => void>> & { readonly onMove: () => void },
): void {
  announce("Press Enter to move every task to its next step.\n");
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => {
    const tasks = simulator.next();
    onMove();
    log(`moved ${tasks} task${tasks === 1 ? "" : "s"} to the next step`);
  });
  lines.on("close", () => log("Standard input is closed: Enter no longer moves tasks."));
}
