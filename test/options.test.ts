import { expect, test } from "vitest";
import { connectMock, startMock } from "../mocks/client.js";
import { createImportMock } from "../mocks/handlers.js";
import { defineScenario } from "../src/scenario/define.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { verifyContract } from "../src/verify/verify.js";
import { served } from "./served.js";

const refused = (message: string) => ({ name: "UserError", code: "invalid-option", message });

test("an unknown option is rejected with the name of the nearest, by every function", async () => {
  const scenarios = [defineScenario("happy", { summary: "s", steps: [{ state: "COMPLETE" }] })];
  expect(() => createSimulator({ scenarios, pase: "polls" } as never)).toThrow(
    expect.objectContaining(refused('createSimulator has no option "pase". Did you mean pace?')),
  );
  expect(() => createSimulator({ scenarios, port: 1 } as never)).toThrow('createSimulator has no option "port".');
  expect(() => createImportMock({ baseURL: "https://api.hubapi.com" } as never)).toThrow(
    expect.objectContaining(refused('createImportMock has no option "baseURL". Did you mean baseUrl?')),
  );
  await expect(startMock({ prot: 0 } as never)).rejects.toMatchObject(
    refused('startMock has no option "prot". Did you mean port?'),
  );
  expect(() => createImportMock({ zzzzzzzzzzzz: 1 } as never)).toThrow(/Its options: scenarios, scenario, .*baseUrl/);
});

const source = { summary: "s", steps: [{ state: "COMPLETE" }] };

test.each<[unknown, string]>([
  ["./scenarios", 'got "./scenarios"'],
  [{ mine: source }, "got an object"],
  [null, "got null"],
  [undefined, "got null"],
  [[source], "got an object"],
  [["happy"], 'got "happy"'],
])("scenarios of %j are rejected where the mock is made, by what they have to be", async (scenarios, got) => {
  const mistake = refused(`scenarios must be an array of what defineScenario returns; ${got}.`);
  const options = { scenarios, port: 0 } as never;
  // Without any, the mock has its own.
  if (scenarios !== undefined)
    expect(() => createImportMock({ scenarios } as never)).toThrow(expect.objectContaining(mistake));
  expect(() => createSimulator({ scenarios } as never)).toThrow(expect.objectContaining(mistake));
  // The client takes a directory, too.
  if (scenarios !== undefined && typeof scenarios !== "string")
    await expect(startMock(options)).rejects.toMatchObject(mistake);
});

const verify = { baseUrl: "http://127.0.0.1:1", token: "any" };

test.each<[object, string]>([
  [{ port: "4010" }, 'port must be a whole number; got "4010".'],
  [{ port: 65_536 }, "port must be a whole number of at most 65535; got 65536."],
  [{ host: " " }, 'host is not valid; got " ". Write an address of this machine, such as 127.0.0.1.'],
  [{ trustProxy: "no" }, 'trustProxy must be true or false; got "no".'],
  [{ pace: "pols" }, 'pace must be one of time, polls, manual, immediate; got "pols". Did you mean polls?'],
  [{ speed: 0 }, "speed must be a number greater than 0; got 0."],
  [
    { control: { tokn: "secret-word" } },
    "control.tokn is unknown; known here: token, allowedHosts. Did you mean token?",
  ],
  [
    { control: { allowedHosts: "mock.test" } },
    'control.allowedHosts must be an array; got "mock.test". Write [mock.test].',
  ],
])("startMock rejects the value of %j", async (options, sentence) => {
  await expect(startMock({ port: 0, ...options } as never)).rejects.toMatchObject(refused(`startMock: ${sentence}`));
});

test.each<[object, string]>([
  [{ pollInterval: "1s" }, 'verifyContract has no option "pollInterval". Did you mean pollIntervalMs?'],
  [{ strict: "yes" }, 'verifyContract: strict must be true or false; got "yes".'],
  [{ only: [1] }, "verifyContract: only.0 must be a string; got 1."],
  [{ folderPath: 5 }, "verifyContract: folderPath must be a string; got 5."],
])("verifyContract rejects %j, and sends nothing", async (options, message) => {
  await expect(verifyContract({ ...verify, ...options })).rejects.toMatchObject(refused(message));
});

