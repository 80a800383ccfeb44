import { Command, CommanderError, Option } from "commander";
import { expect, test, vi } from "vitest";
import { applySwitches, parseConfig } from "../bin/verify/config.js";
import { verifyCommand } from "../bin/verify.js";
import { serverRules } from "../src/judge/server-rules/rules.js";
import { UserError } from "../src/user-error.js";
import { brokenRun, driftingRun } from "./report/recordings.js";
import { BIN, directoryOf, harText, TOKEN, verify } from "./verify-command.js";

const NOBODY = ["--base-url", "http://127.0.0.1:1"];
const allChecks = serverRules.map(({ id }) => id);

test.each<[string, string[], string]>([
  [
    "no base url",
    [],
    "--base-url is missing. Pass the URL before /files/v3, such as https://api.hubapi.com, or --recording FILE.har.",
  ],
  [
    "no address",
    ["--base-url", "nowhere"],
    'The base url "nowhere" is not a URL. Write one such as https://api.hubapi.com.',
  ],
  [
    "a base url with a query",
    ["--base-url", "https://a.b/?x=1"],
    "The base url must have only scheme, host and path. Remove user, query and fragment.",
  ],
  [
    "plain http",
    ["--base-url", "http://api.hubapi.com"],
    "The token is not sent to api.hubapi.com over plain http. Use https, or a server on this machine.",
  ],
  [
    "an unknown check",
    [...NOBODY, "--skip", "shema"],
    'there is no check "shema". Did you mean schema? To list all checks: verify --list.',
  ],
  [
    "no check that is left",
    [...NOBODY, "--only", "schema", "--skip", "schema"],
    "only and skip leave no check to run. To list all checks: verify --list.",
  ],
  [
    "every check left out of a recording",
    ["--recording", "no.har", "--skip", ...allChecks],
    "only and skip leave no check to run. To list all checks: verify --list.",
  ],
  [
    "an unknown access",
    [...NOBODY, "--access", "private"],
    'The access must be one of PUBLIC_INDEXABLE, PUBLIC_NOT_INDEXABLE, HIDDEN_INDEXABLE, HIDDEN_NOT_INDEXABLE, HIDDEN_PRIVATE, HIDDEN_SENSITIVE, PRIVATE, SENSITIVE; got "private".',
  ],
  [
    "an import url of another kind",
    [...NOBODY, "--import-url", "ftp://a.b/c"],
    'The import url "ftp://a.b/c" is not the URL of a file. Write one such as https://example.com/cat.png.',
  ],
  [
    "a failing url that is none",
    [...NOBODY, "--failing-url", "cat.png"],
    'The failing url "cat.png" is not the URL of a file. Write one such as https://example.com/cat.png.',
  ],
  [
    "a folder without its slash",
    [...NOBODY, "--folder-path", "library"],
    'The folder path "library" does not begin with a slash. Write one such as /import-kit.',
  ],
  [
    "an unknown report",
    [...NOBODY, "--report", "pdf=x"],
    '--report "pdf=x" is not a report. Write KIND=FILE, with KIND one of text, markdown, junit, json, sarif, html, github.',
  ],
  ["a report without a file", [...NOBODY, "--report", "html"], '--report "html" is not a report.'],
  [
    "two reports on standard output",
    [...NOBODY, "--json", "--report", "junit=-"],
    "Standard output takes only one report; --json is --report json=-. Give the others a file.",
  ],
  [
    "two reports in one file",
    [...NOBODY, "--report", "json=a", "--report", "html=./a"],
    "./a would be written twice. Give each report and the recording its own file.",
  ],
  [
    "a report and a recording in one file",
    [...NOBODY, "--report", "json=a.har", "--record", "a.har"],
    "a.har would be written twice. Give each report and the recording its own file.",
  ],
  [
    "a recording on standard output",
    [...NOBODY, "--record", "-"],
    "--record takes a file, not standard output. Name one, such as run.har.",
  ],
  ["a report of no kind", ["--report", ""], "Write a value that is not empty, or leave the option out."],
  ["a choice of no checks", ["--only", " "], "Write a value that is not empty, or leave the option out."],
  ["a recording of an empty name", ["--recording", ""], "Write a value that is not empty, or leave the option out."],
  ["a time without a unit", ["--timeout", "60"], "Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h."],
  [
    "a recording that is not there",
    ["--recording", "no.har"],
    "no.har does not exist. Pass a HAR file, such as one of verify --record.",
  ],
  ["a recording that is no HAR", ["--recording", BIN], "is not JSON. Pass a HAR file, such as one of verify --record."],
])("%s is a user's mistake", async (_, args, message) => {
  vi.stubEnv("HUBSPOT_ACCESS_TOKEN", TOKEN);
  const command = verifyCommand()
    .exitOverride()
    .configureOutput({ outputError() {} });
  const mistake: unknown = await command.parseAsync(args, { from: "user" }).catch((error: unknown) => error);
  expect(mistake instanceof UserError || mistake instanceof CommanderError).toBe(true);
  expect((mistake as Error).message).toContain(message);
});

