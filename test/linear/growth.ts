/**
 * How many times as long something takes for four times the length: about 4 where it is linear, 16 where it is quadratic.
 * It is measured at three lengths, each twice the one before. Times are of the processor, each the shortest of three, so
 * that a busy machine changes little.
 *
 * @param shortest the first of the lengths
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
  const times: number[] = [];
  for (const length of [shortest, 2 * shortest, 4 * shortest]) {
    const tries = [await timeOf(() => run(length)), await timeOf(() => run(length)), await timeOf(() => run(length))];
    times.push(Math.min(...tries));
  }
  const [short = 0, , long = 0] = times;
  return long < negligible ? 0 : long / short;
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
