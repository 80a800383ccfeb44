import { type JudgedSession, sessionPage } from "../../mocks/session-report.js";
import type { ScenarioCoverage } from "../../src/exchange/session-journal.js";
import { type ClientConduct, type Conduct, conductOfAll, judgeSession } from "../../src/judge/session-conduct.js";
import { render } from "../../src/report/render.js";
import {
  type ConductResults,
  clientResults,
  forTerminal,
  isUndecided,
  type Results,
} from "../../src/report/results.js";
import { renderText } from "../../src/report/text.js";
import type { KeptExchange } from "../../src/session/journal.js";
import { Kept } from "../../src/session/memory.js";
import { recorded } from "../../src/session/recorded.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";
import { onBreakOff } from "../break-off.js";
import { hasColors, print, printAside } from "../print.js";
import { withoutToken } from "../without-token.js";
import { appendSummary, requireWritable, writeTexts } from "../write-file.js";
import type { EndingOptions } from "./options.js";

/** Follows the clients from now on. @returns a function that reports their conduct and returns the exit code */
export function followClients(simulator: Simulator, options: EndingOptions): () => Promise<number> {
  const log = logConduct(simulator);
  return () => reportConduct(log.sessions(), simulator.coverageOfAll(), options);
}

/** Checks before a run that its reports can be written. @throws UserError `report-file` */
export async function requireReports({ conductReport = [] }: EndingOptions): Promise<void> {
  await requireWritable(conductReport.map(({ file }) => file));
}

async function reportConduct(
  sessions: readonly JudgedSession[],
  coverage: ScenarioCoverage,
  options: EndingOptions,
): Promise<number> {
  const { failUnder, quiet = false } = options;
  const conduct = conductIn(sessions);
  const { exitCode, complaint } = judgeRun({ conduct, coverage }, options);
  const asked = failUnder === undefined ? {} : { coverage };
  const results = clientResults({ conduct, ...asked });
  // From here on Ctrl-C ends the process at once, without leaving a partial file.
  onBreakOff();
  // Reports are written before anything is printed, which may fail if the terminal was closed.
  const failure = await writeReports(results, () => sessionPage(sessions, asked), options);
  await appendSummary("mock", withoutToken(render.markdown(results)));
  if (!quiet) {
    const files = failure === undefined ? options.conductReport?.map(({ file, kind }) => `${file} (${kind})`) : [];
    const shown = forTerminal(results, conduct);
    print(`\n${withoutToken(renderText(shown, { colors: hasColors(process.stdout), files }))}`);
  }
  if (complaint !== undefined) printAside(`mock: ${complaint}\n`);
  if (failure !== undefined) printAside(`mock: ${failure}\n`);
  return failure === undefined ? exitCode : 2;
}

/**
 * @param renderPage has the clients' requests as well
 * @returns the problem; undefined if all reports were written
 */
