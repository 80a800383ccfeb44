import { expect, test } from "vitest";
import { fromHar } from "../../src/exchange/har.js";
import { type Entry, FINE, harOf, pollOf, UNANSWERED, verdictOf } from "./har.js";

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
  expect(verdictOf(har)).toMatchObject({ exitCode: 3, failed: [], unjudged: ["It has no response body."] });
});

test("of a pair, each side fills in what the other lacks", () => {
  const har = pairs((page, worker) => {
    byChrome(page);
    page.response.content = { size: 9, mimeType: "application/json" };
    if (worker.request["postData"]) page.request["postData"] = null;
  });
  expect(verdictOf(har)).toEqual(FINE);
  expect(fromHar(har).exchanges[0]?.request).toMatchObject({ body: expect.stringContaining("cat.png") });
});

test("a service worker's response to an error is not the server's", () => {
  const har = pairs((page, worker, index) => {
    byChrome(page);
    if (index !== 2) return;
    const headers = [{ name: "Content-Type", value: "text/html" }];
    Object.assign(worker.response, { status: 503, headers, content: { size: 1, text: "-", mimeType: "text/html" } });
    Object.assign(page.response.content, { text: '{"isOffline":true}' });
  });
  expect(verdictOf(har)).toMatchObject({
    exitCode: 0,
    failed: [],
    states: [["PENDING", 503, "PROCESSING", "CANCELED"]],
  });
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

test("a request that a page gave up may have got a response in its service worker: it is not judged", () => {
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
