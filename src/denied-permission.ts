/** What Node's permission model asks for, by the name of what was denied; another is told by its name alone. */
const FLAGS_OF_NODE: Readonly<Record<string, string>> = {
  FileSystemRead: "--allow-fs-read",
  FileSystemWrite: "--allow-fs-write",
  ChildProcess: "--allow-child-process",
  WorkerThreads: "--allow-worker",
  Net: "--allow-net",
};

/**
 * Says what the runtime did not permit to the process, and the flag that permits it: Deno with `--allow-…`, Node with
 * `--permission`. Neither is a mistake of the program's.
 *
 * @returns undefined where neither the error nor what caused it is about a permission
 * @example deniedPermission(error); // 'Deno denies net access to "127.0.0.1:0": add --allow-net'
 */
export function deniedPermission(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code, permission, resource } = error as Error & Partial<Record<string, string>>;
  // Deno 1 calls it PermissionDenied, as Deno 2 does what the system denies.
  const [, access, flag] = /^Requires (.+), run again with the (--[\w-]+) flag/.exec(message) ?? [];
  if (["NotCapable", "PermissionDenied"].includes(name) && flag !== undefined)
    return `Deno denies ${access}: add ${flag}`;
  if (code === "ERR_ACCESS_DENIED" && permission !== undefined) {
    const option = FLAGS_OF_NODE[permission];
    const subject = resource ? `${permission} of ${JSON.stringify(resource)}` : permission;
    return `Node denies ${subject}${option === undefined ? "" : `: add ${option}`}`;
  }
  return deniedPermission(error.cause);
}
