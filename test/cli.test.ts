import { readFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { CommanderError, Help } from "commander";
import { expect, onTestFinished, test } from "vitest";
import { docsCommand } from "../bin/docs.js";
import { driftCommand } from "../bin/drift.js";
import { mockCommand } from "../bin/mock.js";
import { scenariosCommand } from "../bin/scenarios.js";
import { taskIdCommand } from "../bin/task-id.js";
import { verifyCommand } from "../bin/verify.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import packageJson from "../package.json" with { type: "json" };
import { createSimulator } from "../src/simulator/simulator.js";
import { UserError } from "../src/user-error.js";
import { run, runMock } from "./command.js";
import { CAT, IMPORT } from "./doors.js";

const COMMANDS = {
  mock: mockCommand,
  verify: verifyCommand,
  scenarios: scenariosCommand,
  "task-id": taskIdCommand,
  drift: driftCommand,
  docs: docsCommand,
};
const AUTH = { Authorization: "Bearer any" };

const look = async (url: string, id: string) =>
  (await (await fetch(`${url}${IMPORT}/tasks/${id}/status`, { headers: AUTH })).json()) as { status: string };

test("mock prints first where it listens, how to begin, then each request in a line, and ends when its output has no reader", async () => {
  const { url, printed, child, ended } = await runMock(["--scenario", "instant"]);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await printed("tasks/canceled/status");
  const started = await fetch(url + IMPORT, {
    method: "POST",
    headers: { ...AUTH, "Content-Type": "application/json" },
    body: JSON.stringify(CAT),
  });
  const { id } = (await started.json()) as { id: string };
  await look(url, id);
  await fetch(`${url}/nowhere`);
  await fetch(`${url}${IMPORT}/tasks/happy/status`);
  const output = await printed("the request breaks the contract");
  expect(output).toMatch(/^\d\d:\d\d:\d\d POST \S+ 202 instant \(default\) task instant#1$/m);
  expect(output).toContain(`GET ${IMPORT}/tasks/instant#1/status 200 COMPLETE instant (task)\n`);
  expect(output).toContain("GET /nowhere 404 - not an operation of this mock\n");
  child.stdout.destroy();
  await look(url, id).catch(() => {});
  expect(await ended).toBe(0);
});

test("mock's options reach the tasks, Enter moves them on, and Ctrl-C ends it with code 0, connections or not", async () => {
  const unknowns = ["--in-flight-status", "202", "--in-flight-dates", "null", "--failure", "complete"];
  const { url, child, printed, ended } = await runMock(["--pace", "manual", ...unknowns]);
  const first = await fetch(`${url}${IMPORT}/tasks/canceled/status`, { headers: AUTH });
  expect(first.status).toBe(202);
  expect(await first.json()).toMatchObject({ status: "PENDING", startedAt: null });
  child.stdin.write("\n");
  await printed("moved 1 task to the next step\n");
  expect(await look(url, "canceled")).toMatchObject({ status: "PROCESSING" });
  child.stdin.write("\n");
  await printed("moved 1 task to the next step\n", 2);
  expect(await look(url, "canceled")).toMatchObject({ status: "COMPLETE", numErrors: 1 });
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("mock --quiet prints the listening line alone, knows another process's task, and ends at SIGTERM with code 0", async () => {
  const [{ stdout: printed }, { url, stdout, child, ended }] = await Promise.all([
    run("task-id", "canceled", "--seed", "7", "--at", "2026-09-14T12:00:00Z"),
    runMock(["--quiet"]),
  ]);
  const path = `${IMPORT}/tasks/${printed.trim()}/status`;
  const here = createSimulator({ scenarios: await readScenarios(), seed: 99 });
  const there = await (await fetch(url + path, { headers: AUTH })).text();
  const own = await (await here.handle(new Request(`http://here${path}`, { headers: AUTH }))).text();
  expect(there.replaceAll(url, "")).toBe(own.replaceAll("http://here", ""));
  expect(JSON.parse(there)).toMatchObject({ status: "CANCELED", requestedAt: "2026-09-14T12:00:00.000Z" });
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(stdout()).toBe(`listening on ${url}\n`);
});

test("scenarios lists what there is, for people and for programs", async () => {
  const { stdout } = await run("scenarios");
  expect(stdout).toMatch(/^rate-limited +The second poll gets a 429 with Retry-After; later polls succeed\.$/m);
  const listed = JSON.parse((await run("scenarios", "--json")).stdout) as { name: string }[];
  expect(listed.length).toBe((await readScenarios()).length);
  expect(listed.find(({ name }) => name === "malformed-json")).toMatchObject({
    name: "malformed-json",
    summary: "Every status response has one comma too many and is not valid JSON.",
    client: "Treats the response as a failed poll, not as a final state.",
    tags: ["payload"],
    breaks: ["body-json"],
  });
  expect(listed.find(({ name }) => name === "rate-limited")).toMatchObject({
    parameters: [
      { name: "retryAfter", type: "duration", default: "2s" },
      { name: "burst", type: "integer", default: "1", allowed: "a whole number from 1 to 100" },
      { name: "queued", type: "duration", default: "1s" },
      { name: "stored", type: "duration", default: "2s" },
      { name: "poll", type: "integer", default: "2" },
    ],
  });
});

test("scenarios NAME shows one of them in detail, and rejects one that does not exist", async () => {
  const [shown, unknown, altered] = await Promise.all([
    run("scenarios", "edge-page"),
    run("scenarios", "edge-pag"),
    run("scenarios", "failed-status"),
  ]);
  expect(shown.stdout).toBe(`edge-page
  The second poll gets an HTML page from HubSpot's edge.
  A good client: Checks the status and the content type before it parses the body.
  Tags: http
  Steps: PENDING 1s → PROCESSING 2s → COMPLETE
  Fault: poll 2: page 502
  ;status=502  The HTTP status of the page. 502, 503, 504, 521, 523, 524.
  ;burst=1  How many consecutive polls fail. A whole number from 1 to 100.
  ;queued=1s  How long it is PENDING under pace time. A duration such as 5, 5s or 500ms.
  ;stored=2s  How long it is PROCESSING under pace time. A duration such as 5, 5s or 500ms.
  ;poll=2  The first poll that the fault applies to. A whole number from 1 to 1000.
  Choose it with the header X-Mock-Scenario: edge-page;status=502;burst=1;queued=1s;stored=2s;poll=2
`);
  expect(altered.stdout).toContain('  Fault: every poll, while CANCELED: set /status to "FAILED"\n');
  const chosen = await run("scenarios", "rate-limited;burst=3");
  expect(chosen.stdout).toMatch(/^ {2}Choose it with the header X-Mock-Scenario: rate-limited;burst=3$/m);
  const whole = JSON.parse((await run("scenarios", "edge-page", "--json")).stdout);
  expect(whole).toMatchObject({
    steps: [{ state: "PENDING", forMs: 1000 }, { state: "PROCESSING", forMs: 2000 }, { state: "COMPLETE" }],
    faults: [{ polls: [2, 2], effect: { page: 502 } }],
  });
  expect(unknown).toMatchObject({
    code: 2,
    stderr: 'scenarios: there is no scenario "edge-pag". Did you mean edge-page or import-edge-page?\n',
  });
});

test("--version and --help print to stdout with code 0", async () => {
  const [version, help, mockHelp] = await Promise.all([run("--version"), run("--help"), run("mock", "--help")]);
  expect(version).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  expect(help).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Usage: hubspot-import-kit ") });
  expect(mockHelp).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringContaining("Usage: hubspot-import-kit mock "),
  });
  for (const [name, command] of Object.entries(COMMANDS))
    expect(command().helpInformation()).toContain(`Usage: ${name} `);
});

test.each(Object.entries(COMMANDS))("--help lists %s as its own help describes it", async (name, command) => {
  const [all, own] = await Promise.all([run("--help"), run(name, "--help")]);
  const [, description = ""] = own.stdout.split("\n\n");
  const listed = `${new Help().subcommandTerm(command())} ${description}`;
  expect(unwrapped(all.stdout)).toContain(` ${unwrapped(listed)} `);
});

function unwrapped(text: string): string {
  return text.replace(/\s+/g, " ");
}

test("a command that is named behind another word is loaded, too", async () => {
  const [helped, behind] = await Promise.all([run("help", "scenarios"), run("--", "scenarios", "happy")]);
  expect(helped).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("--scenarios <directory>") });
  expect(behind).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("happy\n") });
});

