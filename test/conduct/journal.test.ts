import { expect, test } from "vitest";
import type { SessionExchange, SessionJournal } from "../../src/exchange/session-journal.js";
import type { Wire } from "../../src/exchange/wire.js";
import { type Conduct, conductOfAll, conductTowards, judgeSession } from "../../src/judge/session-conduct.js";
import { recorded } from "../../src/session/recorded.js";
import type { SessionControl } from "../../src/session/session-control.js";
import { START } from "../clock.js";
import { CAT, IMPORT } from "./client.js";
import { follow, sound } from "./habit.js";
import { mistakes } from "./mistakes.js";
import { failuresIn, openSessions, serveSessions } from "./sessions.js";

test("every client that makes a mistake is caught by the journal of its session, and breaks nothing else", async () => {
  const { visit, conduct } = openSessions();
  for (const [index, { scenario, behave }] of mistakes.entries()) await visit(`client-${index}`, scenario, behave);
  const found = mistakes.map((_, index) => failuresIn(conduct(`client-${index}`)));
  expect(found).toEqual(mistakes.map(({ breaks }) => [breaks]));
});

test("over HTTP HubSpot's own client and a good poller pass beside three bad ones", async () => {
  const { visit, hubspot, conduct, advance } = await serveSessions();
  for (const { does, scenario, behave } of mistakes.slice(0, 3))
    await visit(does.replaceAll(" ", "-"), scenario, behave);
  await visit("good", "rate-limited", async (client) => follow(client, (await client.submit()).id ?? "", sound));
  const client = hubspot("official", "happy");
  const { id } = await client.importFromUrl(CAT as never);
  while ((await client.checkImport(id)).status !== "COMPLETE") advance(1000);

  const sessions = ["polls-for-ever", "ignores-Retry-After", "waits-for-FAILED", "good", "official"];
  expect(sessions.map((name) => [conduct(name).result, failuresIn(conduct(name))])).toEqual([
    ["fail", ["bounded-polling"]],
    ["fail", ["honours-retry-after"]],
    ["fail", ["reads-canceled"]],
    ["pass", []],
    ["pass", []],
  ]);
  expect(conduct().result).toBe("fail");
  expect(conduct("official").clients.map((one) => one.client)).toEqual([expect.stringMatching(/^node-fetch/)]);
});

interface Details {
  readonly headers?: Readonly<Record<string, string>>;
  readonly wire?: Wire["kind"];
  readonly tokenId?: string;
}

/** Polls of one task as a journal keeps them: when they came, and what they were answered. */
function journalOf(
  polls: readonly (readonly [atMs: number, came: string | number, details?: Details])[],
  { pace = "time", task = "task-1" }: { pace?: NonNullable<SessionExchange["pace"]>; task?: string } = {},
): SessionJournal {
  const entries = polls.map(([atMs, came, details = {}], index): SessionExchange => {
    const { headers = {}, wire, tokenId = "token-1" } = details;
    const status = typeof came === "number" ? came : 200;
    const body = JSON.stringify({ taskId: task, ...(typeof came === "string" && { status: came }) });
    const path = `${IMPORT}/tasks/${task}/status`;
    return recorded({
      id: index + 1,
      at: START + atMs,
      clientAt: START + atMs,
      operation: "checkImportStatus",
      request: { method: "GET", path },
      response: {
        status,
        headers: { "Content-Type": "application/json" },
        body,
        ...(wire && { wire: { kind: wire } as Wire }),
      },
      progress: { polls: index + 1, pace, number: 1, scenario: "happy" },
      violations: [],
      sent: { url: `https://api.hubapi.com${path}`, headers, tokenId },
    });
  });
  return { session: "default", entries, forgotten: 0, watchedUntil: START };
}

function resultOf(rule: string, { clients }: Conduct): string | undefined {
  return clients[0]?.checks.find(({ id }) => id === rule)?.result;
}

const judged = (rule: string, ...args: Parameters<typeof journalOf>) =>
  resultOf(rule, conductOfAll(judgeSession(journalOf(...args))));

test("exchanges are named by their numbers in the journal", () => {
  const { entries, ...rest } = journalOf([
    [0, "PENDING"],
    [1000, "COMPLETE"],
    [2000, "COMPLETE"],
  ]);
  const [client] = judgeSession({ ...rest, entries: entries.map((entry) => ({ ...entry, id: entry.id + 40 })) });
  const check = client?.checks.find(({ id }) => id === "stops-at-end");
  expect(check?.exchanges).toEqual([42, 43]);
  expect(check?.findings.map(({ exchanges }) => exchanges)).toEqual([[42, 43]]);
});

