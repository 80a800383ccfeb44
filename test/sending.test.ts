import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { IMPORT } from "./doors.js";
import { rawRequest } from "./raw-request.js";
import { served } from "./served.js";

const STATUS = `${IMPORT}/tasks/happy/status`;
const AUTH = "Authorization: Bearer any";

/** A mock, the defects that it told, and a way to decide what its next poll is answered. */
async function polled() {
  const { mock, defects } = await served();
  const poll = (...lines: readonly string[]) => rawRequest(mock.url, [`GET ${STATUS} HTTP/1.1`, AUTH, ...lines]);
  await poll();
  const inject = (headers: Readonly<Record<string, string>>) => {
    const answer = { status: 200, headers: { "Content-Type": "application/json", ...headers }, body: "{}" };
    mock.simulator.inject("happy", { answer });
  };
  return { mock, defects, poll, inject };
}

test("a response that Node rejects is a 500 and a defect, and the mock continues", async () => {
  const { poll, inject, defects } = await polled();
  inject({ Trailer: "X" });
  expect(await poll()).toMatchObject({ status: 500 });
  expect(defects).toEqual([expect.stringContaining("Trailers are invalid")]);
  expect(await poll()).toMatchObject({ status: 200 });
});

test("a mock responds although a test of its process has fake timers", async () => {
  const { poll } = await polled();
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  expect(await poll()).toMatchObject({ status: 200 });
});

test("a header in two spellings is sent once, with both values", async () => {
  const { poll, inject } = await polled();
  inject({ "X-A": "1", "x-a": "2", Vary: "Accept", "Access-Control-Allow-Origin": "https://other.test" });
  const { headers } = await poll("Origin: https://app.test");
  expect(headers).toMatchObject({
    "x-a": "1, 2",
    vary: "Accept, Origin",
    "access-control-allow-origin": "https://app.test",
  });
});

test("a response that is sent in chunks says no length", async () => {
  const { poll, inject } = await polled();
  inject({ "Transfer-Encoding": "chunked" });
  const { headers } = await poll();
  expect(headers).toMatchObject({ "transfer-encoding": "chunked" });
  expect(headers).not.toHaveProperty("content-length");
});

test.each(["mock.test:99999", "xn--a"])(
  "a request to the host %s is a bad request, and gets no response for another host",
  async (host) => {
    const { poll } = await polled();
    expect(await poll(`Host: ${host}`)).toMatchObject({ status: 400 });
  },
);

test("a transfer encoding that is none is a bad request, though a GET has no body", async () => {
  const { poll } = await polled();
  expect(await poll("Transfer-Encoding: gzip")).toMatchObject({ status: 400 });
});

test("requests of one connection are in the journal in their order, whatever has to be loaded for the first", async () => {
  const { mock } = await polled();
  const lines = (path: string) => `GET ${path} HTTP/1.1\r\nHost: mock.test\r\n${AUTH}\r\n`;
  const [odd, wrong] = [`${IMPORT}/tasks/%22/status`, `${IMPORT}/tasks/unknown/status`];
  const last = `${lines(STATUS)}Connection: close\r\n\r\n`;
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
    socket.write(`${lines(`http://mock.test${odd}`)}\r\n${lines(wrong)}\r\n${lines(STATUS)}\r\n${last}`);
    socket.resume().on("close", () => resolve());
  });
  const paths = mock.simulator
    .journal()
    .entries()
    .slice(1)
    .map(({ request }) => request.path);
  expect(paths).toEqual([odd, wrong, STATUS, STATUS]);
});