test("a mistake is reported in one line, whichever part notices it: code 2, no stack", async () => {
  const [option, command, scenario, none] = await Promise.all([
    run("mock", "--scenaro", "happy"),
    run("moc"),
    run("mock", "--scenario", "hapy"),
    run(),
  ]);
  const told = (stderr: string) => ({ code: 2, stdout: "", stderr });
  const hint = "Add --help for the options.\n";
  expect(option).toEqual(told(`mock: unknown option '--scenaro' (Did you mean --scenario?). ${hint}`));
  expect(command).toEqual(told(`hubspot-import-kit: unknown command 'moc' (Did you mean mock?). ${hint}`));
  expect(scenario).toEqual(told('mock: there is no scenario "hapy". Did you mean happy?\n'));
  expect(none).toMatchObject(told(expect.stringMatching(/^Usage: hubspot-import-kit/)));
});

test.each<[string[], string]>([
  [["mock", "--port", "abc"], "Write a whole number from 0 to 65535."],
  [["mock", "--port", "65536"], "Write a whole number from 0 to 65535."],
  [["mock", "--seed", "-1"], "Write a whole number from 0 to 4294967295."],
  [["mock", "--speed", "0"], "Write a number greater than 0, such as 20."],
  [["mock", "--pace", "fast"], "Allowed choices are time, polls, manual, immediate."],
  [["mock", "--in-flight-status", "204"], "Allowed choices are 200, 202."],
  [["mock", "--scenarios", "no/such"], "no/such cannot be read. Pass a directory of .yaml files to --scenarios."],
  ...(["--in-flight-dates null", "--in-flight-dates omit", "--in-flight-status 202"] as const).map(
    (other): [string[], string] => [
      ["mock", "--as-published", ...other.split(" ")],
      `${other} contradicts HubSpot's published document. Remove it or --as-published.`,
    ],
  ),
  [["mock", "extra"], "too many arguments"],
  [["task-id"], "missing required argument 'scenario'"],
  [["task-id", "hapy"], 'there is no scenario "hapy". Did you mean happy?'],
  [
    ["task-id", "happy", "--at", "soon"],
    "Write a date with its zone, such as 2026-09-14T09:30:00Z, or epoch milliseconds.",
  ],
  [["task-id", "happy", "--at", "2026"], "Write a date with its zone"],
  [["task-id", "happy", "--at", "2026-09-14T12:00"], "Write a date with its zone"],
  [["task-id", "happy", "--at", "2026-02-30T00:00:00Z"], "Write a date with its zone"],
  [["mock", "--host", ""], "Write an address of this machine"],
])("the mistake %j gets one clear message", async ([name = "", ...args], message) => {
  const command = COMMANDS[name as keyof typeof COMMANDS]()
    .exitOverride()
    .configureOutput({ outputError() {} });
  const mistake: unknown = await command.parseAsync(args, { from: "user" }).catch((error: unknown) => error);
  expect(mistake instanceof UserError || mistake instanceof CommanderError).toBe(true);
  expect((mistake as Error).message).toContain(message);
});

