import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { SPEC_FILE } from "../../src/report/words.js";
import { runToEnd } from "../command-host.js";
import { freePort } from "../free-port.js";
import { startServer, TOKEN } from "../verify/server.js";
import { answers, asError, places, value } from "../verify/twists.js";
import { BIN } from "../verify-command.js";

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly with?: { readonly script?: string };
}
interface GitlabJob {
  readonly script: readonly string[];
  readonly before_script: readonly string[];
}

const github = parse(await readFile("examples/ci/github-actions.yml", "utf8")) as {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
};
const gitlab = parse(await readFile("examples/ci/gitlab-ci.yml", "utf8")) as Readonly<Record<string, GitlabJob>>;
const red = await readFile("docs/red.md", "utf8");

/** The lines that a job runs, as they stand in the file. */
const JOBS = {
  GitHub: (job: "mock" | "sandbox") => (github.jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []),
  GitLab: (job: "mock" | "sandbox") => [
    ...(gitlab[".contract"]?.before_script ?? []),
    ...(gitlab[`contract-${job}`]?.script ?? []),
  ],
};
const VENDORS = ["GitHub", "GitLab"] as const;

/** Runs `verify` for the shells of the jobs in a process that has loaded it already; only a mock has to be one of its own. */
const host = createHttpServer(async (request, response) => {
  const [ended = "", cwd = "", count = "", ...rest] = (await text(request)).split("\0");
  const env = rest.slice(Number(count)).flatMap((one) => {
    const [name = "", ...value] = one.split("=");
    return name === "" ? [] : [[name, value.join("=")]];
  });
  const args = rest.slice(0, Number(count));
  const { code, stdout, stderr } = await runToEnd({ bin: BIN, args, cwd, env: Object.fromEntries(env) });
  const files = Object.entries({ stdout, stderr, code: String(code) });
  await Promise.all(files.map(([name, content]) => writeFile(join(ended, name), content)));
  response.end();
});
beforeAll(() => new Promise<void>((listening) => host.listen(0, "127.0.0.1", listening)));
afterAll(() => void host.close());

/** The installed command, as a shell script. */
const command = () => `
if [ "$1" = mock ]; then exec "${process.execPath}" "${BIN}" "$@"; fi
ended=$(mktemp -d -p "$RUNNER_TEMP")
{ printf '%s\\0' "$ended" "$PWD" "$#" "$@"; env -0; } |
  curl --silent --data-binary @- http://127.0.0.1:${(host.address() as AddressInfo).port}/
cat "$ended/stdout"
cat "$ended/stderr" >&2
exit "$(cat "$ended/code")"`;

