/** So long nobody else has a turn: no client notices. */
const TURN_MS = 20;

/** The platform's own, whatever a test's fake timers put in its place later. Where there is none, nobody else is served. */
const { setImmediate: nextTurn = (run: () => void) => queueMicrotask(run) } = globalThis;

/**
 * Makes something of each item. Whenever that has taken a while, others have a turn: a journal of many megabytes keeps no
 * client waiting.
 *
 * @example await inTurns(entries, (entry) => view.of(entry));
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Result,
): Promise<readonly Result[]> {
  const made: Result[] = [];
  let since = performance.now();
  for (const item of items) {
    if (performance.now() - since > TURN_MS) {
      await new Promise<void>((run) => nextTurn(run));
      since = performance.now();
    }
    made.push(make(item));
  }
  return made;
}