test("an address that cannot be listened on gets one clear line", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const problems = {
    "127.0.0.1": `port ${port} is taken. Stop the process that uses it, or pass --port 0 for a free one.`,
    "192.0.2.1": "192.0.2.1 is not an address of this machine. Pass --host 127.0.0.1.",
    "fe80::1": "Pass --host 127.0.0.1.",
  };
  const scenarios = await readScenarios();
  for (const [host, problem] of Object.entries(problems))
    await expect(startMock({ scenarios, port, host })).rejects.toThrow(problem);
});

test("docs lists the pages, prints one, and lists them for an unknown name", async () => {
  const [list, red, none] = await Promise.all([run("docs"), run("docs", "red"), run("docs", "rot")]);
  expect(list).toMatchObject({ code: 0, stdout: expect.stringMatching(/^red +What to do after a failure$/m) });
  expect(red).toMatchObject({ code: 0, stdout: await readFile("docs/red.md", "utf8") });
  expect(none).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^docs: page "rot" does not exist\. Pages: .*red/),
  });
});

test.each([
  ["red.md", "docs/red.md"],
  ["conduct.md#in-a-test", "docs/conduct.md"],
  ["docs/frameworks/../red.md", undefined],
  ["ci", "examples/ci/README.md"],
  ["../examples/ci/README.md", "examples/ci/README.md"],
  ["examples/ci", "examples/ci/README.md"],
])("docs takes a page as a link writes it: %s", async (name, file) => {
  const printed = await run("docs", name);
  expect(printed).toMatchObject(file === undefined ? { code: 2 } : { code: 0, stdout: await readFile(file, "utf8") });
});
