import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";
import { UserError } from "../../src/user-error.js";
import { hasTooManyAliases, MAX_ALIASES } from "./aliases.js";

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
  const unusable = (node: Alias | Scalar | undefined, problem: string) =>
    new UserError("scenario-file", `${file}:${lines.linePos(node?.range?.[0] ?? 0).line} ${problem}`);
  // The library compares each key with all others of its map.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const [broken] = document.errors;
  if (broken) {
    throw new UserError("scenario-file", `${file}:${broken.linePos?.[0].line ?? 1} ${yamlProblem(broken)}`);
  }
  const twice = repeatedKey(document);
  if (twice) throw unusable(twice, `has the key ${twice.source} a second time. Remove one.`);
  if (hasTooManyAliases(document))
    throw unusable(undefined, `has more than ${MAX_ALIASES} aliases. Write the values themselves.`);
  const stray = strayAlias(document);
  if (stray) {
    const sentence = `*${stray.source} is an alias, and nothing before it has the anchor &${stray.source}.`;
    throw unusable(stray, `${sentence} Write the value itself, or quote a text.`);
  }
  let data: unknown;
  try {
    data = document.toJS();
    JSON.stringify(data);
  } catch (error) {
    // Aliases that lead in a circle, or to more than a scenario can hold.
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

/** The end of a sentence that begins with the file's name. */
function yamlProblem({ code, message }: YAMLError): string {
  if (code === "MULTIPLE_DOCS") return "begins a second document. Write one scenario a file.";
  return `is not YAML: ${message.split(/ at line|\n/, 1)[0]}.`;
}

/** The first key that its map has already. */
function repeatedKey(document: Document): Scalar | undefined {
  let repeated: Scalar | undefined;
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          repeated = key;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return repeated;
}

/** The first alias that has no anchor before it; `alias.resolve` would walk the document for each. */
function strayAlias(document: Document): Alias | undefined {
  const anchors = new Set<string>();
  let stray: Alias | undefined;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      stray = node;
      return visit.BREAK;
    },
  });
  return stray;
}
