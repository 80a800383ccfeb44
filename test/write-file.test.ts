import { execFile, execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, open, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { appendWhole, writeWhole } from "../bin/write-file.js";
import { brokenRun } from "./report/recordings.js";
import { BIN, directoryOf, environment, harText } from "./verify-command.js";

const OLD = "the old report\n";
const NEW = "the new report, ümläuts and all\n";

/** From here to the test's end, a file takes so many bytes and no more. */
async function fillDiskAfter(bytes: number): Promise<void> {
  const file = await open("/dev/null");
  const prototype = Object.getPrototypeOf(file) as typeof file;
  await file.close();
  async function writeSome(this: typeof file, data: unknown) {
    await this.write(Buffer.from(String(data)).subarray(0, bytes));
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  }
  for (const name of ["writeFile", "appendFile"] as const) {
    const spy = vi.spyOn(prototype, name).mockImplementation(writeSome);
    onTestFinished(() => spy.mockRestore());
  }
}

test.each(Array.from({ length: Buffer.byteLength(NEW) }, (_, bytes) => bytes))(
  "a disk that is full after %i bytes leaves the old file, or none",
  async (bytes) => {
    const directory = await directoryOf({ "report.json": OLD, "summary.md": OLD });
    await fillDiskAfter(bytes);
    await expect(writeWhole(join(directory, "report.json"), NEW)).rejects.toThrow("ENOSPC");
    await expect(writeWhole(join(directory, "first.json"), NEW)).rejects.toThrow("ENOSPC");
    await expect(appendWhole(join(directory, "summary.md"), NEW)).rejects.toThrow("ENOSPC");
    expect((await readdir(directory)).sort()).toEqual(["report.json", "summary.md"]);
    expect(await readFile(join(directory, "report.json"), "utf8")).toBe(OLD);
    expect(await readFile(join(directory, "summary.md"), "utf8")).toBe(OLD);
  },
);

test("a file that is written again keeps its mode, and a link leads to what it led to", async () => {
  const directory = await directoryOf({ "report.json": OLD });
  await mkdir(join(directory, "deep"));
  await chmod(join(directory, "report.json"), 0o640);
  await symlink("../report.json", join(directory, "deep/link.json"));
  await symlink("../first.json", join(directory, "deep/dangling.json"));
  await writeWhole(join(directory, "deep/link.json"), NEW);
  await writeWhole(join(directory, "deep/dangling.json"), NEW);
  expect(await readFile(join(directory, "report.json"), "utf8")).toBe(NEW);
  expect(await readFile(join(directory, "first.json"), "utf8")).toBe(NEW);
  expect((await stat(join(directory, "report.json"))).mode & 0o777).toBe(0o640);
  expect((await lstat(join(directory, "deep/link.json"))).isSymbolicLink()).toBe(true);
  expect((await readdir(directory)).sort()).toEqual(["deep", "first.json", "report.json"]);
});

test.skipIf(process.platform === "win32")("a pipe gets the text as soon as somebody reads it", async () => {
  const directory = await directoryOf();
  const pipe = join(directory, "pipe");
  execFileSync("mkfifo", [pipe]);
  const written = writeWhole(pipe, NEW.repeat(10_000));
  const { stdout } = await promisify(execFile)("cat", [pipe], { maxBuffer: 1_000_000 });
  await written;
  expect(stdout).toBe(NEW.repeat(10_000));
});

/** Whether a process can have mounts of its own here. */
const canMount = (() => {
  try {
    execFileSync("unshare", ["-rm", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const inNamespace = async (script: string, cwd: string) =>
  (await promisify(execFile)("unshare", ["-rm", "sh", "-c", script, "sh", process.execPath, BIN], {
    cwd,
    env: environment(),
  }).then(({ stdout }) => stdout)) as string;

test.runIf(canMount)("on a full disk every file of verify stays as it was, and the mistake is one line", async () => {
  const cwd = await directoryOf({ "run.har": harText(brokenRun()) });
  await mkdir(join(cwd, "disk"));
  const reports = "--report html=disk/a.html --report json=disk/b.json --record disk/c.har";
  const verify = `"$1" "$2" verify --recording run.har ${reports} >/dev/null 2>err.txt; echo "code $?"`;
  const printed = await inNamespace(
    `mount -t tmpfs -o size=1m tmpfs disk
     export GITHUB_STEP_SUMMARY=disk/summary.md
     ${verify}
     md5sum disk/* >before.txt
     cat /dev/zero >disk/filler 2>/dev/null
     ${verify}
     rm disk/filler; md5sum disk/* | cmp - before.txt && ls -A disk; cat err.txt`,
    cwd,
  );
  expect(printed).toMatch(
    /^code 1\ncode 2\na\.html\nb\.json\nc\.har\nsummary\.md\nverify: the job's summary .*ENOSPC.*\nverify: disk\/a\.html cannot be written: ENOSPC.*disk\/b\.json.*disk\/c\.har.*\n$/,
  );
});

test.runIf(canMount)("a file that nothing can be written beside is written all the same", async () => {
  const cwd = await directoryOf({ "run.har": harText(brokenRun()), "mounted.json": OLD });
  await writeFile(join(cwd, "report.json"), "");
  const printed = await inNamespace(
    `mount --bind mounted.json report.json
     "$1" "$2" verify --recording run.har --report json=report.json >/dev/null; echo "code $?"; ls -A`,
    cwd,
  );
  expect(printed).toBe("code 1\nmounted.json\nreport.json\nrun.har\n");
  expect(await readFile(join(cwd, "mounted.json"), "utf8")).toContain('"conclusion": "violates"');
});
