import { setFlagsFromString } from "node:v8";
import { readScenarios } from "../../mocks/scenario-files.js";
import type { Mock } from "../../mocks/server.js";
import { printable, printableLines } from "../../src/report/printable.js";
import { shortened } from "../../src/shortened.js";
import { catalogueOf, requireScenario } from "../../src/simulator/choose-scenario.js";
import type { Unknowns } from "../../src/task/answer.js";
import type { Scenario } from "../../src/task/scenario.js";
import type { Pace } from "../../src/task/task.js";
import { leftOutLines } from "../left-out.js";
import { hasColors, print, printAside, printSoon } from "../print.js";
import { withoutToken } from "../without-token.js";
import { controlLine, guessLine } from "./control-line.js";
import { endWhenAsked } from "./end-when-asked.js";
import { prepareEnding, prepareKeeping } from "./ending.js";
import type { EndingOptions } from "./ending-options.js";
import { firstSteps } from "./first-steps.js";
import { followChanges } from "./follow-changes.js";
import { createPaint, evictionLine, stamped } from "./log.js";
import { moveOnEnter } from "./move-on-enter.js";
import { requirePublishable } from "./options.js";
import { requestLine } from "./request-line.js";

/** What the command line says of a mock. */
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
  readonly errors?: boolean;
  readonly control: boolean;
  readonly controlToken?: string;
  readonly allowHost: readonly string[];
}

/**
 * How much more than it keeps the heap may hold before it is cleaned, in percent. V8 lets it grow fourfold, and under load
 * most of the mock's memory was garbage (npm run bench, memory).
 */
const HEAP_GROWTH = 60;

/** Serves until Ctrl-C. @throws UserError before it listens */
export async function run(options: MockCommandOptions): Promise<void> {
  const { scenarios: directory, replay, quiet = false, controlToken: token, allowHost: allowedHosts } = options;
  const { port, host, publicUrl, trustProxy = false, seed, speed, pace } = options;
  const { inFlightStatus, inFlightDates, failure, asPublished, errors = false } = options;
  if (asPublished) requirePublishable(options);
  const replayed = replay === undefined ? [] : await recorded(replay, quiet);
  const scenarios = [...(await readScenarios(directory)), ...replayed];
  const { scenario = replay === undefined ? "happy" : "replay-1" } = options;
  requireScenario(scenario, catalogueOf(scenarios));
  const tell = quiet ? () => {} : (line: string) => print(`${line}\n`);
  const paint = createPaint(hasColors(process.stdout));
  const stampedNow = (line: string) => stamped(line, paint, Date.now());
  const log = (line: string) => tell(stampedNow(line));
  const follow = await prepareEnding(options);
  const kept = await prepareKeeping(options, scenarios);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  // Loaded last: a wrong option should be told at once.
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
    errors,
    control: options.control && { allowedHosts, ...(token !== undefined && { token }) },
    // Nobody pays for lines that are not printed.
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
  // Before anybody learns that it listens, and so may end it.
  endWhenAsked(async () => {
    await mock.close();
    const isKept = (await kept?.end()) ?? true;
    const exitCode = await conclude();
    return isKept ? exitCode : 2;
  });
  // A change from the moment on in which somebody learns that it listens is noticed.
  if (directory !== undefined) await followChanges(directory, { mock, replayed, tell: log });
  print(`listening on ${mock.url}\n`);
  if (publicUrl !== undefined) tell(`called as ${publicUrl}`);
  if (mock.control) tellControl(mock.control, { tell, given: token });
  tell(firstSteps({ ...mock, url: publicUrl ?? localUrl(mock.url) }, token !== undefined));
  if (replay !== undefined) tell(replayLine(replay, replayed, scenario));
  if (kept) tell(kept.summary);
  if (options.pace === "manual") moveOnEnter(mock, { tell, log, onMove: () => kept?.touch() });
}

/** A token that the user gave is a secret of theirs; one that was made up here they have to learn, also when quiet. */
function tellControl(
  { url, token }: NonNullable<Mock["control"]>,
  { tell, given }: { readonly tell: (line: string) => void; readonly given: string | undefined },
): void {
  if (token !== undefined && given === undefined) print(`control on ${url}, token ${token}\n`);
  else tell(`control on ${url}`);
}

/** Which import gets which scenario: a client's own url gets the default, which may not be the one that failed. */
function replayLine(file: string, replayed: readonly Scenario[], scenario: string): string {
  const shown = replayed.slice(0, MAX_REPLAYS).map(({ name, recording }) => {
    const url = recording?.importUrl;
    return url === undefined ? name : `${name} (${shortened(withoutToken(printable(url)), 80)})`;
  });
  const rest = replayed.length - shown.length;
  const names = [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
  return `Replays ${printable(file)}: ${names}; any other url gets ${scenario}.`;
}

const MAX_REPLAYS = 10;

/** Loaded on demand: most mocks replay nothing. */
async function recorded(file: string, isQuiet: boolean): Promise<readonly Scenario[]> {
  const { readReplay } = await import("../../mocks/replay.js");
  return readReplay(file, (leftOut) => {
    if (!isQuiet) for (const line of leftOutLines(leftOut, "replayed as it stands")) printAside(`mock: ${line}\n`);
  });
}
