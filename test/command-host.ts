import { type ChildProcess, execFile, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { V8_FLAGS } from "./v8-flags.js";

export interface Ended {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Run {
  readonly bin: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Those that wait for a command. A worker keeps them from one test file to the next. */
const idle: ChildProcess[] = [];

/**
 * Runs a command to its end in a process that has loaded it already: a new one takes a core 0.2 to 0.6 s for that. Streams and
 * exit codes are those of a process. What is said of signals, of terminals or of how Node starts needs one of its own.
 *
 * @param run `bin` is the command's file
 */
export async function runToEnd(run: Run): Promise<Ended> {
  if (READ_AT_START.some((name) => run.env[name] !== process.env[name])) return runAlone(run);
  const host = idle.pop() ?? startHost();
  const ended = await runIn(host, run);
  if (host.connected) idle.push(host);
  return ended;
}

/**
 * Starts mocks in one process, each as soon as the one before it listens. The process is killed when `close` is called: a mock
 * that is asked to end would write its reports.
 */
export function createMockHost() {
  const host = startHost();
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** @returns what it printed until it listened, with code 0 */
    start(run: Run): Promise<Ended> {
      const started = last.then(() => runIn(host, run));
      last = started;
      return started;
    },
    close: () => void host.kill("SIGKILL"),
  };
}

async function runIn(host: ChildProcess, run: Run): Promise<Ended> {
  const stdout = collect(host.stdout);
  const stderr = collect(host.stderr);
  const code = await new Promise<number | null>((done, fail) => {
    host.once("error", fail);
    // As the command ends a process that is its own: by its exit, or by what nobody caught.
    host.once("close", done);
    host.once("message", async (ended: { code: number; stdoutBytes: number; stderrBytes: number }) => {
      await Promise.all([stdout.until(ended.stdoutBytes), stderr.until(ended.stderrBytes)]);
      for (const event of ["error", "close"]) host.removeAllListeners(event);
      done(ended.code);
    });
    host.send({ ...run, env: { ...run.env } });
  });
  return { code, stdout: stdout.end(), stderr: stderr.end() };
}

/** By Node itself, of the environment. */
const READ_AT_START = ["NODE_OPTIONS", "NODE_EXTRA_CA_CERTS"];

function runAlone({ bin, args, cwd, env }: Run): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd, env }, (_, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}

function startHost(): ChildProcess {
  const host = spawn(process.execPath, [...V8_FLAGS, resolve("test/command-host.mjs")], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // It ends when the channel to it closes, and keeps nobody waiting.
  host.unref();
  host.channel?.unref();
  return host;
}

function collect(stream: Readable | null) {
  const chunks: Buffer[] = [];
  let count = 0;
  const read = (chunk: Buffer) => {
    chunks.push(chunk);
    count += chunk.length;
  };
  stream?.on("data", read);
  return {
    /** Waits for so many bytes: a stream and the channel are two ways, and the one may be faster. */
    async until(bytes: number): Promise<void> {
      while (count < bytes) await new Promise((more) => stream?.once("data", more));
    },
    end(): string {
      stream?.off("data", read);
      return Buffer.concat(chunks).toString();
    },
  };
}
