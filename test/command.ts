import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { runToEnd } from "./command-host.js";
import { BIN } from "./verify-command.js";

/** Runs a command to its end. */
export const run = (...args: readonly string[]) => runToEnd({ bin: BIN, args, cwd: process.cwd(), env: process.env });

/** How a `mock` is started. */
interface Start {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command's file, if not that of the build. */
  readonly bin?: string;
  /** A command that starts it in its own way, such as `setpriv` with its options. */
  readonly under?: readonly string[];
}

/** `mock` on a free port, until the test is over. */
export async function runMock(args: readonly string[] = [], { cwd, env, bin = BIN, under = [] }: Start = {}) {
  const [command = "", ...rest] = [...under, process.execPath, bin, "mock", "--port", "0", ...args];
  const child: ChildProcessWithoutNullStreams = spawn(command, rest, { cwd, env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      const found = /^listening on (\S+)\n/.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  /** All output, once it has shown a text so many times. */
  const printed = async (text: string, times = 1) => {
    while (stdout.split(text).length <= times) await new Promise((resolve) => child.stdout.once("data", resolve));
    return stdout;
  };
  return { child, url, printed, ended, stdout: () => stdout, stderr: () => stderr };
}
