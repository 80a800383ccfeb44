/** The time in milliseconds after which other code gets a turn: too short for a client to notice. */
const TURN_MS = 20;

/** The platform's own, even if a test's fake timers replace it later. Without one, the loop is not interrupted. */
const { setImmediate: nextTurn = (run: () => void) => queueMicrotask(run) } = globalThis;

/**
 * Maps items, with a pause from time to time: a journal of many megabytes does not block the mock's clients.
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
