/**
 * A process that runs the command one time after the other, each with arguments, environment and folder of its own: what the
 * command loads, which takes a core 0.2 to 0.6 s, is loaded once. It ends with whoever started it, or as the command ends it.
 */
import { pathToFileURL } from "node:url";

const { stdout, stderr } = process;
let runs = 0;

process.on("message", async ({ bin, args, cwd, env }) => {
  process.argv = [process.execPath, bin, ...args];
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.exitCode = undefined;
  const written = [stdout.bytesWritten, stderr.bytesWritten];
  try {
    // The address is new each time, and so is what stands in the file itself; what it imports is not.
    runs += 1;
    await import(`${pathToFileURL(bin).href}?run=${runs}`);
  } catch (error) {
    // As in a process of its own, where nobody catches it either.
    return void process.emit("uncaughtException", error);
  }
  for (const event of ["uncaughtException", "SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(event);
  for (const stream of [stdout, stderr]) stream.removeAllListeners("error");
  process.send({
    code: process.exitCode ?? 0,
    stdoutBytes: stdout.bytesWritten - written[0],
    stderrBytes: stderr.bytesWritten - written[1],
  });
});
process.on("disconnect", () => process.exit());
