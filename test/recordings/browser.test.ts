import { expect, test } from "vitest";
import { judge } from "../../src/verify/judge.js";
import { fromHar, toHar } from "../../src/verify/recording/har.js";
import { type Entry, FINE, harOf, LINK, poll, pollOf, STATES, verdictOf } from "./har.js";

/** An entry that a recording has beside the others. */
function extra(change: (one: Entry) => unknown): { log: { entries: Entry[] } } {
  const one = poll(1900, { status: "PENDING" });
  change(one);
  return harOf((all) => all.push(one));
}

test.each<[string, (one: Entry) => unknown, string]>([
  ["Chrome's memory cache", (one) => Object.assign(one, { _fromCache: "memory" }), "a browser's cache answered it"],
  ["Chrome's disk cache", (one) => Object.assign(one, { _fromCache: "disk" }), "a browser's cache answered it"],
  ["Safari's cache", (one) => Object.assign(one, { _fetchType: "Disk Cache" }), "a browser's cache answered it"],
  ["a cache, by the protocol", (one) => Object.assign(one, { _fromDiskCache: true }), "a browser's cache answered it"],
  [
    "a cache of the service worker's",
    ({ response }) =>
      Object.assign(response, { _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "cache-storage" }),
    "a browser's cache answered it",
  ],
  [
    "the browser, which knows that it needs https",
    ({ request, response }) => {
      Object.assign(request, { url: LINK.replace("https", "http") });
      Object.assign(response, {
        status: 307,
        statusText: "Internal Redirect",
        content: { size: 0, mimeType: "x-unknown" },
      });
    },
    "a browser redirected it by itself",
  ],
  [
    "an extension that redirects",
    ({ response }) =>
      Object.assign(response, {
        status: 307,
        headers: [{ name: "non-authoritative-reason", value: "WebRequest API" }],
      }),
    "a browser redirected it by itself",
  ],
  [
    "a blocklist",
    ({ response }) =>
      Object.assign(response, { status: 0, headers: [], content: {}, _error: "net::ERR_BLOCKED_BY_CLIENT" }),
    "a browser blocked it (net::ERR_BLOCKED_BY_CLIENT)",
  ],
  [
    "a route that aborts",
    (one) => Object.assign(one, { _wasAborted: true, response: { status: -1, _failureText: "net::ERR_FAILED" } }),
    "the recorder's own rules aborted it",
  ],
  [
    "the browser, as a preflight",
    ({ request }) => Object.assign(request, { method: "OPTIONS" }),
    "a browser's preflight",
  ],
])("what %s answered is no answer of the server's", (_, change, why) => {
  expect(verdictOf(extra(change))).toEqual({ ...FINE, leftOut: [`log.entries[5]: ${why}`] });
});

test("a redirect of the server's is the server's answer", () => {
  const redirect = extra(({ response }) =>
    Object.assign(response, { status: 307, headers: [{ name: "Location", value: LINK }] }),
  );
  expect(verdictOf(redirect)).toMatchObject({ exitCode: 1, failed: ["status-declared"], leftOut: [] });
});

const UNANSWERED = { status: 0, headers: [], content: { size: 0, mimeType: "x-unknown" } };

test.each([
  ["Chrome", { _error: "net::ERR_ABORTED" }],
  ["Playwright", { status: -1, _failureText: "net::ERR_ABORTED" }],
  ["Firefox", { status: 0 }],
  ["Playwright in Firefox", { status: -1, _failureText: "NS_BINDING_ABORTED" }],
  ["Safari", { _error: "Load request cancelled" }],
  ["mitmproxy", { _error: "Client disconnected." }],
  ["a page of another origin", { _error: "net::ERR_FAILED" }],
  ["HTTP Toolkit", { status: 0, statusText: "" }],
  ["axios-har-tracker", { status: "" }],
])("a poll that the client cut off is not judged, by the words of %s, and no server is out of reach", (_, said) => {
  for (const number of [2, 4]) {
    const har = harOf((all) => Object.assign(pollOf(all, number), { response: { ...UNANSWERED, ...said } }));
    const { leftOut, states, ...rest } = verdictOf(har);
    expect(rest).toEqual({ exitCode: 0, failed: [], unjudged: [], broken: [] });
    expect(states).toEqual([STATES.map((state, index) => (index === number - 1 ? "none" : state))]);
    expect(leftOut).toEqual([
      expect.stringMatching(/^log\.entries\[\d\]: (the client did not wait|no answer was recorded)/),
    ]);
  }
});

