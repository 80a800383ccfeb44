import { parseScenario } from "../../src/scenario/parse.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { CAT, type Client } from "./client.js";
import { follow, type Habit, sound } from "./habit.js";

/** A client that makes one mistake, and where it shows. */
export interface Mistake {
  /** Reads on from "a client that". */
  readonly does: string;
  /** The one rule that it breaks. */
  readonly breaks: string;
  readonly scenario: string;
  readonly behave: (client: Client) => Promise<unknown>;
}

/** Faults that the catalogue has no scenario for. */
export const scenarios: readonly Scenario[] = [
  withFault("long-outage", { polls: [2, 8], error: "service-unavailable" }),
  withFault("busy-import", { on: ["importFromUrl"], error: "rate-limited", retryAfter: "10s" }),
  withFault("import-outage", { on: ["importFromUrl"], error: "bad-gateway" }),
];

function withFault(name: string, fault: object): Scenario {
  const states = [{ state: "PENDING", for: "1s" }, { state: "COMPLETE" }] as const;
  return parseScenario(name, { summary: name, steps: states, faults: [fault] });
}

/** Submits once, then follows by a habit. */
function imports(habit: Habit, most?: number) {
  return async (client: Client) => follow(client, (await client.submit()).id ?? "", habit, most);
}

/** Sends one import until it is accepted or the pauses are used up. */
function submitsAfter(...pauses: readonly number[]) {
  return async (client: Client) => {
    for (const pause of pauses) {
      if ((await client.submit()).status < 300) return;
      await client.sleep(pause);
    }
    await client.submit();
  };
}

export const mistakes: readonly Mistake[] = [
  // The three that the requirement names.
  {
    does: "polls for ever",
    breaks: "bounded-polling",
    scenario: "stuck-pending",
    behave: imports((seen) => sound({ ...seen, sinceMs: 0 }), 400),
  },
  {
    does: "ignores Retry-After",
    breaks: "honours-retry-after",
    scenario: "rate-limited",
    behave: imports((seen) => (seen.answer.status === 429 ? 1000 : sound(seen))),
  },
  {
    does: "waits for FAILED",
    breaks: "reads-canceled",
    scenario: "canceled",
    behave: imports(({ answer }) => (answer.state === "COMPLETE" || answer.state === "FAILED" ? undefined : 1000), 400),
  },

  {
    does: "submits twice when its button is pressed twice",
    breaks: "one-submit",
    scenario: "happy",
    behave: async (client) => {
      const [first, second] = await Promise.all([client.submit(), client.submit()]);
      await Promise.all([follow(client, first.id ?? "", sound), follow(client, second.id ?? "", sound)]);
    },
  },
  {
    does: "forgets its task when the page is reloaded, and submits anew",
    breaks: "one-submit",
    scenario: "happy",
    behave: async (client) => {
      await imports(({ polls }) => (polls === 2 ? undefined : 1000))(client);
      const { folderPath, ...rest } = CAT;
      const { id = "" } = await client.submit({ folderPath, ...rest });
      await follow(client, id, sound);
    },
  },

  {
    does: "fetches one file twice within a second, and looks at both when they are done",
    breaks: "one-submit",
    scenario: "happy",
    behave: async (client) => {
      const { id: first = "" } = await client.submit();
      await client.sleep(900);
      const { id: second = "" } = await client.submit();
      await client.sleep(20_000);
      await client.poll(first);
      await client.poll(second);
    },
  },

  {
    does: "follows the link without its token",
    breaks: "token-to-link",
    scenario: "happy",
    behave: async (client) => client.poll((await client.submit()).link ?? "", {}),
  },
  {
    does: "sends its token to the status call without a scheme",
    breaks: "token-to-link",
    scenario: "happy",
    behave: async (client) => client.poll((await client.submit()).id ?? "", { Authorization: "any" }),
  },

  {
    does: "polls five times a second",
    breaks: "polite-interval",
    scenario: "happy",
    behave: imports((seen) => sound(seen) && 200, 60),
  },
  {
    does: "polls the faster the longer it waits",
    breaks: "polite-interval",
    scenario: "happy",
    behave: imports((seen) => sound(seen) && 1600 / 2 ** seen.polls, 60),
  },
  {
    does: "polls five times a second, and no later after errors",
    breaks: "polite-interval",
    scenario: "server-error",
    behave: imports((seen) => sound(seen) && 200, 60),
  },

  {
    does: "polls once more to be sure of COMPLETE",
    breaks: "stops-at-end",
    scenario: "happy",
    behave: async (client) => {
      const { id = "" } = await client.submit();
      await follow(client, id, sound);
      await client.poll(id);
    },
  },
  {
    does: "never stops its timer",
    breaks: "stops-at-end",
    scenario: "happy",
    behave: imports(() => 1000, 400),
  },

  {
    does: "takes CANCELED for an error that passes",
    breaks: "reads-canceled",
    scenario: "canceled",
    behave: imports((seen) => (seen.answer.state === "CANCELED" && seen.polls < 8 ? 2000 : sound(seen))),
  },

  {
    does: "asks every ten seconds for longer than anyone waits",
    breaks: "bounded-polling",
    scenario: "stuck-processing",
    behave: imports((seen) => sound({ ...seen, sinceMs: 0 }) && 10_000, 95),
  },

  {
    does: "takes the seconds of Retry-After for milliseconds",
    breaks: "honours-retry-after",
    scenario: "rate-limited",
    behave: imports((seen) => (seen.answer.status === 429 ? 2 : sound(seen))),
  },
  {
    does: "submits again before the time that a 429 asks for",
    breaks: "honours-retry-after",
    scenario: "busy-import",
    behave: submitsAfter(2000),
  },

  {
    does: "tries again at once after a 503",
    breaks: "backs-off",
    scenario: "server-error",
    behave: imports((seen) => (seen.answer.status === 503 ? 0 : sound(seen))),
  },
  {
    does: "keeps its pace through an outage",
    breaks: "backs-off",
    scenario: "long-outage",
    behave: imports((seen) => (seen.answer.status === 503 ? 1000 : sound(seen))),
  },
  {
    does: "keeps to about its pace through an outage",
    breaks: "backs-off",
    scenario: "long-outage",
    behave: imports((seen) => (seen.answer.status === 503 ? 900 + ((seen.polls * 70) % 200) : sound(seen))),
  },
  {
    does: "submits each second while the API is out",
    breaks: "backs-off",
    scenario: "import-outage",
    behave: submitsAfter(1000, 1000, 1000),
  },

  {
    does: "polls on through 404",
    breaks: "no-retry-of-refusals",
    scenario: "not-found",
    behave: imports(() => 1000),
  },
  {
    does: "submits again what was refused with 403",
    breaks: "no-retry-of-refusals",
    scenario: "missing-scopes",
    behave: submitsAfter(1000),
  },
  {
    does: "sends its expired token again",
    breaks: "no-retry-of-refusals",
    scenario: "expired-token",
    behave: submitsAfter(5000),
  },
  {
    does: "submits again as text what was refused with 415",
    breaks: "no-retry-of-refusals",
    scenario: "happy",
    behave: async (client) => {
      const wrong = { ...client.bearer(), "Content-Type": "text/plain" };
      await client.submit(CAT, wrong);
      await client.sleep(5000);
      await client.submit(CAT, wrong);
    },
  },
  {
    does: "submits again what was refused with 400",
    breaks: "no-retry-of-refusals",
    scenario: "happy",
    behave: async (client) => {
      await client.submit({ access: "PRIVATE" });
      await client.sleep(10_000);
      await client.submit({ access: "PRIVATE" });
    },
  },
];
