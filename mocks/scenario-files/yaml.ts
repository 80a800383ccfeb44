import { LineCounter, parseDocument } from "yaml";
import { UserError } from "../../src/user-error.js";

/**
 * A YAML file's data, and in which line what stands.
 *
 * @throws UserError `scenario-file`, with file and line, if the text is no YAML or cannot be used as JSON
 */
export function parseYaml(
  file: string,
  text: string,
): { readonly data: unknown; readonly lineOf: (pointer: string) => number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const [sentence] = broken.message.split(/ at line|\n/);
    throw new UserError("scenario-file", `${file}:${broken.linePos?.[0].line ?? 1} is not YAML: ${sentence}.`);
  }
  let data: unknown;
  try {
    data = document.toJS();
    JSON.stringify(data);
  } catch (error) {
    // Aliases that lead nowhere, in a circle, or to more than a scenario can hold.
    throw new UserError("scenario-file", `${file}:1 cannot be used: ${(error as Error).message.split("\n")[0]}.`);
  }
  return {
    data,
    lineOf(pointer) {
      const path = pointer.split("/").slice(1);
      for (let depth = path.length; depth > 0; depth -= 1) {
        const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
        if (node?.range) return lines.linePos(node.range[0] ?? 0).line;
      }
      return 1;
    },
  };
}
