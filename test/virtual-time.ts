import { createClock } from "./clock.js";

/**
 * Time that passes only when everybody waits: it goes on to the earliest wake-up as soon as no request is under way. So
 * two journeys that poll at the same time meet the same moments in every run.
 */
export function createVirtualTime() {
  const { now, advance } = createClock();
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  let underWay = 0;
  let idle: NodeJS.Timeout | undefined;

  function settle(): void {
    clearTimeout(idle);
    if (underWay === 0) idle = setTimeout(wakeEarliest, 2);
  }

  function wakeEarliest(): void {
    const [first] = sleepers.sort((a, b) => a.until - b.until).splice(0, 1);
    if (!first) return;
    advance(Math.max(0, first.until - now()));
    first.wake();
    settle();
  }

  return {
    now,
    advance,
    sleep: (milliseconds: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ until: now() + milliseconds, wake });
        settle();
      }),
    /** Reads each answer to its end before anybody goes on, so that no time passes while a body is on its way. */
    fetch: async (...request: Parameters<typeof fetch>): Promise<Response> => {
      clearTimeout(idle);
      underWay += 1;
      try {
        const { status, headers, ...answer } = await fetch(...request).then(readWhole);
        return new Response(answer.body, { status, headers });
      } finally {
        underWay -= 1;
        settle();
      }
    },
  };
}

async function readWhole(answer: Response) {
  const bytes = await answer.arrayBuffer();
  return { status: answer.status, headers: answer.headers, body: bytes.byteLength === 0 ? null : bytes };
}
