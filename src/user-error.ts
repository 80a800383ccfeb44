/** What a user can do wrong, by code. `docs/errors.md` lists the same codes. */
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
 * A mistake of the user's: what happened, to what, and what to do. Shown without a stack; exit code 2.
 *
 * @example throw new UserError("port-taken", "port 4010 is taken. Stop what listens there, or pass --port 0.");
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