test("two clients of one session are judged one by one, whatever their tokens are", () => {
  const named = (client: string) => ({ headers: { "user-agent": "node", "x-mock-client": client } });
  const [a, b] = [named("tab-a"), named("tab-b")];
  const polls = [
    [0, "PENDING", a],
    [100, "PENDING", b],
    [1000, "PENDING", a],
    [1100, "PENDING", b],
  ] as const;
  const clients = judgeSession(journalOf(polls));
  expect(clients.map(({ client, result }) => [client, result])).toEqual([
    ["tab-a", "pass"],
    ["tab-b", "pass"],
  ]);
});

test("a client that sends a new token after 401 is the same client", () => {
  const polls = [
    [0, 401],
    [1000, "COMPLETE", { tokenId: "token-2" }],
  ] as const;
  const clients = judgeSession(journalOf(polls));
  expect(clients.map(({ client }) => client)).toEqual(["unnamed"]);
  expect(resultOf("no-retry-of-refusals", conductOfAll(clients))).toBe("pass");
  expect(
    judged("no-retry-of-refusals", [
      [0, 401],
      [1000, 401],
    ]),
  ).toBe("fail");
});

test("a response that was lost shows the client no end", () => {
  for (const wire of ["reset", "black-hole", "reset-mid-body", "drip"] as const) {
    expect(
      judged("stops-at-end", [
        [0, "COMPLETE", { wire }],
        [1000, "COMPLETE"],
      ]),
      wire,
    ).toBe("pass");
  }
  expect(
    judged("stops-at-end", [
      [0, "COMPLETE"],
      [1000, "COMPLETE"],
    ]),
  ).toBe("fail");
});

test.each([
  [
    "a first pair may have been sent side by side",
    [
      [0, "COMPLETE"],
      [3, "COMPLETE"],
    ],
    "not-exercised",
  ],
  [
    "so may pairs in a row",
    [
      [0, "PENDING"],
      [1, "PENDING"],
      [1000, "COMPLETE"],
      [1003, "COMPLETE"],
    ],
    "not-exercised",
  ],
  [
    "a client that asked alone asks again",
    [
      [0, "PENDING"],
      [1000, "COMPLETE"],
      [1003, "COMPLETE"],
    ],
    "fail",
  ],
  [
    "three at once are no pair",
    [
      [0, "COMPLETE"],
      [3, "COMPLETE"],
      [6, "COMPLETE"],
    ],
    "fail",
  ],
  [
    "eleven milliseconds are no overlap",
    [
      [0, "COMPLETE"],
      [11, "COMPLETE"],
    ],
    "fail",
  ],
  [
    "a pair that goes on is late all the same",
    [
      [0, "COMPLETE"],
      [3, "COMPLETE"],
      [900, "COMPLETE"],
    ],
    "fail",
  ],
  [
    "a pair of which the last shows the end is heeded",
    [
      [0, "PENDING"],
      [3, "COMPLETE"],
    ],
    "pass",
  ],
] as const)("of polls around an end, %s", (_, polls, result) => {
  expect(judged("stops-at-end", polls)).toBe(result);
});

test("a rejected pair of requests is neither a retry nor a proof that there was none", () => {
  expect(
    judged("no-retry-of-refusals", [
      [0, 400],
      [2, 400],
    ]),
  ).toBe("not-exercised");
  expect(
    judged("no-retry-of-refusals", [
      [0, 400],
      [2, 400],
      [1000, 400],
    ]),
  ).toBe("fail");
});

test("under a frozen clock, pauses are not judged", () => {
  const standing = Array.from({ length: 400 }, () => [0, "PENDING"] as const);
  expect(judged("polite-interval", standing)).toBe("not-exercised");
  expect(judged("bounded-polling", standing)).toBe("not-exercised");
  expect(judged("stops-at-end", [...standing, [0, "COMPLETE"]])).toBe("pass");
  expect(judged("stops-at-end", [...standing, [0, "COMPLETE"], [0, "COMPLETE"]])).toBe("fail");
});

