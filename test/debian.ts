import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DIRECTORIES = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/sbin"];

/**
 * The path of a command that comes in a Debian package, which is installed first where that is possible: as root, on a
 * system that has `apt-get`. Elsewhere the reason is printed, for a test to be skipped with.
 *
 * @returns undefined where the system has no such package
 * @example const firefox = debianCommand("firefox-esr"); test.skipIf(!firefox)("…", …);
 */
export function debianCommand(command: string, packageName = command): string | undefined {
  const found = pathOf(command);
  if (found !== undefined) return found;
  const why = install(packageName);
  const installed = pathOf(command);
  if (installed === undefined) {
    console.warn(`skipped what needs ${command} (Debian package ${packageName}): ${why ?? "it has no such command"}`);
  }
  return installed;
}

function pathOf(command: string): string | undefined {
  return DIRECTORIES.map((directory) => `${directory}/${command}`).find((path) => existsSync(path));
}

/** @returns why it could not be installed */
function install(packageName: string): string | undefined {
  if (process.getuid?.() !== 0) return "only root can install it";
  if (pathOf("apt-get") === undefined) return "this system has no apt-get";
  console.warn(`installing ${packageName} …`);
  // Test files run side by side, and apt-get fails where another one holds its lists.
  const script = `apt-get install -y --no-install-recommends ${packageName} || (apt-get update && apt-get install -y --no-install-recommends ${packageName})`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, stderr } = spawnSync("flock", [join(tmpdir(), "apt-get.lock"), "sh", "-c", script], {
    env,
    encoding: "utf8",
  });
  return status === 0 ? undefined : (stderr?.trim().split("\n").at(-1) ?? "apt-get could not be run");
}
