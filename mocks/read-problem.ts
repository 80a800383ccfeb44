import { deniedPermission } from "../src/denied-permission.js";

type SystemError = Partial<Pick<NodeJS.ErrnoException, "code" | "message">>;

/**
 * Why a file could not be read, as the end of a sentence that begins with its name.
 *
 * @example readProblem({ code: "ENOENT" }); // "does not exist"
 */
export function readProblem(error: SystemError): string {
  return error.code === "ENOENT" ? "does not exist" : `cannot be read (${systemProblem(error)})`;
}

/** What the system or the runtime has against it: an error's code, or the permission that is missing. */
export function systemProblem(error: SystemError): string {
  return deniedPermission(error) ?? error.code ?? `${error.message}`;
}