test("where polls move a task, a client that never waits is not judged by its pauses; under pace time it is", () => {
  const polls = [
    [0, "PENDING"],
    [4, "PENDING"],
    // A machine that is busy for a while is no client that waits.
    [350, "PROCESSING"],
    [354, "PROCESSING"],
    [358, "COMPLETE"],
  ] as const;
  expect(judged("polite-interval", polls, { pace: "polls" })).toBe("not-exercised");
  expect(judged("polite-interval", polls, { pace: "time" })).toBe("fail");
  const fast = [
    [0, "PENDING"],
    [250, "PENDING"],
    [500, "PROCESSING"],
  ] as const;
  expect(judged("polite-interval", fast, { pace: "polls" })).toBe("fail");
});

test("two tests that send the same import do not make time pass for a client that never waits", async () => {
  const { simulator, visit, conduct, advance } = openSessions();
  simulator.session("anna").configure({ pace: "polls" });
  await visit("anna", "happy", async (client) => {
    for (let tests = 0; tests < 2; tests += 1) {
      const { id = "" } = await client.submit();
      for (let polls = 0; polls < 3; polls += 1) await client.poll(id);
      advance(700);
    }
  });
  expect(resultOf("polite-interval", conduct("anna"))).toBe("not-exercised");
  expect(conduct("anna").result).toBe("pass");
});

test.each([
  ["ten seconds later", 1, () => {}, 10_000, "pass"],
  ["before its end", 1, () => {}, 1000, "fail"],
  ["an hour later, by hand", 0, ({ clock }) => clock.advance(3_600_000), 0, "pass"],
  ["once it is canceled by hand", 0, (session) => cancelAll(session), 0, "pass"],
  ["once it is removed", 0, (session) => session.tasks().map(({ id }) => session.remove(id)), 0, "pass"],
] as const satisfies readonly (readonly [string, number, (session: SessionControl) => unknown, number, string])[])(
  "the same import %s is judged by whether its task had ended, whoever saw that",
  async (_, polls, act, waitMs, result) => {
    const { simulator, visit, conduct } = openSessions();
    await visit("anna", "happy", async (client) => {
      const { id = "" } = await client.submit();
      for (let polled = 0; polled < polls; polled += 1) await client.poll(id);
      act(simulator.session("anna"));
      await client.sleep(waitMs);
      await client.submit();
    });
    expect(resultOf("one-submit", conduct("anna"))).toBe(result);
  },
);

const STEERED = [
  { "X-Mock-Session": "no name" },
  { "X-Mock-Clock": "tomorrow" },
  { "X-Mock-Seed": "-1" },
  { "X-Mock-Scenario": "canceld" },
  { "X-Mock-Scenario": "rate-limited;bursts=3" },
  { "X-Mock-Scenario": "rate-limited;burst=x" },
];

test.each(STEERED)("a request that the mock rejects for %j shows nothing about a client", async (header) => {
  const { simulator, conduct } = openSessions();
  const send = (path: string, init: RequestInit = {}) =>
    simulator.handle(
      new Request(`https://api.hubapi.com${IMPORT}${path}`, {
        headers: { Authorization: "Bearer any", "Content-Type": "application/json", ...header },
        ...init,
      }),
    );
  for (let times = 0; times < 2; times += 1) {
    const import_ = await send("", { method: "POST", body: JSON.stringify(CAT) });
    const poll = await send("/tasks/happy/status");
    expect([import_.status, poll.status]).toEqual([400, 400]);
  }
  expect(conduct().result).toBe("not-exercised");
});

test("a poll of a short name that no task has says nothing of a client", async () => {
  const { visit, conduct } = openSessions();
  await visit("anna", "happy", async (client) => {
    for (let times = 0; times < 2; times += 1) {
      expect((await client.poll("happy%2399")).status).toBe(400);
      await client.sleep(1000);
    }
  });
  expect(conduct("anna").result).toBe("not-exercised");
});

function cancelAll(session: SessionControl): void {
  for (const { id } of session.tasks()) session.cancel(id);
}

test("under pace polls a task has ended once its end was shown", async () => {
  const { simulator, visit, conduct } = openSessions();
  simulator.session("anna").configure({ pace: "polls" });
  await visit("anna", "happy", async (client) => {
    const { id = "" } = await client.submit();
    await client.poll(id);
    await client.poll(id);
    await client.sleep(60_000);
    await client.submit();
  });
  expect(resultOf("one-submit", conduct("anna"))).toBe("fail");
});

