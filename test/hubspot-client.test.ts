import { Client } from "@hubspot/api-client";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { createClock } from "./clock.js";

const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" } as never;

async function open(
  options: {
    scenario?: string;
    accessToken?: string;
    slash?: boolean;
    retries?: number;
    inFlightStatus?: 200 | 202;
  } = {},
) {
  const { now, advance } = createClock();
  const statuses: number[] = [];
  const mock = await startMock({
    scenarios: await readScenarios(),
    scenario: options.scenario ?? "happy",
    inFlightStatus: options.inFlightStatus ?? 200,
    now,
    port: 0,
    onExchange: ({ response }) => statuses.push(response.status),
  });
  onTestFinished(mock.close);
  const client = new Client({
    accessToken: options.accessToken ?? "any",
    basePath: options.slash ? `${mock.url}/` : mock.url,
    ...(options.retries !== undefined && { numberOfApiCallRetries: options.retries }),
  });
  return { files: client.files.filesApi, advance, statuses };
}

afterEach(() => {
  vi.useRealTimers();
});

test("HubSpot's own client imports a file: accepted, polled, complete", async () => {
  const { files, advance } = await open();
  const { id, links } = await files.importFromUrl(CAT);
  expect(links["status"]).toContain(id);
  expect((await files.checkImport(id)).status).toBe("PENDING");
  advance(1000);
  const processing = await files.checkImport(id);
  expect(processing.status).toBe("PROCESSING");
  expect(processing.startedAt).toEqual(new Date("2026-09-14T12:00:01.000Z"));
  advance(2000);
  const complete = await files.checkImport(id);
  expect(complete.status).toBe("COMPLETE");
  expect(complete.result).toMatchObject({ name: "cat", path: "/library/cat.png" });
});

test("HubSpot's client sees a canceled import with its errors", async () => {
  const { files, advance } = await open({ scenario: "canceled" });
  const { id } = await files.importFromUrl(CAT);
  advance(3000);
  const task = await files.checkImport(id);
  expect(task).toMatchObject({
    status: "CANCELED",
    numErrors: 1,
    errors: [{ status: "error", category: "VALIDATION_ERROR" }],
  });
});

test("HubSpot's client reaches the mock with a slash at the end of its basePath", async () => {
  const { files } = await open({ slash: true });
  expect((await files.checkImport("happy")).status).toBe("PENDING");
});

test.each<[number, string, (files: Awaited<ReturnType<typeof open>>["files"]) => Promise<unknown>]>([
  [401, "EXPIRED_AUTHENTICATION", (files) => files.checkImport("expired-token")],
  [400, "VALIDATION_ERROR", (files) => files.checkImport("no-such-id")],
  [400, "VALIDATION_ERROR", (files) => files.importFromUrl({ url: "u", access: "PUBLIC", folderPath: "/" } as never)],
  [404, "resource not found", (files) => files.checkImport("not-found")],
  [403, "MISSING_SCOPES", (files) => files.checkImport("missing-scopes")],
])("HubSpot's client throws an ApiException of code %i with %s", async (code, words, call) => {
  const { files } = await open();
  await expect(call(files)).rejects.toMatchObject({
    code,
    body: expect.objectContaining({ correlationId: expect.any(String) }),
  });
  await expect(call(files)).rejects.toThrow(words);
});

test("HubSpot's client throws at a 202 of the status call, with the task in the exception's body", async () => {
  const { files } = await open({ inFlightStatus: 202 });
  await expect(files.checkImport("happy")).rejects.toMatchObject({
    code: 202,
    body: expect.objectContaining({ status: "PENDING" }),
  });
});

test("without a token HubSpot's client gets a 401", async () => {
  const { files } = await open({ accessToken: "" });
  await expect(files.checkImport("happy")).rejects.toMatchObject({ code: 401 });
});

test("HubSpot's client waits out a 429 if it is configured to retry", async () => {
  const { files, statuses } = await open({ scenario: "rate-limited", retries: 2 });
  const { id } = await files.importFromUrl(CAT);
  await files.checkImport(id);
  // The client waits ten seconds; only its timer is virtual, the sockets are real.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const retried = files.checkImport(id);
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await retried).status).toBe("PENDING");
  expect(statuses).toEqual([202, 200, 429, 200]);
});
