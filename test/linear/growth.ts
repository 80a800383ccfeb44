/**
 * How many times as long something takes for four times the length: about 4 where it is linear, 16 where it is quadratic.
 * Times are of the processor, each the shortest of three, so that a busy machine changes little.
 *
 * @param shortest the length that is made four times as long
 * @param negligible in microseconds of the processor: what is quadratic takes longer for the longest, the rest is noise
 * @returns 0 where even the longest takes next to no time
 */
export async function growthOf(
  run: (length: number) => unknown,
  shortest = 4000,
  negligible = NEGLIGIBLE,
): Promise<number> {
  let growth = await growthOnce(run, shortest, negligible);
  // The collector's work or another process may fall on the longest alone, but hardly five times in a row.
  for (let tries = 1; tries < 5 && growth > LINEAR; tries += 1) {
    growth = Math.min(growth, await growthOnce(run, shortest, negligible));
  }
  return growth;
}

/** The same by one measure, which another process may have disturbed. */
export async function growthOnce(
  run: (length: number) => unknown,
  shortest: number,
  negligible: number,
): Promise<number> {
  // Code that has never run is slow at whatever comes first.
  await run(shortest);
  let long = Number.POSITIVE_INFINITY;
  let short: number | undefined;
  let growth = Number.POSITIVE_INFINITY;
  // A further try could only lower a time, and one that is linear and far from negligible needs no second try.
  for (let tries = 0; tries < 3 && (growth > LINEAR || long < 4 * negligible); tries += 1) {
    long = Math.min(long, await timeOf(() => run(4 * shortest)));
    if (long < negligible) return 0;
    short ??= await shortestTime(() => run(shortest));
    growth = long / short;
  }
  return growth;
}

/** The shortest time of three. */
async function shortestTime(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) times.push(await timeOf(run));
  return Math.min(...times);
}

/** What grows at most so much is called linear: between 4 and 16. */
export const LINEAR = 9;

/** A request of some kilobytes. */
const NEGLIGIBLE = 25_000;

/** In microseconds of the processor. */
export async function timeOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
