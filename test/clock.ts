/** Noon of an ordinary day: every test's time begins here. */
export const START = Date.UTC(2026, 8, 14, 12, 0, 0, 0);

/** A clock that stands still until a test moves it. */
export function createClock(start = START) {
  let instant = start;
  return {
    now: () => instant,
    advance(milliseconds: number) {
      instant += milliseconds;
    },
  };
}