test.each(["net::ERR_ABORTED", "net::ERR_FAILED", "net::ERR_BLOCKED_BY_RESPONSE"])(
  "a body that the client cut off with %s is not judged, whatever of it is there",
  (_error) => {
    for (const content of [
      { size: 0, mimeType: "application/json" },
      { size: 9, text: '{"taskId"' },
    ]) {
      const har = harOf((all) => Object.assign(pollOf(all, 2).response, { _error, content }));
      const { leftOut, ...rest } = verdictOf(har);
      expect(rest).toEqual({ ...FINE, states: [["PENDING", 200, "PROCESSING", "CANCELED"]], leftOut: undefined });
      expect(leftOut).toEqual([expect.stringContaining(_error)]);
    }
  },
);

test("a body that the server cut off is the server's fault", () => {
  const _error = "net::ERR_CONTENT_LENGTH_MISMATCH";
  const har = harOf((all) => Object.assign(pollOf(all, 2).response, { _error }));
  expect(verdictOf(har)).toMatchObject({ exitCode: 1, failed: ["body-complete"] });
});

test("a server that others could not reach is told without an option of ours", () => {
  const last = { ...UNANSWERED, _error: "net::ERR_CONNECTION_REFUSED" };
  const { exchanges } = fromHar(harOf((all) => Object.assign(pollOf(all, 4), { response: last })));
  const { exitCode, unjudged } = judge(exchanges);
  expect({ exitCode, unjudged }).toEqual({
    exitCode: 3,
    unjudged: [
      {
        reason: "unreachable",
        message: "The server could not be reached: net::ERR_CONNECTION_REFUSED",
        next: "Record the calls again, until their answers have come.",
      },
    ],
  });
});

test("of a recording without any answer nothing is judged", () => {
  const har = harOf((all) => all.map((one) => Object.assign(one, { response: UNANSWERED })));
  expect(verdictOf(har)).toMatchObject({ exitCode: 3, unjudged: [expect.stringMatching(/^It has no answer: /)] });
});

/** Each request once as the page's and once as the worker's own. @param mark what the recorder says of either */
function pairs(mark: (page: Entry, worker: Entry, index: number) => unknown): { log: { entries: Entry[] } } {
  return harOf((all) => {
    const both = all.flatMap((page, index) => {
      const worker = structuredClone(page);
      worker.startedDateTime = new Date(Date.parse(String(page.startedDateTime)) + 6).toISOString();
      worker.time = 20;
      mark(page, worker, index);
      return [page, worker];
    });
    all.splice(0, all.length, ...both);
  });
}

const byChrome = ({ response }: Entry) =>
  Object.assign(response, { _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "network" });

/** It writes neither what a worker sends nor what it gets. */
function byPlaywright(_: Entry, worker: Entry): void {
  Object.assign(worker, { _serviceWorkerRef: "worker@1" });
  Object.assign(worker.request, { postData: undefined });
  Object.assign(worker.response, { bodySize: 255, content: { size: 0, mimeType: "application/json", text: "" } });
}

test.each<[string, (page: Entry, worker: Entry) => unknown]>([
  ["Chrome", byChrome],
  ["Playwright", byPlaywright],
  ["Playwright, bodies and all", (_, worker) => Object.assign(worker, { _serviceWorkerRef: "worker@1" })],
  [
    "Chrome, whose worker asks whether it has changed",
    (page, worker) => {
      byChrome(page);
      if (worker.request["method"] !== "GET") return;
      (worker.request.headers as object[]).push({ name: "If-None-Match", value: '"1"' });
      Object.assign(worker.response, { status: 304, content: { size: 0, mimeType: "x-unknown" } });
    },
  ],
])("a request through a service worker is one request, by %s", (_, mark) => {
  expect(verdictOf(pairs(mark))).toEqual(FINE);
});

