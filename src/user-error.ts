import { nearestNames, readUrl } from "./text.js";

/** The kinds of user mistakes, by code. `docs/errors.md` lists the same codes. */
export const USER_ERROR_CODES = [
  "bad-conduct",
  "clock-range",
  "config-file",
  "contract-violation",
  "denied-permission",
  "invalid-expectation",
  "invalid-option",
  "invalid-parameter",
  "invalid-session",
  "invalid-snapshot",
  "no-change",
  "no-page",
  "port-taken",
  "recording-file",
  "report-file",
  "request-not-mocked",
  "scenario-file",
  "snapshot-file",
  "task-ended",
  "task-started",
  "unknown-check",
  "unknown-exchange",
  "unknown-file",
  "unknown-scenario",
  "unknown-session",
  "unknown-task",
  "unsafe-target",
  "unusable-address",
] as const;

export type UserErrorCode = (typeof USER_ERROR_CODES)[number];

/**
 * A user's mistake: what happened, to what, and what to do. Shown without a stack; exit code 2.
 *
 * @example throw new UserError("port-taken", "port 4010 is taken. Stop the process that uses it, or pass --port 0.");
 */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    readonly code: UserErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * TypeScript reports a mistyped option earlier; JavaScript would ignore it.
 *
 * @param of what the options belong to
 * @param known its options by name
 * @throws UserError `invalid-option` that names the nearest
 */
export function requireOptions(of: string, given: object | undefined, known: Readonly<Record<string, true>>): void {
  const unknown = Object.keys(given ?? {}).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const names = Object.keys(known);
  const [nearest] = nearestNames(unknown, names);
  const hint = nearest === undefined ? `Its options: ${names.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new UserError("invalid-option", `${of} has no option ${JSON.stringify(unknown.slice(0, 60))}. ${hint}`);
}

/**
 * @param option the name of the option with the address @param alternative what else the option accepts, to end the
 * message @throws UserError `invalid-option`
 */
export function requireAddress(option: string, address: string, alternative = ""): void {
  if (/^https?:\/\//i.test(address) && readUrl(address)) return;
  const sentence = `${option} must be a URL with its scheme; got ${JSON.stringify(address)}.`;
  throw new UserError("invalid-option", `${sentence} Write one such as http://127.0.0.1:4010${alternative}.`);
}

/** Options of Node's permission model by the name of the denied permission; any other is reported by its name. */
const FLAGS_OF_NODE: Readonly<Record<string, string>> = {
  FileSystemRead: "--allow-fs-read",
  FileSystemWrite: "--allow-fs-write",
  ChildProcess: "--allow-child-process",
  WorkerThreads: "--allow-worker",
  Net: "--allow-net",
};

/**
 * Renders what the runtime denied to the process, and the flag that allows it: Deno with `--allow-…`, Node with
 * `--permission`. Neither is a bug of the program.
 *
 * @returns undefined if neither the error nor its cause is about a permission
 * @example deniedPermission(error); // 'Deno denies net access to "127.0.0.1:0": add --allow-net'
 */
export function deniedPermission(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code, permission, resource } = error as Error & Partial<Record<string, string>>;
  // Deno 1 uses PermissionDenied, as Deno 2 does for what the system denies.
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
