import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { deniedPermission } from "../src/user-error.js";
import { BIN } from "./verify-command.js";

const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const ofNode = (permission: string, resource: string) =>
  Object.assign(new Error("Access to this API has been restricted"), {
    code: "ERR_ACCESS_DENIED",
    permission,
    resource,
  });

test.each([
  [
    named("NotCapable", 'Requires net access to "127.0.0.1:0", run again with the --allow-net flag'),
    'Deno denies net access to "127.0.0.1:0": add --allow-net',
  ],
  [
    named("NotCapable", "Requires env access, run again with the --allow-env flag"),
    "Deno denies env access: add --allow-env",
  ],
  [
    named("PermissionDenied", 'Requires read access to "/a", run again with the --allow-read flag'),
    'Deno denies read access to "/a": add --allow-read',
  ],
  [ofNode("FileSystemWrite", "/a b"), 'Node denies FileSystemWrite of "/a b": add --allow-fs-write'],
  [ofNode("ChildProcess", ""), "Node denies ChildProcess: add --allow-child-process"],
  [ofNode("Telepathy", "x"), 'Node denies Telepathy of "x"'],
  [
    new TypeError("fetch failed", { cause: ofNode("Net", "127.0.0.1:4010") }),
    'Node denies Net of "127.0.0.1:4010": add --allow-net',
  ],
])("%s is a permission that is missing", (error, told) => {
  expect(deniedPermission(error)).toBe(told);
});

test.each([
  named("PermissionDenied", "Permission denied (os error 13)"),
  named("Error", 'Requires net access to "a", run again with the --allow-net flag'),
  Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" }),
  new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code: "ECONNREFUSED" }) }),
  undefined,
  "NotCapable",
])("%s is none", (error) => {
  expect(deniedPermission(error)).toBeUndefined();
});

/** The command, where Node lets it read the project and nothing else. */
async function runRestricted(...args: readonly string[]) {
  const flag = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
  const node = ["--no-warnings", flag, `--allow-fs-read=${resolve(".")}/*`, BIN, ...args];
  const env = { ...process.env, HUBSPOT_ACCESS_TOKEN: "any" };
  return new Promise<{ readonly code: unknown; readonly stderr: string }>((done) => {
    execFile(process.execPath, node, { env }, (error, _, stderr) => done({ code: error?.code, stderr }));
  });
}

test.concurrent.for([
  ["--recording", "cannot be read (", "). Pass a HAR file, such as one of verify --record.\n"],
  ["--base-url http://127.0.0.1:4010 --record", "cannot be written: ", ". Choose another file.\n"],
] as const)("under Node's permission model, verify %s says which flag is missing", async ([args, before, after]) => {
  const directory = await mkdtemp(join(tmpdir(), "denied-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "run.har");
  const { code, stderr } = await runRestricted("verify", ...args.split(" "), file);
  const denied = `Node denies FileSystemRead of ${JSON.stringify(file)}: add --allow-fs-read`;
  expect(stderr).toBe(`verify: ${file} ${before}${denied}${after}`);
  expect(code).toBe(2);
});
