// How finely the sources are divided, and how many files a request passes. CONTRIBUTING.md has the figures.
import { readdirSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setupServer } from "msw/node";

const root = fileURLToPath(new URL("../../", import.meta.url));
const build = pathToFileURL(join(root, "build/")).href;

const files = ["src", "mocks", "bin"]
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((name) => join(top, name)))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".gen.ts"));
const texts = files.map((name) => readFileSync(join(root, name), "utf8"));
const lines = texts.map((text) => text.trimEnd().split("\n").length).sort((a, b) => a - b);
const types = texts.flatMap((text) => [...text.matchAll(/^(?:export )?(?:type|interface) (\w+)/gm)]);
console.log(
  `files ${files.length}, folders ${new Set(files.map(dirname)).size}, lines ${lines.reduce((a, b) => a + b)}`,
);
console.log(`median ${lines.at(lines.length / 2)}, p90 ${lines.at(lines.length * 0.9)}, max ${lines.at(-1)}`);
console.log(`type names ${new Set(types.map(([, name]) => name)).size}`);

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });

/** The compiled files of which a function ran since this was called last. */
async function filesRun() {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const ran = ({ functions }) =>
    functions.some(({ functionName, ranges }) => functionName !== "" && ranges[0].count > 0);
  return new Set(result.filter((one) => one.url.startsWith(build) && ran(one)).map(({ url }) => url));
}

/** Twice, and the second time counts: what is loaded or kept at the first request is no file of the second's way. */
async function filesPassed(run) {
  await run();
  await filesRun();
  await run();
  return (await filesRun()).size;
}

const { startMock } = await import(`${build}mocks/server.js`);
const { readScenarios } = await import(`${build}mocks/scenario-files.js`);
const { createImportMock } = await import(`${build}mocks/handlers.js`);
const { fromHar, judge, toHar } = await import(`${build}src/verify/verify.js`);
const { serverResults } = await import(`${build}src/report/results.js`);
const { render } = await import(`${build}src/report/render.js`);

const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const address = "/files/v3/files/import-from-url/async";
const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
const seen = [];
async function send(url, init = {}) {
  const startedAt = Date.now();
  const response = await fetch(url, { headers, ...init });
  const text = await response.text();
  const { method = "GET", body } = init;
  const sent = { method, url, headers: { authorization: "Bearer any", "content-type": "application/json" }, body };
  const received = { status: response.status, headers: Object.fromEntries(response.headers), body: text };
  seen.push({ startedAt, durationMs: Date.now() - startedAt, request: sent, response: received });
  return text;
}

const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
const passedByImport = await filesPassed(() => send(`${mock.url}${address}`, { method: "POST", body }));
const passedByInvalid = await filesPassed(() => send(`${mock.url}${address}`, { method: "POST", body: "{}" }));
await mock.close();
console.log(`files passed by a POST ${passedByImport}, by one that Prism judges ${passedByInvalid}`);

const worker = setupServer(...createImportMock({}).handlers);
worker.listen();
const { id } = JSON.parse(await send(`https://api.hubapi.com${address}`, { method: "POST", body }));
console.log(
  `files passed by a poll through MSW ${await filesPassed(() => send(`https://api.hubapi.com${address}/tasks/${id}/status`))}`,
);
worker.close();

const har = toHar(seen, { version: "1.0.0" });
const passedByHar = await filesPassed(() => {
  const { exchanges, ...notes } = fromHar(har);
  render.html(serverResults(judge(exchanges, notes), exchanges, {}));
});
console.log(`files passed by a HAR on its way to a report ${passedByHar}`);
process.exit();