async function writeReports(
  results: Results,
  renderPage: () => Promise<string>,
  { conductReport = [] }: EndingOptions,
): Promise<string | undefined> {
  const texts = new Map<string, string>();
  for (const { kind, file } of conductReport) {
    texts.set(file, withoutToken(kind === "html" ? await renderPage() : render[kind](results)));
  }
  try {
    await writeTexts(texts);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/**
 * Returns the exit code under `--fail-on` and `--fail-under`, with a message if it is not 0. 1: a client broke a rule, or
 * the coverage is too low. 3, as with `verify`: under `--fail-on conduct`, no client was judged, or one that may poll
 * forever was not seen to stop.
 */
export function judgeRun(
  { conduct, coverage }: Required<ConductResults>,
  { failOn, failUnder = 0 }: Pick<EndingOptions, "failOn" | "failUnder">,
): { readonly exitCode: 0 | 1 | 3; readonly complaint?: string } {
  const isAsked = failOn === "conduct";
  if (coverage.percent < failUnder) {
    const next = "Exercise what the coverage lists as never seen, or lower --fail-under.";
    return { exitCode: 1, complaint: `scenario coverage is ${coverage.percent} %, less than ${failUnder} %. ${next}` };
  }
  if (isAsked && conduct.result === "fail") {
    return {
      exitCode: 1,
      complaint: "a client broke a rule of conduct. --conduct-report says which; docs/conduct.md has the rules.",
    };
  }
  if (isAsked && conduct.clients.some(isUndecided)) {
    return {
      exitCode: 3,
      complaint:
        "a client was still polling a task that does not change. End the mock only after the client has stopped polling.",
    };
  }
  if (isAsked && conduct.result === "not-exercised") {
    return {
      exitCode: 3,
      complaint: "no client was judged. Let a client poll a task, or remove --fail-on conduct.",
    };
  }
  return { exitCode: 0 };
}

/** Collects the clients' conduct independently of journals, as test suites reset or remove their sessions. */
export interface ConductLog {
  /** Judges the conduct of all clients since the log began. */
  readonly conduct: () => Conduct;
  /** The same for each session, with the exchanges that are kept. A session that was reset occurs several times. */
  readonly sessions: () => readonly JudgedSession[];
}

function conductIn(sessions: readonly JudgedSession[]): Conduct {
  return conductOfAll(sessions.flatMap(({ clients }) => clients));
}

/** The limit of all journals together; beyond it, the oldest runs are judged early and only their verdicts kept. */
const MAX_BYTES = 96_000_000;
const MAX_VERDICT_BYTES = 64_000_000;

/** A session since its beginning or its last reset. */
interface Run {
  readonly session: string;
  readonly entries: KeptExchange[];
  /** Milliseconds by which the clients' clock was ahead of the simulator's at the last entry. */
  aheadMs: number;
}

/**
 * Follows the clients of a simulator from now on, across resets and beyond the limits of journals.
 *
 * @example const log = logConduct(simulator); // …
 * log.conduct().result; // "pass"
 */
export function logConduct(
  simulator: Simulator,
  { maxBytes = MAX_BYTES, maxVerdictBytes = MAX_VERDICT_BYTES } = {},
): ConductLog {
  const runs = new Map<string, Run>();
  const ended = new Map<Kept, readonly ClientConduct[]>();
  const memory = simulator.memory.open("verdict", maxVerdictBytes);
  let kept = 0;

  const now = () => simulator.clock.setting().base;

  function end(run: Run): void {
    runs.delete(run.session);
    for (const entry of run.entries) kept -= entry.bytes;
    // Tasks that a client still polls will be reported by the session's next run.
    const verdict = judged(run, now() + run.aheadMs).map((client) => ({ ...client, stillPolled: [] }));
    const place = new Kept(
      () => ended.delete(place),
      () => evictionRank(verdict),
    );
    ended.set(place, verdict);
    memory.keep(place, 2 * JSON.stringify(verdict).length);
  }

  simulator.follow((entry, session) => {
    const known = runs.get(session);
    // Journals count from 1, so this is a new one.
    if (known && entry.id === 1) end(known);
    const run = runs.get(session) ?? { session, entries: [], aheadMs: 0 };
    runs.delete(session);
    runs.set(session, run);
    run.entries.push(entry);
    run.aheadMs = entry.clientAt - now();
    kept += entry.bytes;
    const [oldest] = runs.values();
    if (kept > maxBytes && oldest) end(oldest);
  });

  /** The session's clock may have been advanced since the last entry; after a reset only that entry has its time. */
  function clientNow({ session, aheadMs }: Run): number {
    const current = simulator.hasSession(session) ? simulator.session(session).clientNow() : 0;
    return Math.max(now() + aheadMs, current);
  }

  function sessions(): readonly JudgedSession[] {
    return [
      ...[...ended.values()].map((clients) => ({ session: clients[0]?.session ?? "", clients, entries: [] })),
      ...[...runs.values()].map((run) => ({
        session: run.session,
        clients: judged(run, clientNow(run)),
        entries: run.entries.map((kept) => kept.entry()),
      })),
    ];
  }

  return { sessions, conduct: () => conductIn(sessions()) };
}

/** Evicts broken rules last, so that the result for all clients together stays right. */
function evictionRank(clients: readonly ClientConduct[]): 0 | 1 | 2 {
  const { result } = conductOfAll(clients);
  return result === "fail" ? 2 : result === "pass" ? 1 : 0;
}

function judged({ session, entries }: Run, watchedUntil: number): readonly ClientConduct[] {
  const exchanges = entries.map((kept) => recorded(kept.entry()));
  return judgeSession({ session, entries: exchanges, forgotten: 0, watchedUntil });
}