test.each<[string, (one: Entry) => unknown]>([
  ["a page's side, by Chrome", byChrome],
  [
    "a page's side that the worker answered",
    ({ response }) =>
      Object.assign(response, { _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "fallback-code" }),
  ],
  ["a page's side, by Safari", (one) => Object.assign(one, { _fetchType: "Service Worker" })],
  ["a worker's side, by Playwright", (one) => Object.assign(one, { _serviceWorkerRef: "worker@1" })],
])("a recording of %s alone is judged by what it has", (_, mark) => {
  expect(verdictOf(harOf((all) => all.map(mark)))).toEqual(FINE);
});

test("of a worker's side that has no bodies nothing is judged", () => {
  const har = harOf((all) => all.map((one) => byPlaywright(one, one)));
  expect(verdictOf(har)).toMatchObject({ exitCode: 3, failed: [], unjudged: ["It has no answer's body."] });
});

test("two requests through a service worker at nearly the same time are two", () => {
  for (const mark of [byChrome, byPlaywright]) {
    const har = pairs(mark);
    const again = structuredClone(har.log.entries.slice(4, 6));
    for (const one of again) one.startedDateTime = String(one.startedDateTime).replace("01.30", "01.31");
    har.log.entries.push(...again);
    expect(verdictOf(har).states).toEqual([["PENDING", "PROCESSING", "PROCESSING", "PROCESSING", "CANCELED"]]);
  }
});

test("a service worker that tries again has sent two requests, and the page one", () => {
  const har = pairs(byChrome);
  const refused = structuredClone(pollOf(har.log.entries, 5));
  refused.startedDateTime = "2026-09-14T12:00:01.303Z";
  const headers = [
    { name: "Content-Type", value: "text/html" },
    { name: "Retry-After", value: "0" },
  ];
  Object.assign(refused.response, { status: 503, headers, content: { size: 1, text: "-", mimeType: "text/html" } });
  har.log.entries.push(refused);
  expect(verdictOf(har)).toMatchObject({
    exitCode: 0,
    states: [["PENDING", 503, "PROCESSING", "PROCESSING", "CANCELED"]],
  });
});

test("what a page gave up, its service worker may have been answered: nothing is said of it", () => {
  const har = pairs((page, worker, index) => {
    byPlaywright(page, worker);
    if (index === 2) Object.assign(page, { response: { ...UNANSWERED, status: -1, _failureText: "net::ERR_ABORTED" } });
    if (index === 2) worker.time = 1500;
  });
  expect(verdictOf(har)).toMatchObject({
    exitCode: 0,
    failed: [],
    broken: [],
    states: [["PENDING", "none", "PROCESSING", "CANCELED"]],
  });
});

/** A poll that asks whether the answer with a tag is still so, and is told that it is. */
function unchanged(afterMs: number, change: (one: Entry) => unknown = () => {}): Entry {
  const one = poll(afterMs, {});
  (one.request.headers as object[]).push({ name: "If-None-Match", value: 'W/"a", "b"' });
  one.response = {
    status: 304,
    headers: [{ name: "ETag", value: '"b"' }],
    content: { size: 0, mimeType: "x-unknown" },
  };
  change(one);
  return one;
}

/** A recording whose second PROCESSING was answered 304. @param tag of the first */
function confirmed(change?: (one: Entry) => unknown, tag?: string): { log: { entries: Entry[] } } {
  return harOf((all) => {
    all.splice(3, 1, unchanged(2400, change));
    if (tag !== undefined) (pollOf(all, 2).response.headers as object[]).push({ name: "etag", value: tag });
  });
}

const CACHED = JSON.stringify({
  taskId: "AAAAEqTIHz0",
  status: "PROCESSING",
  requestedAt: "2026-09-14T12:00:00.000Z",
  startedAt: "2026-09-14T12:00:01.000Z",
  links: {},
});