/** A runner's folder. The kit is installed in it as the job's line would install it, without a network. */
async function startRunner({ onTestFinished }: Pick<TestContext, "onTestFinished">, token: string, timeout: string) {
  const cwd = await mkdtemp(join(tmpdir(), "kit-ci-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const bin = join(cwd, "node_modules", ".bin");
  await mkdir(bin, { recursive: true });
  const install = (name: string, script: string) =>
    writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  await install("hubspot-import-kit", command());
  await install("npm", `echo "$@" >> installed.txt`);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env["PATH"]}`,
    HUBSPOT_ACCESS_TOKEN: token,
    // Nobody waits for a sandbox's pace here.
    IMPORT_KIT_POLL_INTERVAL: "20ms",
    IMPORT_KIT_TIMEOUT: timeout,
    CI: "true",
    RUNNER_TEMP: cwd,
  };
  // Bash takes Node's pipe for a remote shell's, and would first run the developer's own ~/.bashrc.
  const run = (script: string) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
      const child = execFile("bash", ["--norc", "-e", "-c", script], { cwd, env }, (_, stdout, stderr) =>
        done({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  return { cwd, env, run };
}

/** Runs a job's lines one after the other, until one fails, against another address than the file's. */
async function runJob(
  context: Pick<TestContext, "onTestFinished">,
  vendor: (typeof VENDORS)[number],
  job: "mock" | "sandbox",
  {
    token = TOKEN,
    url = "",
    timeout = "5s",
  }: { readonly token?: string; readonly url?: string; readonly timeout?: string },
) {
  const runner = await startRunner(context, token, timeout);
  const port = String(await freePort());
  const lines = JOBS[vendor](job).map((line) =>
    line.replaceAll("4010", port).replaceAll("https://api.hubapi.com", url),
  );
  expect(lines).toHaveLength(2);
  await runner.run(lines[0] ?? "");
  const ended = await runner.run(lines[1] ?? "");
  const files = (await readdir(join(runner.cwd, "contract")).catch(() => [])).sort();
  return { ...runner, ...ended, files };
}

/** A server whose files have a text for a size. */
async function startBroken({ onTestFinished }: Pick<TestContext, "onTestFinished">): Promise<string> {
  const twist = { pendingMs: 30, processingMs: 30, ...value(places.complete, "/result/size", () => "48213") };
  const server = await startServer(twist, { now: Date.now });
  onTestFinished(server.close);
  return server.url;
}

// The first five at once: two wait a second for their mock, and two for their time.
test.concurrent.for([
  ["GitHub", ["report.html", "report.md", "run.har"]],
  ["GitLab", ["junit.xml", "report.html", "run.har"]],
] as const)(
  "%s: a first run installs the kit, is green against the mock, and keeps its reports",
  async ([vendor, kept], context) => {
    const { code, stdout, stderr, files, cwd } = await runJob(context, vendor, "mock", {});
    expect(stdout).toMatch(/conforms to the contract: no check failed, none drifted\.\n$/);
    expect(stdout).toMatch(/ 4 of 4 states, /);
    expect({ code, files }, stderr).toEqual({ code: 0, files: kept });
    const { name, version } = packageJson;
    expect(await readFile(join(cwd, "installed.txt"), "utf8")).toBe(`install --global ${name}@${version}\n`);
  },
);

test.concurrent.for(VENDORS)("%s: a used-up rate limit passes with a warning", async (vendor, context) => {
  const server = await startServer(
    answers(places.status, (answer) => asError(answer, 429)),
    { now: Date.now },
  );
  context.onTestFinished(server.close);
  // The limit holds for as long as anybody asks; time enough for a first poll on a busy machine.
  const { code, stdout } = await runJob(context, vendor, "sandbox", { url: server.url, timeout: "2s" });
  expect(stdout).toMatch(/could not be judged: postponed\.$/m);
  expect({ code }).toEqual({ code: vendor === "GitHub" ? 0 : 3 });
});

test.concurrent("a red night: the reports are kept, and each of the three commands does what it says", {
  timeout: 180_000,
}, async (context) => {
  const url = await startBroken(context);
  const { code, stdout, files, env, cwd, run } = await runJob(context, "GitHub", "sandbox", { url, timeout: "30s" });
  expect({ code, files }).toEqual({ code: 1, files: ["report.html", "report.json", "run.har"] });
  expect(stdout).toMatch(/^::error title=schema \(violation\)::/m);
  expect(stdout).toMatch(new RegExp(`${SPEC_FILE}:\\d+\\n(?: .*\\n)? *> +\\d+ +type: integer\\n`));
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(`${url} violates the contract: 1 check failed, none drifted.`);
  expect(red).toContain("## A violation");

  const commands = stdout
    .slice(stdout.indexOf("Next steps"))
    .split("\n")
    .filter((line) => /^\S/.test(line))
    .slice(1, -1);
  const [replay = "", curl = "", skip = ""] = commands.filter((line) => line !== "" && !line.startsWith(url));
  expect(replay).toBe("npx hubspot-import-kit mock --port 0 --replay contract/run.har --scenario replay-1");

  const asked = await run(curl);
  expect(asked.stdout).toMatch(/^HTTP\/1\.1 200 .*"size":"48213"/s);
  expect(curl).not.toContain(TOKEN);

  const skipped = await run(skip);
  expect(skipped.stdout).toMatch(/ conforms to the contract: no check failed, none drifted; 1 check skipped\.\n$/);
  expect(skipped.code).toBe(0);

  const mock = spawn("bash", ["--norc", "-c", `exec ${replay.replace("npx ", "")}`], { cwd, env });
  context.onTestFinished(() => void mock.kill());
  const address = await new Promise<string>((found) => {
    let text = "";
    mock.stdout.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const [line] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      const isTold =
        /^Replays contract\/run\.har: replay-1 \(https:.*\), replay-2 \(https:.*\); imports of any other URL get replay-1\.$/m;
      if (line !== undefined && isTold.test(text)) found(line);
    });
  });
  const replayed = await run(`hubspot-import-kit verify --base-url ${address} --only schema`);
  expect(replayed.stdout).toMatch(/✗ schema .*\/result\/size.*\+ "48213"/s);
});

test.for(VENDORS)(
  "%s: a server that is not reached is inconclusive, and passes with a warning",
  async (vendor, context) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, stdout, files } = await runJob(context, vendor, "sandbox", { url });
    expect(stdout).toMatch(/^ {2}unreachable: The server could not be reached: /m);
    expect(stdout).toContain(`${url} could not be judged: unreachable.\n`);
    expect(stdout).not.toMatch(/^ {2}not exercised/m);
    expect(files).toContain("run.har");
    expect(red).toMatch(/^\| 3, `unreachable` \|/m);
    if (vendor === "GitHub") expect(stdout).toMatch(/^::warning title=Inconclusive::.*docs red$/m);
    expect({ code }).toEqual({ code: vendor === "GitHub" ? 0 : 3 });
    expect(gitlab["contract-sandbox"]).toMatchObject({ allow_failure: { exit_codes: [3] } });
  },
);

test.for(VENDORS)("%s: a wrong token is red, and the text says which scope it needs", async (vendor, context) => {
  const { code, stdout } = await runJob(context, vendor, "sandbox", {
    url: await startBroken(context),
    token: "a-wrong-token",
  });
  expect(stdout).toMatch(
    /token-refused: importFromUrl got a 401.*\n.*\n {4}Next: Set HUBSPOT_ACCESS_TOKEN to a valid token with the scope/,
  );
  expect(stdout).not.toContain("::warning title=Inconclusive::");
  expect({ code }).toEqual({ code: vendor === "GitHub" ? 3 : 1 });
  expect(red).toMatch(/^\| 3, `token-refused` \|/m);
});

test.for(VENDORS)("%s: a wrong address is red", async (vendor, context) => {
  const { code, stdout } = await runJob(context, vendor, "sandbox", { url: `${await startBroken(context)}/files/v3` });
  expect(stdout).toMatch(/could not be judged: not-accepted\.$/m);
  expect({ code }).toEqual({ code: vendor === "GitHub" ? 3 : 1 });
});

test("the comment on a pull request is written once, and then updated", async () => {
  const script = github.jobs["mock"]?.steps.flatMap((step) => step.with?.script ?? [])[0] ?? "";
  const comments: { id: number; body: string }[] = [{ id: 1, body: "Looks good." }];
  const issues = {
    listComments: () => {},
    createComment: async ({ body }: { body: string }) => void comments.push({ id: comments.length + 1, body }),
    updateComment: async ({ comment_id, body }: { comment_id: number; body: string }) =>
      void Object.assign(comments.find(({ id }) => id === comment_id) ?? {}, { body }),
  };
  const client = { paginate: async () => comments, rest: { issues } };
  const context = { repo: { owner: "an", repo: "app" }, issue: { number: 7 } };
  const comment = async (text: string | undefined) => {
    const requireFile = () => ({ readFileSync: () => text ?? JSON.parse("no file") });
    const body = `return (async () => {${script}})()`;
    await new Function("github", "context", "require", body)(client, context, requireFile);
  };
  await comment("## ❌ violates\n");
  await comment(undefined);
  expect(comments.map(({ id }) => id)).toEqual([1, 2]);
  expect(comments[1]?.body).toBe(
    "<!-- hubspot-import-kit -->\nThe contract check wrote no report: see the job's log.\n",
  );
  await comment("## ✅ conforms\n");
  expect(comments.map(({ body }) => body)).toEqual(["Looks good.", "<!-- hubspot-import-kit -->\n## ✅ conforms\n"]);
});
