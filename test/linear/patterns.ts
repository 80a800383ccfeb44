import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Node } from "typescript";
import ts from "../typescript.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A regular expression of the sources, and where it stands. */
export interface Pattern {
  readonly regExp: RegExp;
  readonly at: string;
}

/** Every regular expression of `src`, `mocks` and `bin`, one for each text; and those that only a run would show. */
export async function findPatterns(): Promise<{
  readonly patterns: readonly Pattern[];
  readonly hidden: readonly string[];
}> {
  const found: Pattern[] = [];
  const hidden: string[] = [];
  for (const file of sources()) {
    const source = ts.createSourceFile(file, readFileSync(ROOT + file, "utf8"), ts.ScriptTarget.Latest, true);
    let isBuilt = false;
    visitAll(source, (node) => {
      const at = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) found.push({ regExp: literal(node.text), at });
      if (!isConstruction(node)) return;
      // What Ajv generates builds patterns of constant texts alone, but for a format that no schema of ours has.
      if (isInFunction(node) && !file.endsWith(".gen.ts")) hidden.push(at);
      isBuilt = true;
    });
    if (isBuilt) found.push(...(await builtAtLoad(file)));
  }
  const used = found.filter(({ regExp }) => !regExp.source.startsWith(OF_NO_SCHEMA));
  const distinct = new Map(used.map((one) => [String(one.regExp), one]));
  return { patterns: [...distinct.values()], hidden };
}

/** How Ajv's pattern of `format: url` begins, which it bundles with those that our schemas have. */
const OF_NO_SCHEMA = "^(?:https?|ftp):";

/** Every source of `src`, `mocks` and `bin`, by its path from the root. */
export function sources(): readonly string[] {
  return ["src", "mocks", "bin"].flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
}

/** The regular expressions that a module makes as it is loaded: another query makes it load anew. */
async function builtAtLoad(file: string): Promise<readonly Pattern[]> {
  const made: Pattern[] = [];
  const Original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Original, {
    construct(target, [source, flags]) {
      const regExp = new target(source, flags);
      made.push({ regExp, at: file });
      return regExp;
    },
  });
  try {
    await import(/* @vite-ignore */ `${pathToFileURL(ROOT + file)}?patterns`);
  } finally {
    globalThis.RegExp = Original;
  }
  return made;
}

function visitAll(node: Node, see: (node: Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visitAll(child, see));
}

function isConstruction(node: Node): boolean {
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === "RegExp";
}

function isInFunction(node: Node): boolean {
  return ts.findAncestor(node, ts.isFunctionLike) !== undefined;
}

function literal(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}
