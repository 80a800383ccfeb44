import fc from "fast-check";
import { type Answer, CAT, type Client } from "./client.js";
import { type BackOff, backOffs, createBackOff } from "./good-back-off.js";
import { isBusy } from "./habit.js";
import type { SideBySide } from "./together.js";

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
  /** How many parts of it poll the task, each by itself; they tell each other what they are told. */
  readonly pollers: number;
  /** How long it waits for a response before it takes it for lost, in milliseconds. */
  readonly waitsMs: number;
  /** Whether a person submits once more what was canceled. */
  readonly triesAgain: boolean;
  /** Whether a person leaves a task alone, sees elsewhere that it has ended, and imports the file anew. */
  readonly looksAway: boolean;
  /** The headers with which a person sends the import first, and puts right what is wrong with them. */
  readonly mistypes?: Readonly<Record<string, string>> | undefined;
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
    pollers: fc.constantFrom(1, 1, 2),
    waitsMs: fc.constantFrom(10_000, 10_000, 300, 100),
    triesAgain: fc.boolean(),
    looksAway: fc.constantFrom(false, false, true),
    mistypes: fc.constantFrom(undefined, undefined, { "Content-Type": "text/plain" }, { "X-Mock-Scenario": "hapy" }),
    draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
    backOff: backOffs,
  })
  .chain((manner) =>
    // Where chance adds a lot, growth has to be more for pauses to grow all the same.
    fc.constantFrom(0, 0.1, 0.25, ...(manner.backOff.growth >= 2 ? [1] : [])).map((jitter) => ({ ...manner, jitter })),
  );

/** Imports a file as a good client does, whatever it is answered. */
export async function importWell(
  client: Client,
  manner: Manner,
  {
    url,
    hasEnded,
    ...world
  }: Pick<Ways, "renewToken" | "sideBySide"> & {
    readonly url: string;
    /** Whether a table of all tasks shows that this one is over. */
    readonly hasEnded: (id: string) => boolean;
  },
): Promise<void> {
  const chance = createChance(manner);
  const ways = { ...world, chance, errorPauseMs: createBackOff(manner.backOff, chance) };
  const submit = (more: Manner["mistypes"] = {}) =>
    persist(client, { ...ways, ask: () => client.submit({ ...CAT, url }, { ...client.bearer(), ...more }) });
  // Whoever was turned away for something else has nothing to put right.
  if (manner.mistypes && ![400, 415].includes((await submit(manner.mistypes)).status)) return;
  if (manner.looksAway) {
    const { id } = await submit();
    await client.sleep(20_000);
    if (id === undefined || !hasEnded(id)) return;
  }
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
  readonly sideBySide: SideBySide;
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

/** What the pollers of a task know together. */
interface Known {
  readonly startedAt: number;
  readonly reloads: readonly number[];
  /** In a row. */
  errors: number;
  restUntil: number;
  searches: number;
  isRenewed: boolean;
  /** What they stopped at. */
  last?: Answer;
}

async function follow(client: Client, manner: Manner, locator: Answer, ways: Ways): Promise<Answer | undefined> {
  const startedAt = client.now();
  const reloads = manner.pollers === 1 ? manner.reloadsAtMs.map((ms) => startedAt + ms) : [];
  const known: Known = { startedAt, reloads, errors: 0, restUntil: 0, searches: 0, isRenewed: false };
  const task = (manner.followsLink ? locator.link : locator.id) ?? "";
  // No three polls of two such pollers come within 900 ms.
  const intervalMs = manner.pollers === 1 ? manner.intervalMs : Math.max(1000, manner.intervalMs);
  const pollers = Array.from({ length: manner.pollers }, (_, position) => async () => {
    // What one is told and another sends in one instant, no recording could tell apart.
    const sleep = (ms: number) => client.sleep(Math.ceil(client.now() + ms) + position / 2 - client.now());
    if (position > 0) await sleep(2000 * (manner.draws[position] ?? 0));
    else await sleep(manner.pollsAtOnce ? 0 : ways.chance(intervalMs));
    await poll({ ...client, sleep }, { ...manner, intervalMs }, { task, known, ways });
  });
  await ways.sideBySide(pollers);
  return known.last;
}

async function poll(
  client: Client,
  manner: Manner,
  { task, known, ways }: { readonly task: string; readonly known: Known; readonly ways: Ways },
): Promise<void> {
  let pauseMs = manner.intervalMs;
  // The poller that met an error finds out when it is over; others wait for it.
  let isTrying = false;
  while (!known.last && client.now() - known.startedAt <= manner.budgetMs) {
    const restMs = known.errors > 0 && !isTrying ? 1000 : known.restUntil - client.now();
    if (restMs > 0) {
      await client.sleep(restMs);
      continue;
    }
    const sentAt = client.now();
    const { isRenewed } = known;
    const answer = await client.poll(task);
    if (known.last) return;
    if (answer.state === "COMPLETE" || answer.state === "CANCELED") {
      known.last = answer;
      return;
    }
    if (isBusy(answer.status)) {
      isTrying ||= known.errors === 0;
      known.errors += isTrying ? 1 : 0;
      const waitMs = answer.retryAfterMs ?? (isTrying ? ways.errorPauseMs(known.errors) : 0);
      known.restUntil = Math.max(known.restUntil, client.now() + waitMs);
      continue;
    }
    if (isTrying) known.errors = 0;
    isTrying = false;
    if (answer.status === 401 && !isRenewed) {
      if (!known.isRenewed) ways.renewToken();
      known.isRenewed = true;
      continue;
    }
    if (answer.status < 300) known.searches = 0;
    else if (answer.status === 404) known.searches += 1;
    if (answer.status >= 300 && !(answer.status === 404 && known.searches < manner.patience)) {
      known.last = answer;
      return;
    }
    const dueAt = (manner.isTicking ? sentAt : client.now()) + ways.chance(pauseMs);
    const reloadAt = known.reloads.find((at) => at > client.now()) ?? dueAt;
    await client.sleep(Math.max(0, Math.min(dueAt, reloadAt) - client.now()));
    pauseMs = Math.max(manner.intervalMs, Math.min(pauseMs * manner.growth, manner.longestMs));
  }
}

function createChance({ jitter, draws }: Manner): (ms: number) => number {
  let drawn = 0;
  return (ms) => {
    drawn += 1;
    return Math.round(ms * (1 + jitter * (draws[drawn % draws.length] ?? 0)));
  };
}
