/** The clocks of a machine, both in milliseconds: what its calendar says, and what has passed. */
export interface MachineClocks {
  readonly wall: () => number;
  readonly passed: () => number;
}

/**
 * A clock that follows the wall's, but never backwards: where that is put right, or a person sets it back by an hour,
 * time goes on here from where it was. A jump ahead is followed, for that is how a laptop awakes; after a step back it
 * first makes good for that.
 */
export function createSteadyClock({ wall, passed }: MachineClocks): () => number {
  let lastWall = Number.NEGATIVE_INFINITY;
  let lastPassed = 0;
  let aheadMs = 0;
  return () => {
    const [now, ran] = [wall(), passed()];
    const walked = now - lastWall;
    const ranMs = Math.max(0, ran - lastPassed);
    if (walked < 0) aheadMs += Math.round(ranMs) - walked;
    else if (aheadMs > 0 && walked - ranMs > JUMP_MS) aheadMs = Math.max(0, aheadMs - Math.floor(walked - ranMs));
    [lastWall, lastPassed] = [now, ran];
    return now + aheadMs;
  };
}

/** By less than this two clocks of one machine differ between two looks at them. */
const JUMP_MS = 1000;

const steady = createSteadyClock({
  wall: () => Date.now(),
  passed: () => globalThis.performance?.now() ?? 0,
});

let known: typeof Date.now | undefined;
let isMachine = false;

/**
 * The time, in epoch milliseconds. Fake timers are followed wherever a test sets them, back as well: they stand in for
 * `Date.now` with a function that is none of the engine's, so it is looked up at each call.
 */
export function machineTime(): number {
  const { now } = Date;
  if (now !== known) {
    known = now;
    isMachine = /\[native code\]/.test(Function.prototype.toString.call(now));
  }
  return isMachine ? steady() : Date.now();
}
