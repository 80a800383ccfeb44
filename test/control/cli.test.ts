import { expect, test } from "vitest";
import { run, runMock } from "../command.js";
import { rawRequest } from "../raw-request.js";

/** What `mock` prints before its first answer, and where it listens. */
async function started(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { url, printed } = await runMock(args, { env });
  return { text: await printed("tasks/canceled/status"), url: url.replace("0.0.0.0", "127.0.0.1") };
}

test("mock says where it is steered, and --no-control that it is not", async () => {
  const names = ["--allow-host", "mock.test", "--allow-host", "other.test"];
  const [steered, bare] = await Promise.all([started(names), started(["--no-control"])]);
  expect(steered.text).toContain(`control on ${steered.url}/__mock\n`);
  expect(steered.text).toContain(`curl -sS '${steered.url}/__mock/sessions/default/tasks?format=text'\n`);
  expect((await fetch(`${steered.url}/__mock/health`)).status).toBe(200);
  const called = async (host: string) =>
    (await rawRequest(steered.url, ["GET /__mock/health HTTP/1.1", `Host: ${host}`])).status;
  expect([await called("mock.test"), await called("other.test:80"), await called("evil.test")]).toEqual([
    200, 200, 403,
  ]);
  expect(bare.text).not.toContain("control");
  expect((await fetch(`${bare.url}/__mock/health`)).status).toBe(404);
});

test("on every address mock prints the token that it made up", async () => {
  const { text, url } = await started(["--host", "0.0.0.0"]);
  const [, token] = /^control on http:\/\/127\.0\.0\.1:\d+\/__mock, token ([\w-]{32})$/m.exec(text) ?? [];
  expect(token).toBeDefined();
  expect(text.split("\n")[1]).toMatch(/^console on http:\/\/127\.0\.0\.1:\d+\/__mock\/ \(open it in a browser /);
  expect(text).toContain(`  export IMPORT_KIT_CONTROL_TOKEN=${token}\n`);
  // Not every system calls itself by that address.
  expect(text.replace("listening on http://0.0.0.0", "")).not.toContain("0.0.0.0");
  const status = async (headers = {}) => (await fetch(`${url}/__mock/health`, { headers })).status;
  expect([await status(), await status({ Authorization: `Bearer ${token}` })]).toEqual([401, 200]);
});

test("a token of one's own comes by option or environment, and is never printed", async () => {
  const token = "a-secret-of-mine";
  const runs = [started(["--control-token", token]), started([], { IMPORT_KIT_CONTROL_TOKEN: token })];
  for (const { text, url } of await Promise.all(runs)) {
    expect(text).not.toContain(token);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/__mock/health`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/__mock/health`)).status).toBe(401);
  }
});

test("a host name for the control API is accepted, and is rejected without that API", async () => {
  expect(await run("mock", "--no-control", "--allow-host", "mock.test")).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "mock: option '--allow-host <name>' cannot be used with option '--no-control'. Add --help for the options.\n",
  });
});
