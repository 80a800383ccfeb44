import { Worker } from "node:worker_threads";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import type { Inconclusive } from "../../src/judge/rule.js";
import { versionsSeen } from "../../src/judge/versions-seen.js";
import { deniedPermission } from "../../src/user-error.js";
import type { Asked } from "../../src/verify/ask-server.js";
import { onBreakOff } from "../break-off.js";
import { environmentRedactor } from "../without-token.js";
import { type Job, type Outcome, outcomeOf, outcomeText } from "./outcome.js";

/** Judged within a moment; a run against a server that keeps the contract has about 50,000 characters. */
const FEW_CHARACTERS = 300_000;

/** A recording has no time limit, and up to this size a second thread, which loads all modules again, costs a third more. */
const FEW_CHARACTERS_OF_RECORDING = 2_000_000;

/**
 * Judges a run and renders its reports. Large runs are judged in another thread, so that this one can react to Ctrl-C and
 * the time limit. A run that is not judged by then is reported as inconclusive, never as passed or failed.
 *
 * @param until epoch milliseconds; infinite for a recording
 */
export async function outcomeInTime(
  job: Job,
  { until, left }: { readonly until: number; readonly left: Asked["left"] },
): Promise<Outcome> {
  const few = Number.isFinite(until) ? FEW_CHARACTERS : FEW_CHARACTERS_OF_RECORDING;
  if (charactersIn(job.exchanges) <= few) return outcomeOf(job);
  const worker = startWorker(job);
  if (worker === undefined) return outcomeOf(job);
  let stopListening = () => {};
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const giveUp = (why: Why) => resolve(inconclusiveOutcome(job, left, why));
      stopListening = onBreakOff(() => giveUp("interrupted"));
      timer = setTimeout(() => giveUp("time"), Math.min(Math.max(0, until - Date.now()), LONGEST_TIMER_MS));
      worker.once("message", resolve);
      worker.once("error", (error) => (isTooLarge(error) ? giveUp("size") : reject(error)));
    });
  } finally {
    stopListening();
    clearTimeout(timer);
    void worker.terminate();
  }
}

/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** @returns undefined if the runtime denies threads */
function startWorker(job: Job): Worker | undefined {
  try {
    return new Worker(new URL("./outcome-worker.js", import.meta.url), { workerData: job });
  } catch (error) {
    if (deniedPermission(error) === undefined) throw error;
    return undefined;
  }
}

/** Whether V8 reports that a text or the heap is too large. */
function isTooLarge(error: unknown): boolean {
  const { name, code } = error as NodeJS.ErrnoException;
  return code === "ERR_WORKER_OUT_OF_MEMORY" || name === "RangeError";
}

type Why = keyof typeof WHY;

const WHY = {
  interrupted: {
    message: "The run was interrupted before its responses were judged.",
    next: "Run it again to its end.",
  },
  time: {
    message: "The responses are so long that they were not judged in time.",
    next: "Run it again with a longer --timeout.",
  },
  size: {
    message: "The responses are too long to be judged.",
    next: "Look at the server's responses: a task has only a few hundred characters.",
  },
} as const satisfies Readonly<Record<string, Omit<Inconclusive, "reason">>>;

/** Renders what is known without reading the responses. An unread recording cannot be redacted, so it is not written. */
async function inconclusiveOutcome({ exchanges, ...job }: Job, left: Asked["left"], why: Why): Promise<Outcome> {
  const empty = judge([], { ...job.judging, interrupted: true });
  const { record, ...targets } = job.targets;
  const startedAt = exchanges[0]?.startedAt ?? 0;
  const report = {
    ...empty,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: (exchanges.at(-1)?.startedAt ?? startedAt) - startedAt,
    requests: exchanges.length,
    versions: versionsSeen(exchanges),
    unjudged: [{ reason: "interrupted" as const, ...WHY[why] }],
    ...left,
  };
  const redacted = environmentRedactor()(report);
  const outcome = await outcomeText({ report: redacted, exchanges: [] }, { ...job, targets, exchanges: [] });
  if (record === undefined) return outcome;
  return {
    ...outcome,
    stderr: `${outcome.stderr}verify: ${record} is not written, because the recording could not be redacted.\n`,
  };
}

function charactersIn(exchanges: readonly RecordedExchange[]): number {
  let count = 0;
  for (const { request, response } of exchanges) {
    count += request.url.length + (request.body?.length ?? 0) + (response?.body.length ?? 0);
    count += (response?.stored?.body.length ?? 0) + Object.values(response?.headers ?? {}).join().length;
  }
  return count;
}