test("startMock accepts the forms that options have in code alone", async () => {
  const { mock } = await served({ inFlightStatus: 202, control: false, speed: 1e9 });
  expect(mock.control).toBeUndefined();
});

test.each(["foo", "localhost:4010", "ftp://example.com", "http://", ""])(
  "%j is no address, of the API or of a mock",
  (address) => {
    const sentence = (option: string, or = "") =>
      `${option} must be a URL with its scheme; got ${JSON.stringify(address)}. Write one such as http://127.0.0.1:4010${or}.`;
    expect(() => createImportMock({ baseUrl: address })).toThrow(
      expect.objectContaining(refused(sentence("baseUrl", ", or a path of your page, such as /hubspot"))),
    );
    expect(() => connectMock({ url: address })).toThrow(expect.objectContaining(refused(sentence("url"))));
  },
);

test.each([
  [
    "baseUrl must be a URL with its scheme; got ",
    [
      ...["", "foo", "hubspot", "./hubspot", "localhost:4010", "http://", "http:/localhost", " https://api.hubapi.com"],
      ...["http://localhost:99999", "http://localhost:*", "http://[::1", "http://a b", "http://a^b", "http://%zz"],
      ...["ftp://example.com", "ws://localhost", "file:///hubspot", "blob:http://localhost/x", "about:blank"],
    ],
  ],
  ["must begin with a scheme, or with one slash", ["//api.hubapi.com", "/\\api.hubapi.com", "//"]],
  [
    "must have no query and no fragment",
    ["https://api.hubapi.com?x", "https://api.hubapi.com/?", "https://api.hubapi.com/#", "/x?y", "*/x#y", "*?"],
  ],
  ["must have no credentials", ["https://user:secret@api.hubapi.com", "https://secret@x", "http://:secret@localhost"]],
  [
    "must name one host; a star stands for the whole origin",
    [
      ...["https://*.hubapi.com", "http://*", "http://*:3000/hubspot", "https://*/hubspot"],
      ...["*://localhost", "*hubspot", "*.hubapi.com", "**", "*:3000"],
    ],
  ],
  ["must be a string", [null, 4010, {}, new URL("https://api.hubapi.com"), /hubapi/]],
])("baseUrl is rejected where the mock is made: it %s", (rule, values) => {
  for (const value of values) {
    const make = () => createImportMock({ baseUrl: value as string });
    expect(make, String(value)).toThrow(expect.objectContaining({ name: "UserError", code: "invalid-option" }));
    expect(make, String(value)).toThrow(rule);
    expect(make).not.toThrow("secret");
  }
});

test("a rejected baseUrl is reported with what to write in its place", () => {
  expect(() => createImportMock({ baseUrl: "https://*.hubapi.com" })).toThrow(
    'baseUrl must name one host; a star stands for the whole origin; got "https://*.hubapi.com". Write what comes before /files/v3 in the URLs that your app requests, such as https://api.hubapi.com, /hubspot or */hubspot.',
  );
});

test("a mock that does not respond is reported with its address and what to do", async () => {
  const mock = await startMock({ port: 0 });
  const { url } = mock;
  await mock.close();
  await expect(connectMock({ url }).tasks()).rejects.toMatchObject({
    name: "UserError",
    code: "unusable-address",
    message: `no mock responds at ${url} (ECONNREFUSED). Start one with hubspot-import-kit mock, or correct the url.`,
  });
});

test("a scenario in code that JSON cannot represent is rejected", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  for (const body of [circle, { size: 1n }]) {
    const define = () =>
      defineScenario("mine", {
        summary: "s",
        steps: [{ state: "PENDING" }],
        faults: [{ answer: { status: 200, body } }],
      });
    expect(define).toThrow("mine cannot be written as JSON. Remove BigInts and circular references.");
  }
});
