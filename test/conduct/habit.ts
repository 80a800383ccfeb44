import type { Answer, Client } from "./client.js";

/** What a client has seen of a task when it decides how to go on. */
interface Seen {
  readonly answer: Answer;
  /** Polls so far, this one included. */
  readonly polls: number;
  /** Errors in a row, this one included; 0 after an answer that is none. */
  readonly errors: number;
  /** Since the first poll was sent. */
  readonly sinceMs: number;
}

/** How long a client waits for the next poll, in milliseconds; undefined when it stops. */
export type Habit = (seen: Seen) => number | undefined;

/** Polls each second for two minutes, waits as asked, backs off, and stops at an end and at a refusal. */
export const sound: Habit = ({ answer: { status, state, retryAfterMs }, errors, sinceMs }) => {
  if (state === "COMPLETE" || state === "CANCELED" || sinceMs > 120_000) return undefined;
  if (isBusy(status)) return retryAfterMs ?? Math.min(1000 * 2 ** (errors - 1), 8000);
  if (status === 404 && sinceMs < 1500) return 1000;
  return status < 300 ? 1000 : undefined;
};

export function isBusy(status: number): boolean {
  return status === 0 || status === 423 || status === 429 || status === 477 || status >= 500;
}

/** Polls a task by habit. @param most polls after which the test has seen enough */
export async function follow(client: Client, id: string, habit: Habit, most = 30): Promise<void> {
  const startedAt = client.now();
  let errors = 0;
  for (let polls = 1; polls <= most; polls += 1) {
    const sinceMs = client.now() - startedAt;
    const answer = await client.poll(id);
    errors = isBusy(answer.status) ? errors + 1 : 0;
    const waitMs = habit({ answer, polls, errors, sinceMs });
    if (waitMs === undefined) return;
    await client.sleep(waitMs);
  }
}