test("of two clients that import one file, the one that does so twice is reported", async () => {
  const { simulator, conduct } = openSessions();
  const send = (client: string) =>
    simulator.handle(
      new Request(`https://api.hubapi.com/s/anna${IMPORT}`, {
        method: "POST",
        headers: { Authorization: "Bearer any", "Content-Type": "application/json", "X-Mock-Client": client },
        body: JSON.stringify(CAT),
      }),
    );
  for (const client of ["tab-a", "tab-b", "tab-b"]) await send(client);
  expect(conduct("anna").clients.map(({ client, result }) => [client, result])).toEqual([
    ["tab-a", "pass"],
    ["tab-b", "fail"],
  ]);
});

test("conduct towards one task says nothing of the client's other tasks", () => {
  const first = journalOf([
    [0, "COMPLETE"],
    [1000, "COMPLETE"],
  ]);
  const second = journalOf([[5000, "CANCELED"]], { task: "task-2" });
  const entries = [...first.entries, ...second.entries.map((entry) => ({ ...entry, id: 3 }))];
  const all = conductOfAll(judgeSession({ ...first, entries }));
  expect([all.result, conductTowards("task-1", all).result, conductTowards("task-2", all).result]).toEqual([
    ...["fail", "fail", "pass"],
  ]);
  expect(conductTowards("task-2", all).clients[0]?.checks.flatMap(({ findings }) => findings)).toEqual([]);
  expect(conductTowards("task-3", all)).toEqual({ result: "not-exercised", clients: [] });
});

test("time advanced by hand has passed; a frozen or faster session changes nothing for the client", async () => {
  const { simulator, visit, conduct, advance } = openSessions();
  const session = simulator.session("anna");
  await visit("anna", "slow", async (client) => {
    const { id = "" } = await client.submit();
    for (let polls = 0; polls < 4; polls += 1) {
      await client.poll(id);
      session.clock.advance(2000);
    }
    session.clock.freeze();
    for (let polls = 0; polls < 4; polls += 1) {
      await client.poll(id);
      advance(1000);
    }
    session.clock.rate(1000);
    session.clock.resume();
    await client.poll(id);
  });
  expect(resultOf("polite-interval", conduct("anna"))).toBe("pass");
});

test("the journal of a client that is about to poll again does not show whether it gives up", async () => {
  const { simulator, visit, conduct, advance } = openSessions();
  await visit("anna", "stuck-processing", async (client) => {
    const { id = "" } = await client.submit();
    for (let polls = 0; polls < 12; polls += 1) {
      await client.poll(id);
      await client.sleep(500);
    }
  });
  expect(resultOf("bounded-polling", conduct("anna"))).toBe("not-exercised");
  expect(conduct("anna").clients[0]?.stillPolled).toHaveLength(1);
  advance(2000);
  simulator.session("anna").clock.advance(499);
  expect(resultOf("bounded-polling", conduct("anna"))).toBe("not-exercised");
  simulator.session("anna").clock.advance(1);
  expect(resultOf("bounded-polling", conduct("anna"))).toBe("pass");
  expect(conduct("anna").clients[0]?.stillPolled).toEqual([]);
});

test.each(["reset", "black-hole"] as const)("what a %s kept from the client is no status to the judge", (wire) => {
  const busy = { wire, headers: {} } as const;
  const lost = [401, 403, 404, 429, 503, 503, 503].map((status, index) => [index * 20, status, busy] as const);
  const told = conductOfAll(judgeSession(journalOf([...lost, [1000, "PENDING"], [2000, "COMPLETE"]])));
  const exercised = told.clients[0]?.checks.filter(({ result }) => result !== "not-exercised");
  expect(exercised?.map(({ id, result }) => [id, result])).toEqual([
    ["token-to-link", "pass"],
    ["polite-interval", "pass"],
    ["stops-at-end", "pass"],
  ]);
});

test("half a response is an error to a client, and its pauses after that are not its usual ones", () => {
  for (const wire of ["reset-mid-body", "wrong-length"] as const) {
    const cut = [0, 10, 20, 30].map((atMs) => [atMs, "PENDING", { wire }] as const);
    expect(judged("polite-interval", [...cut, [1030, "COMPLETE"]]), wire).toBe("not-exercised");
  }
});

test("parallel imports of one client are each polled at their own pace", async () => {
  const { visit, conduct } = openSessions();
  await visit("anna", "happy", async (client) => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.png`);
    const answers = await Promise.all(
      names.map((name) => client.submit({ ...CAT, url: `https://example.com/${name}` })),
    );
    for (let polls = 0; polls < 4; polls += 1) {
      await Promise.all(answers.map(({ id = "" }) => client.poll(id)));
      await client.sleep(1000);
    }
  });
  expect(conduct("anna").result).toBe("pass");
});
