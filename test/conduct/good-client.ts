import fc from "fast-check";
import { type Answer, CAT, type Client } from "./client.js";
import { type BackOff, backOffs, createBackOff } from "./good-back-off.js";
import { isBusy } from "./habit.js";

/** How a good client goes about it; each combination is one that somebody could have written. */
export interface Manner {
  readonly intervalMs: number;
  /** What the interval is multiplied by after each poll. */
  readonly growth: number;
  readonly longestMs: number;
  /** The part of a pause that chance adds. */
  readonly jitter: number;
  readonly backOff: BackOff;
  /** How many polls may not find the task before it is given up. */
  readonly patience: number;
  readonly budgetMs: number;
  /** Whether pauses are counted from sending, as a timer does, or from the answer. */
  readonly isTicking: boolean;
  readonly pollsAtOnce: boolean;
  /** When a page is loaded anew, in milliseconds after the submit; it knows its task and what it was asked to wait. */
  readonly reloadsAtMs: readonly number[];
  /** Whether it polls the link that it was given. */
  readonly followsLink: boolean;
  /** Whether a person submits once more what was canceled. */
  readonly triesAgain: boolean;
  readonly draws: readonly number[];
}

export const manners: fc.Arbitrary<Manner> = fc
  .record({
    intervalMs: fc.integer({ min: 500, max: 10_000 }),
    growth: fc.constantFrom(1, 1, 1.2, 1.5, 2),
    longestMs: fc.integer({ min: 5000, max: 30_000 }),
    patience: fc.integer({ min: 1, max: 5 }),
    budgetMs: fc.integer({ min: 5000, max: 120_000 }),
    isTicking: fc.boolean(),
    pollsAtOnce: fc.boolean(),
    reloadsAtMs: fc.subarray([1700, 3500, 5300, 9000, 20_000], { maxLength: 3 }),
    followsLink: fc.boolean(),
    triesAgain: fc.boolean(),
    draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
    backOff: backOffs,
  })
  .chain((manner) =>
    // Where chance adds a lot, growth has to be more for pauses to grow all the same.
    fc.constantFrom(0, 0.1, 0.25, ...(manner.backOff.growth >= 2 ? [1] : [])).map((jitter) => ({ ...manner, jitter })),
  );

/** Imports a file as a good client does, whatever it is answered. */
export async function importWell(client: Client, manner: Manner, url: string, renewToken: () => void): Promise<void> {
  const chance = createChance(manner);
  const ways = { chance, errorPauseMs: createBackOff(manner.backOff, chance), renewToken };
  const submit = () => persist(client, { ...ways, ask: () => client.submit({ ...CAT, url }) });
  const answer = await submit();
  if (answer.id === undefined) return;
  const last = await follow(client, manner, answer, ways);
  if (last?.state !== "CANCELED" || !manner.triesAgain) return;
  await client.sleep(3000);
  const again = await submit();
  if (again.id !== undefined) await follow(client, manner, again, ways);
}

interface Ways {
  readonly chance: (ms: number) => number;
  /** How long to wait after so many errors in a row. */
  readonly errorPauseMs: (errors: number) => number;
  readonly renewToken: () => void;
}

/** Sends a request until it is answered for good, or a handful of errors is enough. */
async function persist(client: Client, { ask, errorPauseMs, renewToken }: Ways & { ask: () => Promise<Answer> }) {
  let renewed = false;
  let errors = 0;
  for (;;) {
    const answer = await ask();
    if (answer.status === 401 && !renewed) {
      renewed = true;
      renewToken();
    } else if (isBusy(answer.status) && errors < 6) {
      errors += 1;
      await client.sleep(answer.retryAfterMs ?? errorPauseMs(errors));
    } else {
      return answer;
    }
  }
}

async function follow(client: Client, manner: Manner, locator: Answer, ways: Ways): Promise<Answer | undefined> {
  const { id = "", link = "" } = locator;
  const startedAt = client.now();
  const reloads = manner.reloadsAtMs.map((ms) => startedAt + ms);
  let pauseMs = manner.intervalMs;
  let errors = 0;
  let renewed = false;
  let searches = 0;
  if (!manner.pollsAtOnce) await client.sleep(ways.chance(pauseMs));
  while (client.now() - startedAt <= manner.budgetMs) {
    const sentAt = client.now();
    const answer = await client.poll(manner.followsLink ? link : id);
    if (answer.state === "COMPLETE" || answer.state === "CANCELED") return answer;
    errors = isBusy(answer.status) ? errors + 1 : 0;
    if (errors > 0) {
      await client.sleep(answer.retryAfterMs ?? ways.errorPauseMs(errors));
      continue;
    }
    if (answer.status === 401 && !renewed) {
      renewed = true;
      ways.renewToken();
      continue;
    }
    if (answer.status < 300) searches = 0;
    else if (answer.status === 404) searches += 1;
    if (answer.status >= 300 && !(answer.status === 404 && searches < manner.patience)) return answer;
    const dueAt = (manner.isTicking ? sentAt : client.now()) + ways.chance(pauseMs);
    const reloadAt = reloads.find((at) => at > client.now()) ?? dueAt;
    await client.sleep(Math.max(0, Math.min(dueAt, reloadAt) - client.now()));
    pauseMs = Math.max(manner.intervalMs, Math.min(pauseMs * manner.growth, manner.longestMs));
  }
  return undefined;
}

function createChance({ jitter, draws }: Manner): (ms: number) => number {
  let drawn = 0;
  return (ms) => {
    drawn += 1;
    return Math.round(ms * (1 + jitter * (draws[drawn % draws.length] ?? 0)));
  };
}
