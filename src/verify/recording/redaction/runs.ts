/**
 * Where the characters of a layer stand in the one outside it: in runs, each of which ends with the character that an escape
 * stands for.
 */
export class Runs {
  /** Where each run begins, inside and outside. */
  readonly #inside = [0];
  readonly #outside = [0];
  /** The run that was asked for last: mostly the next question is about it, or the one behind it. */
  #last = 0;

  /** @param from where the escape stands outside @param end where it ends */
  add(from: number, end: number): void {
    const last = this.#inside.length - 1;
    this.#inside.push(from - (this.#outside[last] as number) + (this.#inside[last] as number) + 1);
    this.#outside.push(end);
  }

  /** The place outside of a character inside, or of the end. */
  outside(index: number): number {
    const run = this.#find(this.#inside, index);
    return index - (this.#inside[run] as number) + (this.#outside[run] as number);
  }

  /** The place inside of what stands at a place outside; undefined within an escape. */
  inside(place: number): number | undefined {
    const run = this.#find(this.#outside, place);
    const index = place - (this.#outside[run] as number) + (this.#inside[run] as number);
    return index < (this.#inside[run + 1] ?? Number.POSITIVE_INFINITY) ? index : undefined;
  }

  /** The last run that begins at a place or before it. */
  #find(starts: readonly number[], place: number): number {
    const last = this.#last;
    if ((starts[last] as number) <= place) {
      // Behind the last run nothing begins: undefined is not <= either.
      if (!((starts[last + 1] as number) <= place)) return last;
    }
    const isNext = (starts[last + 1] as number) <= place && !((starts[last + 2] as number) <= place);
    let low = isNext ? last + 1 : 0;
    let high = isNext ? last + 2 : starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle;
    }
    this.#last = low;
    return low;
  }
}
