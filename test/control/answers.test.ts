import { readFileSync } from "node:fs";
import spectral from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Schemas } from "../../mocks/control/operations.js";
import ruleset from "../../spec/control-ruleset.mjs";
import { operations } from "./answers.js";
import { fileMock } from "./mock.js";

const file = fileMock({ pace: "polls" });
const text = readFileSync("spec/control.openapi.yaml", "utf8");

/** @param only one of the ruleset's rules, as that has it: the whole of spectral:oas takes a second */
async function lint(document: string, only?: string): Promise<readonly string[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset(ruleset as never);
  for (const rule of Object.values(linter.ruleset?.rules ?? {})) rule.enabled &&= rule.name === (only ?? rule.name);
  const parser = document.startsWith("{") ? parsers.Json : parsers.Yaml;
  const results = await linter.run(
    new spectral.Document(document, parser as typeof parsers.Yaml, "control.openapi.yaml"),
  );
  return results.map(({ code }) => String(code));
}

test("every operation answers as its document says", async () => {
  const own = file.own();
  const id = await own.start();
  await own.look(id);
  const post = (path: string, body?: object) =>
    file.control(`/sessions/${own.name}${path}`, { method: "POST", ...(body && { body: JSON.stringify(body) }) });
  for (const path of ["/", "/health", "/ready", "/openapi.yaml", "/openapi.json", "/metrics", "/scenarios/happy"]) {
    await file.control(path);
  }
  await file.client.scenarios();
  await file.client.sessions();
  await own.configure({ seed: 2 });
  await file.control(`/sessions/${own.name}`, { method: "PATCH", body: "{}" });
  await own.settings();
  await own.tasks();
  await own.task(id);
  await file.control(`/sessions/${own.name}/tasks/${id}/preview?after=1`);
  await own.inject(id, { error: "locked" });
  await own.next();
  await own.next(id);
  await own.force(id, "PROCESSING");
  await own.clock.read();
  await own.clock.freeze();
  await own.clock.resume();
  await own.clock.advance("1s");
  await own.clock.set("2026-12-31T23:59:59Z");
  await own.clock.rate(2);
  await own.configure({ pace: "time" });
  await own.clock.toNextChange(await own.start());
  await own.journal();
  await file.control(`/sessions/${own.name}/journal/1`);
  await own.curl(1);
  await own.har();
  await own.verify({});
  await post("/verifications", { operation: "deleteFile" });
  await own.conduct();
  await file.control(`/sessions/${own.name}/report.html`);
  await file.client.conductOfAll();
  await file.client.coverageOfAll();
  await own.coverage();
  await own.restore(await own.snapshot());
  await own.remove(id);
  await file.control(`/sessions/${own.name}/journal`, { method: "DELETE" });
  await own.reset();
  await file.control(`/sessions/${own.name}`, { method: "DELETE" });
  await file.client.importAll(await file.client.exportAll());
  await file.client.resetAll();
  // A stream has a test of its own.
  const untried = ["followEvents"];
  expect([...file.seen, ...untried].toSorted()).toEqual(operations.map((one) => one.id).toSorted());
});

test("the document is served as it was written, and as JSON", async () => {
  expect(await (await file.control("/openapi.yaml")).text()).toBe(text);
  expect(await (await file.control("/openapi.json")).json()).toEqual(parse(text));
});

test("the document itself has no finding", async () => {
  expect(await lint(text)).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: each breakage reaches into a document of any shape
test.each<[string, string, (document: any) => unknown]>([
  ["control-problem", "an operation declares no problem", (d) => delete d.paths["/health"].get.responses.default],
  ["control-closed-body", "a body takes anything", (d) => delete d.components.schemas.Advance.additionalProperties],
  ["operation-description", "an operation is not described", (d) => delete d.paths["/reset"].post.description],
])("%s finds that %s", async (rule, _, breakIt) => {
  const document = parse(text);
  breakIt(document);
  // As JSON: written and read as YAML, it takes a multiple of the rule's time.
  expect(await lint(JSON.stringify(document), rule)).toContain(rule);
});

test("the address that the mock prints leads to what there is", async () => {
  for (const path of ["", "/"]) {
    const { links } = (await (await file.control(path)).json()) as Schemas["Index"];
    const { events: _, ...others } = links;
    for (const address of Object.values(others)) expect((await fetch(address)).status, address).toBe(200);
  }
});