test.each<[string, ((one: Entry) => unknown) | undefined, string | undefined]>([
  ["the answer with its tag", undefined, 'W/"b"'],
  [
    "what the recorder took from the cache",
    ({ response }) => (response.content = { size: 9, text: CACHED, mimeType: "application/json" }),
    undefined,
  ],
  [
    "the same, with no condition in sight",
    ({ request, response }) => {
      request.headers = [{ name: "Authorization", value: "Bearer any" }];
      response.content = { size: 9, text: CACHED };
    },
    undefined,
  ],
])("a 304 says the state of %s", (_, change, tag) => {
  expect(verdictOf(confirmed(change, tag))).toEqual({ ...FINE, leftOut: [] });
});

test.each<[string, (one: Entry) => unknown]>([
  ["a tag", () => {}],
  [
    "a date",
    ({ request }) =>
      (request.headers = [
        { name: "Authorization", value: "Bearer any" },
        { name: "If-Modified-Since", value: "Mon, 14 Sep 2026 12:00:00 GMT" },
      ]),
  ],
  ["headers that were left out", ({ request }) => (request.headers = null)],
])("a 304 to %s whose answer nobody has says no state, and is no fault", (_, change) => {
  expect(verdictOf(confirmed(change))).toEqual({
    ...FINE,
    states: [["PENDING", "PROCESSING", 200, "CANCELED"]],
    leftOut: ["log.entries[3]: the answer that its 304 confirms is not in the recording"],
  });
});

test("a 304 that nobody asked for is a fault", () => {
  const har = confirmed(({ request }) => (request.headers = [{ name: "Authorization", value: "Bearer any" }]));
  expect(verdictOf(har)).toMatchObject({ exitCode: 1, failed: ["status-declared"] });
});

test("a recorder that writes 200 for a 304, with the headers of that, is read for what its content says", () => {
  const har = confirmed(({ response }) =>
    Object.assign(response, { status: 200, content: { size: 9, text: CACHED, mimeType: "application/json" } }),
  );
  expect(verdictOf(har)).toEqual(FINE);
  const empty = confirmed(({ response }) =>
    Object.assign(response, { status: 200, content: { size: 0, text: "", mimeType: "application/json" } }),
  );
  expect(verdictOf(empty)).toMatchObject({ exitCode: 0, failed: [] });
});

test("a recording of others, written anew as one of ours, is judged as it was", () => {
  const odd = harOf((all) => {
    all.splice(3, 1, unchanged(2400));
    all.push(poll(1900, {}), poll(1950, {}));
    Object.assign(pollOf(all, 5), { response: UNANSWERED });
    Object.assign(pollOf(all, 6).response, { content: null });
    Object.assign(pollOf(all, 1).request, { headers: null });
    all[0].request["postData"] = null;
  });
  const { exchanges, notes } = fromHar(odd);
  const again = fromHar(JSON.parse(JSON.stringify(toHar(exchanges, { version: "1.0.0", ...notes }))));
  expect(again.exchanges).toEqual(exchanges);
  expect(judge(again.exchanges)).toEqual(judge(exchanges));
});

test("sizes that are written are bytes", () => {
  const har = harOf((all) => {
    all[0].request["postData"] = { text: '{"name":"猫"}' };
    Object.assign(all[0].response.content, { text: '{"name":"猫é"}' });
  });
  const written = toHar(fromHar(har).exchanges, { version: "1.0.0" }) as { log: { entries: Entry[] } };
  expect(written.log.entries[0]?.request["bodySize"]).toBe(14);
  expect(written.log.entries[0]?.response.content["size"]).toBe(16);
});

test("a recorder's own words are told without secrets", () => {
  const _error = "net::ERR_FAILED https://example.com/?token=pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";
  const { leftOut } = fromHar(harOf((all) => Object.assign(pollOf(all, 2), { response: { ...UNANSWERED, _error } })));
  expect(leftOut[0]?.why).toContain("token=REDACTED");
});
