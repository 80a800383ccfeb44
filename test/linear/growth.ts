/** Three lengths, each twice the one before. */
const LENGTHS = [2000, 4000, 8000] as const;

/**
 * How many times as long something takes for four times the length: about 4 where it is linear, 16 where it is quadratic.
 * Times are of the processor, each the shortest of three, so that a busy machine changes little.
 *
 * @returns 0 where even the longest takes next to no time
 */
export function growthOf(run: (length: number) => unknown): number {
  const [short, , long] = LENGTHS.map((length) => Math.min(...[1, 2, 3].map(() => timeOf(() => run(length)))));
  if (short === undefined || long === undefined || long < NEGLIGIBLE) return 0;
  return long / short;
}

/** What grows at most so much is called linear: the middle between 4 and 16. */
export const LINEAR = 8;

/** In microseconds: what is quadratic takes many times as long at that length. */
const NEGLIGIBLE = 2000;

/** In microseconds of the processor. */
export function timeOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
