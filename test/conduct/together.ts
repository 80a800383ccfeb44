import type { createClock } from "../clock.js";

export type Sleep = (milliseconds: number) => Promise<void>;

/** Does several things of one client at the same time, until all of them are done. */
export type SideBySide = (things: readonly (() => Promise<void>)[]) => Promise<void>;

/**
 * Runs clients at the same time, on a clock that goes on to the earliest wake-up as soon as all of them sleep. No timer
 * is involved, so an hour of polling takes no longer than its answers.
 */
export async function together(
  { now, advance }: ReturnType<typeof createClock>,
  clients: readonly ((sleep: Sleep, sideBySide: SideBySide) => Promise<void>)[],
): Promise<void> {
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  let awake = clients.length;

  function rest(): void {
    awake -= 1;
    if (awake > 0) return;
    const [first] = sleepers.sort((a, b) => a.until - b.until).splice(0, 1);
    if (!first) return;
    advance(first.until - now());
    awake += 1;
    first.wake();
  }

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      sleepers.push({ until: now() + milliseconds, wake });
      rest();
    });
  }

  async function sideBySide(things: readonly (() => Promise<void>)[]): Promise<void> {
    let left = things.length;
    // One of them takes the place of the client itself, which waits.
    awake += left - 1;
    const end = () => {
      left -= 1;
      if (left > 0) rest();
    };
    await Promise.all(things.map((thing) => thing().finally(end)));
  }

  await Promise.all(clients.map((client) => client(sleep, sideBySide).finally(rest)));
}
