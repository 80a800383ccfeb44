import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a user of the types would write, a line each. `open` must not compile, and neither should what is wrong. */
function lines({ types: [module, type, name, input = type] }, { right, wrong }) {
  const constants = (group, prefix) =>
    Object.values(group).map((answer, index) => `export const ${prefix}${index}: Answer = ${JSON.stringify(answer)};`);
  return {
    head: [
      `import ${/infer|typeof/.test(type) ? "" : "type "}{ ${name} } from "./${module}.js";`,
      ...(type.startsWith("z.") ? ['import type { z } from "zod";'] : []),
      ...(type.startsWith("v.") ? ['import type * as v from "valibot";'] : []),
      `export type Task = ${type};`,
      `export type Answer = ${input};`,
    ],
    known: ["export const known: 0 extends 1 & Task ? never : 1 = 1;"],
    states: ['export const state = (task: Task): "PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED" => task.status;'],
    narrowed: ['export const end = (task: Task): string => (task.status === "COMPLETE" ? task.completedAt : "");'],
    open: ["export const any = (task: Task): string => task.completedAt;"],
    right: constants(right, "right"),
    wrong: constants(wrong, "wrong"),
  };
}

/**
 * Compiles what generators wrote, all in one program under `strict`, and what a reader would write with it.
 *
 * @param ts TypeScript
 * @param written the generators by their directory
 * @returns by directory: whether its code compiles, whether `status` narrows, how many answers are of the type
 */
export function compile(ts, written, answers) {
  const checks = new Map();
  for (const [directory, generator] of Object.entries(written)) {
    const parts = lines(generator, answers);
    writeFileSync(join(directory, "check.ts"), `${Object.values(parts).flat().join("\n")}\n`);
    checks.set(directory, parts);
  }
  const program = ts.createProgram(
    [...checks.keys()].map((directory) => join(directory, "check.ts")),
    {
      ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
      ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext },
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    },
  );
  const found = ts.getPreEmitDiagnostics(program);
  return Object.fromEntries([...checks].map(([directory, parts]) => [directory, judge(ts, directory, parts, found)]));
}

function judge(ts, directory, parts, found) {
  const here = found.filter(({ file }) => file?.fileName.startsWith(directory));
  const own = here.filter(({ file }) => !file.fileName.endsWith("/check.ts"));
  const failed = new Set(
    here.filter((one) => !own.includes(one)).map(({ file, start }) => file.getLineAndCharacterOfPosition(start).line),
  );
  let line = 0;
  const failures = {};
  for (const [part, its] of Object.entries(parts)) {
    failures[part] = its.filter((_, index) => failed.has(line + index)).length;
    line += its.length;
  }
  return {
    compiles: own.length === 0 && failures.head === 0,
    problems: own.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
    narrows: failures.known + failures.states + failures.narrowed === 0 && failures.open === 1,
    accepted: parts.right.length - failures.right,
    rejected: failures.wrong,
  };
}
