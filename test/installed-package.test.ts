import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { operationsJson } from "../mocks/prism/operations.gen.js";
import { runMock } from "./command.js";
import { IMPORT } from "./doors.js";
import { FLAGGED } from "./flagged.js";
import { packed } from "./packed.js";
import { served } from "./served.js";

const run = promisify(execFile);
const STATUS = `${IMPORT}/tasks/any/status`;

/** A project of a user's, where nothing is found that only this one has. */
let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "installed-package-"));
  const { tarball } = await packed();
  await writeFile(join(project, "package.json"), '{ "private": true }');
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("sh", ["-c", `npm install ${flags.join(" ")} ${tarball}`], { cwd: project, env: FLAGGED });
  return () => rm(project, { recursive: true });
}, 300_000);

test("an empty project gets at most 25 packages and 25 MB, and nothing of Prism's among them", async () => {
  const modules = join(project, "node_modules");
  const { packages } = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8")) as { packages: object };
  expect(Object.keys(packages).length).toBeLessThanOrEqual(25);
  expect(Object.keys(packages).filter((path) => path.includes("@stoplight"))).toEqual([]);
  const { stdout } = await run("du", ["-sk", modules]);
  expect(Number.parseInt(stdout, 10) / 1024).toBeLessThanOrEqual(25);
});

test("the installed command responds to Prefer and reports violations as Prism does from its own packages", async () => {
  const bin = join(project, "node_modules/hubspot-import-kit/dist/bin/hubspot-import-kit.js");
  const [{ mock }, { url }] = await Promise.all([served(), runMock([], { cwd: project, bin })]);
  for (const { path, headers, ...init } of REQUESTS) {
    const request = { ...init, headers: { Authorization: "Bearer any", ...headers } };
    const [expected, told] = await Promise.all([mock.url, url].map((base) => answer(`${base}${path}`, request)));
    expect(told, `${path} ${JSON.stringify(request)}`).toEqual(expected);
  }
}, 180_000);

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { "Content-Type": "application/json" };
const ASKED = [STATUS, IMPORT].flatMap((path) =>
  ["code=200", "code=202", "code=404", "code=429, example=daily", "code=299", "code=no", "example=none"]
    .flatMap((preference) => [preference, `${preference}, dynamic=true, seed=${preference}`])
    .map(
      (preference): Sent => ({
        path,
        headers: { ...JSON_TYPE, Prefer: preference },
        ...(path === IMPORT && { method: "POST", body: '{"url":"https://example.com/a.png","access":"PRIVATE"}' }),
      }),
    ),
);
const REQUESTS: readonly Sent[] = [
  ...ASKED,
  { path: STATUS, headers: { Prefer: "code=404", Accept: "text/html" } },
  { path: "/files/v3/files/1", method: "DELETE", headers: { Prefer: "code=204" } },
  { path: "/elsewhere", headers: { Prefer: "code=200" } },
  ...["{", "{}", '{"url":5}', '{"url":"no url","access":"NONE","folderId":"1"}', "[]"].map((body) => ({
    ...{ path: IMPORT, method: "POST", headers: JSON_TYPE, body },
  })),
  { path: STATUS, headers: { Authorization: "Basic any" } },
  { path: `${STATUS}?a=b&a=c` },
];

async function answer(url: string, request: RequestInit) {
  const response = await fetch(url, request);
  const isPrisms = "Prefer" in (request.headers as object);
  const shown = ["content-type", "sl-violations"].map((name) => response.headers.get(name));
  // What the simulator answers has an id of its own.
  return { status: response.status, shown, body: isPrisms ? await response.text() : "" };
}

test("the contract has nothing that needs what is left out of Prism", () => {
  const names = new Set<string>();
  JSON.parse(operationsJson, (name, value) => {
    names.add(name);
    return value;
  });
  expect([...names].filter((name) => /^(callbacks|\$ref|(x-)?(faker|chance))$/.test(name))).toEqual([]);
});

test("the notices have a licence for each package that is bundled", async () => {
  const notices = await readFile(join(project, "node_modules/hubspot-import-kit/dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  for (const name of [
    "@stoplight/prism-core 5.8.0",
    "@stoplight/prism-http 5.12.0",
    "lodash 4",
    "prom-client 15",
    "pure-rand 8",
  ]) {
    expect(notices).toContain(`\n${name}`);
  }
  expect(notices).toContain("Apache License");
});