test("a mistake is told in one line, whoever notices it: exit code 2, no stack", async () => {
  const [option, value, token, noToken] = await Promise.all([
    verify(["--bas-url", "x"]),
    verify(["--timeout", "60"]),
    verify(NOBODY, { env: { HUBSPOT_ACCESS_TOKEN: "a b" } }),
    verify(NOBODY, { env: { HUBSPOT_ACCESS_TOKEN: "" } }),
  ]);
  const told = (stderr: string) => ({ code: 2, stdout: "", stderr });
  expect(option).toEqual(
    told("verify: unknown option '--bas-url' (Did you mean --base-url?). Add --help for the options.\n"),
  );
  expect(value).toEqual(
    told(
      "verify: option '--timeout <time>' argument '60' is invalid. Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h. Add --help for the options.\n",
    ),
  );
  expect(token).toEqual(told("verify: The token must be printable ASCII characters without a space.\n"));
  expect(noToken).toEqual(
    told(
      "verify: HUBSPOT_ACCESS_TOKEN is not set. Set it to a token with the scopes files and files.delete; this kit's mock accepts any word.\n",
    ),
  );
});

test("an option whose variable is empty is not given", async () => {
  const env = { IMPORT_KIT_BASE_URL: "", IMPORT_KIT_IMPORT_URL: "", IMPORT_KIT_TIMEOUT: "", IMPORT_KIT_RECORD: "" };
  const cwd = await directoryOf({ "run.har": harText(driftingRun()) });
  expect(await verify(["--recording", "run.har"], { cwd, env })).toMatchObject({ code: 0 });
  expect(await verify([], { cwd, env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--base-url is missing"),
  });
});

test("drift is reported, and fails if --strict, or else the environment, or else the config file says so", async () => {
  const files = { "run.har": harText(driftingRun()), "broken.har": harText(brokenRun()) };
  const config = JSON.stringify({ strict: true, keep: true });
  const [bare, configured] = [
    await directoryOf(files),
    await directoryOf({ ...files, "import-kit.config.json": config }),
  ];
  const drifting = ["--recording", "run.har"];
  const [lax, strict, variable] = await Promise.all([
    verify(drifting, { cwd: bare }),
    verify([...drifting, "--strict"], { cwd: bare, env: { IMPORT_KIT_STRICT: "false" } }),
    verify(drifting, { cwd: configured, env: { IMPORT_KIT_STRICT: "false" } }),
  ]);
  const [file, overruled, kept] = await Promise.all([
    verify(drifting, { cwd: configured }),
    verify([...drifting, "--no-strict"], { cwd: configured, env: { IMPORT_KIT_STRICT: "true" } }),
    verify(["--recording", "broken.har", "--no-keep"], { cwd: configured }),
  ]);
  expect(lax).toMatchObject({ code: 0, stdout: expect.stringContaining("~ undocumented-property (drift)") });
  expect([strict, variable, file, overruled].map(({ code }) => code)).toEqual([1, 0, 1, 0]);
  expect(kept.stdout).toContain("Leftover files");
});

test.each([
  ["true", true],
  ["YES", true],
  ["1", true],
  ["False", false],
  ["no", false],
  ["off", false],
  ["", false],
])("a switch whose variable is %j is %s", async (text, value) => {
  vi.stubEnv("SWITCH", text);
  const command = new Command().addOption(new Option("--switch").env("SWITCH")).action(() => {});
  await command.hook("preAction", applySwitches).parseAsync([], { from: "user" });
  expect(command.opts()).toEqual({ switch: value });
});

test("a switch whose variable is neither is a user's mistake", async () => {
  vi.stubEnv("SWITCH", "maybe");
  const command = new Command().addOption(new Option("--switch").env("SWITCH")).action(() => {});
  const told = command.hook("preAction", applySwitches).parseAsync([], { from: "user" });
  await expect(told).rejects.toThrow('SWITCH is "maybe". Write true or false.');
});

test.each([
  ["{", "import-kit.config.json is not JSON: "],
  ['{"token":"x"}', "import-kit.config.json /token: a token belongs in HUBSPOT_ACCESS_TOKEN, not in a file."],
  ['{"baseurl":"x"}', "import-kit.config.json /baseurl: is unknown; known here: $schema, baseUrl, "],
  ['{"timeout":60}', "import-kit.config.json /timeout: must be a string; got 60."],
  ['{"access":"private"}', "/access: must be one of PUBLIC_INDEXABLE, "],
])("a config file of %s is refused by what is wrong with it", async (text, message) => {
  await expect(parseConfig(text)).rejects.toThrow(message);
});

test("an option's value in a config file has the form that it has on the command line", async () => {
  const cwd = await directoryOf({ "import-kit.config.json": '{"timeout":"60"}' });
  expect(await verify(NOBODY, { cwd })).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "verify: import-kit.config.json /timeout: Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h.\n",
  });
});
