import { expect, test } from "vitest";
import { connectMock, startMock } from "../mocks/client.js";
import { createImportMock } from "../mocks/handlers.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { defineScenario } from "../src/task/scenario/define.js";

const refused = (message: string) => ({ name: "UserError", code: "invalid-option", message });

test("an option that there is not is refused with the name of the nearest, whatever takes it", async () => {
  const scenarios = [defineScenario("happy", { summary: "s", steps: [{ state: "COMPLETE" }] })];
  expect(() => createSimulator({ scenarios, pase: "polls" } as never)).toThrow(
    expect.objectContaining(refused('createSimulator has no option "pase". Nearest: pace.')),
  );
  expect(() => createSimulator({ scenarios, port: 1 } as never)).toThrow('createSimulator has no option "port".');
  expect(() => createImportMock({ baseURL: "https://api.hubapi.com" } as never)).toThrow(
    expect.objectContaining(refused('createImportMock has no option "baseURL". Nearest: baseUrl.')),
  );
  await expect(startMock({ prot: 0 } as never)).rejects.toMatchObject(
    refused('startMock has no option "prot". Nearest: port.'),
  );
  expect(() => createImportMock({ zzzzzzzzzzzz: 1 } as never)).toThrow(/It has scenarios, scenario, .*baseUrl/);
});

test.each(["foo", "localhost:4010", "ftp://example.com", "http://", ""])(
  "%j is no address, of the API or of a mock",
  (address) => {
    const sentence = (option: string) =>
      `${option}: ${JSON.stringify(address)} is no address. Give one with its scheme, such as http://127.0.0.1:4010.`;
    expect(() => createImportMock({ baseUrl: address })).toThrow(expect.objectContaining(refused(sentence("baseUrl"))));
    expect(() => connectMock({ url: address })).toThrow(expect.objectContaining(refused(sentence("url"))));
  },
);

test("a mock that does not answer is told with its address and what to do", async () => {
  const mock = await startMock({ port: 0 });
  const { url } = mock;
  await mock.close();
  await expect(connectMock({ url }).tasks()).rejects.toMatchObject({
    name: "UserError",
    code: "unusable-address",
    message: `no mock answers at ${url} (ECONNREFUSED). Start one with hubspot-import-kit mock, or correct the url.`,
  });
});

test("a scenario in code that JSON cannot hold is refused", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  for (const body of [circle, { size: 1n }]) {
    const define = () =>
      defineScenario("mine", {
        summary: "s",
        steps: [{ state: "PENDING" }],
        faults: [{ answer: { status: 200, body } }],
      });
    expect(define).toThrow("mine cannot be written as JSON. Leave out BigInts, and objects that hold themselves.");
  }
});
