import type { Schemas } from "../control/operations.js";

/** The control API refused, and nothing was changed. */
export class ControlError extends Error {
  override readonly name = "ControlError";

  constructor(
    /** What was refused, and what to do. */
    readonly problem: Schemas["Problem"],
  ) {
    super(problem.detail);
  }

  /** The end of the problem's type, such as `unknown-task`. */
  get code(): string {
    return this.problem.type.replace(/^.*:/, "");
  }
}

/** Calls did not come as often as a test expected. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";

  constructor(readonly verified: Schemas["Verified"]) {
    super(verified.message);
  }
}
