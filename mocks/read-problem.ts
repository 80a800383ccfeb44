/**
 * Why a file could not be read, as the end of a sentence that begins with its name.
 *
 * @example readProblem({ code: "ENOENT" }); // "does not exist"
 */
export function readProblem({ code }: Pick<NodeJS.ErrnoException, "code">): string {
  return code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
}
