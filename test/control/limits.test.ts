import { expect, test } from "vitest";
import { fileMock } from "./mock.js";

const file = fileMock();

/** What polls of a session are answered, after so many milliseconds each: a state, or the policy that refuses. */
async function answers(limits: object, pauses: readonly number[]): Promise<readonly string[]> {
  const own = file.own();
  await own.configure({ limits });
  const told: string[] = [];
  for (const pause of pauses) {
    file.clock.advance(pause);
    const body = (await (await own.poll("stuck-pending")).json()) as { status: string; policyName?: string };
    told.push(body.policyName ?? body.status);
  }
  return told;
}

test("a request that a shorter limit rejects does not count for the day", async () => {
  expect(await answers({ secondly: 1, daily: 3 }, [0, 0, 0, 0, 1000, 1000, 1000])).toEqual([
    "PENDING",
    ...["SECONDLY", "SECONDLY", "SECONDLY"],
    ...["PENDING", "PENDING"],
    "DAILY",
  ]);
});

test("ten seconds roll: they reach back from each call", async () => {
  expect(await answers({ tenSecondly: 2 }, [0, 9000, 1000, 1000, 7999, 1])).toEqual([
    ...["PENDING", "PENDING", "PENDING"],
    ...["TEN_SECONDLY_ROLLING", "TEN_SECONDLY_ROLLING", "PENDING"],
  ]);
});

test("a rejected request shows what is left of the other limits, without counting itself", async () => {
  const own = file.own();
  await own.configure({ limits: { secondly: 1, daily: 10 } });
  await own.poll("happy");
  const { headers } = await own.poll("happy");
  expect([
    headers.get("x-hubspot-ratelimit-secondly-remaining"),
    headers.get("x-hubspot-ratelimit-daily-remaining"),
  ]).toEqual(["0", "9"]);
});
