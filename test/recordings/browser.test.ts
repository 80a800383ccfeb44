import { expect, test } from "vitest";
import { fromHar, toHar } from "../../src/exchange/har.js";
import { judge } from "../../src/judge/judge.js";
import { DATES, type Entry, FINE, harOf, LINK, poll, pollOf, STATES, UNANSWERED, verdictOf } from "./har.js";

/** An entry that a recording has beside the others. */
function extra(change: (one: Entry) => unknown): { log: { entries: Entry[] } } {
  const one = poll(1900, { status: "PENDING" });
  change(one);
  return harOf((all) => all.push(one));
}

test.each<[string, (one: Entry) => unknown, string]>([
  ["Chrome's memory cache", (one) => Object.assign(one, { _fromCache: "memory" }), "a browser's cache responded to it"],
  ["Chrome's disk cache", (one) => Object.assign(one, { _fromCache: "disk" }), "a browser's cache responded to it"],
  [
    "Safari's local override",
    (one) => Object.assign(one, { _fetchType: "Inspector Override" }),
    "an override of the browser's inspector responded to it",
  ],
  ["Safari's cache", (one) => Object.assign(one, { _fetchType: "Disk Cache" }), "a browser's cache responded to it"],
  [
    "a cache, by the protocol",
    (one) => Object.assign(one, { _fromDiskCache: true }),
    "a browser's cache responded to it",
  ],
  [
    "a cache of the service worker's",
    ({ response }) =>
      Object.assign(response, { _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: "cache-storage" }),
    "a browser's cache responded to it",
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

test("a redirect of the server is the server's response", () => {
  const redirect = extra(({ response }) =>
    Object.assign(response, { status: 307, headers: [{ name: "Location", value: LINK }] }),
  );
  expect(verdictOf(redirect)).toMatchObject({ exitCode: 1, failed: ["status-declared"], leftOut: [] });
});

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
      expect.stringMatching(/^log\.entries\[\d\]: (the client did not wait|neither a response nor the reason)/),
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

test.each(["net::ERR_CONTENT_LENGTH_MISMATCH", "net::ERR_CONTENT_DECODING_FAILED"])(
  "a body that no client can read whole, as of %s, is the server's fault",
  (_error) => {
    const har = harOf((all) => Object.assign(pollOf(all, 2).response, { _error }));
    expect(verdictOf(har)).toMatchObject({ exitCode: 1, failed: ["body-complete"] });
  },
);

test("an unreachable server in another tool's recording is reported without an option of ours", () => {
  const last = { ...UNANSWERED, _error: "net::ERR_CONNECTION_REFUSED" };
  const { exchanges } = fromHar(harOf((all) => Object.assign(pollOf(all, 4), { response: last })));
  const { exitCode, unjudged } = judge(exchanges);
  expect({ exitCode, unjudged }).toEqual({
    exitCode: 3,
    unjudged: [
      {
        reason: "unreachable",
        message: "The server could not be reached: net::ERR_CONNECTION_REFUSED",
        next: "Record the requests again, until their responses have arrived.",
      },
    ],
  });
});

test("nothing of a recording without any response is judged", () => {
  const har = harOf((all) => all.map((one) => Object.assign(one, { response: UNANSWERED })));
  expect(verdictOf(har)).toMatchObject({ exitCode: 3, unjudged: [expect.stringMatching(/^It has no response: /)] });
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

test("a recorder's own words are reported without secrets", () => {
  const _error = "net::ERR_FAILED https://example.com/?token=pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";
  const { leftOut } = fromHar(harOf((all) => Object.assign(pollOf(all, 2), { response: { ...UNANSWERED, _error } })));
  expect(leftOut[0]?.why).toContain("token=REDACTED");
});

test("a page that is loaded anew may poll a task once more, and each page stops at the end that it saw", () => {
  const end = { status: "CANCELED", ...DATES, numErrors: 0, errors: [] };
  const broken = (...later: readonly (readonly [afterMs: number, page: unknown])[]) => {
    const har = harOf((all) => {
      for (const one of all) one["pageref"] = "page_1";
      all.push(...later.map(([afterMs, pageref]) => ({ ...poll(afterMs, end), pageref })));
    });
    const again = toHar(fromHar(JSON.parse(JSON.stringify(har))).exchanges, { version: "1.0.0" });
    expect(verdictOf(again).broken).toEqual(verdictOf(har).broken);
    return verdictOf(har).broken;
  };
  expect(broken([9000, "page_2"])).toEqual([]);
  expect(broken([9000, "page_2"], [19_000, "page_3"])).toEqual([]);
  expect(broken([9000, "page_2"], [10_000, "page_2"])).toEqual(["reads-canceled"]);
  expect(broken([9000, "page_1"])).toEqual(["reads-canceled"]);
});

test("tabs that poll one task are each as polite as they are alone", () => {
  const broken = (pageOf: (index: number) => unknown) => {
    const polls = Array.from({ length: 9 }, (_, index) => ({
      ...poll(index * 300, { status: "PENDING", requestedAt: DATES.requestedAt }),
      pageref: pageOf(index),
    }));
    return verdictOf(harOf((all) => all.splice(1, 4, ...polls))).broken;
  };
  expect(broken((index) => `page_${index % 3}`)).toEqual([]);
  expect(broken(() => "page_1")).toEqual(["polite-interval"]);
  expect(broken(() => undefined)).toEqual(["polite-interval"]);
});

test("a page that is loaded anew may ask again what was rejected before", () => {
  const broken = (pageref: string) =>
    verdictOf(
      harOf((all) => {
        const denied = poll(3500, {});
        Object.assign(denied.response, { status: 403, content: { text: "{}", mimeType: "application/json" } });
        all.splice(
          4,
          1,
          { ...denied, pageref: "page_1" },
          { ...denied, startedDateTime: poll(9000, {}).startedDateTime, pageref },
        );
      }),
    ).broken;
  expect([broken("page_1"), broken("page_2")]).toEqual([["no-retry-of-refusals"], []]);
});
