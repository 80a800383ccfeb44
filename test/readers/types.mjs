import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What a user of the types would write, a line each. None of `open` must compile. */
function lines({ types: [module, type, name, input = type] }, answers) {
  if (type === undefined) return { head: [`export * from "./${module}.js";`] };
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
    narrowed: [
      'export const end = (task: Task): string => (task.status === "COMPLETE" ? task.completedAt : "");',
      'export const file = (task: Task): string => (task.status === "COMPLETE" ? (task.result?.id ?? "") : "");',
    ],
    open: [
      "export const any = (task: Task): string => task.completedAt;",
      'export const loose = (task: Task): 0 => (task.status === "COMPLETE" ? (task.result?.id ?? 0) : 0);',
      'export const early = (task: Task): string => (task.status === "PENDING" ? task.result!.id : "");',
    ],
    answers: Object.values(answers).map(
      (answer, index) => `export const answer${index}: Answer = ${JSON.stringify(answer)};`,
    ),
  };
}

/**
 * Compiles what generators wrote, all in one program under `strict`, and what a reader would write with it.
 *
 * @param compiler TypeScript's command: a file that Node runs
 * @param written the generators by their directory; of one whose `types` name a module alone it is asked whether it compiles
 * @returns by directory: whether its code compiles, whether `status` narrows, the names of the answers that are of the type
 */
export function compile(compiler, written, answers) {
  const checks = new Map();
  for (const [directory, generator] of Object.entries(written)) {
    const parts = lines(generator, answers);
    writeFileSync(join(directory, "check.ts"), `${Object.values(parts).flat().join("\n")}\n`);
    checks.set(directory, parts);
  }
  const [first = ""] = checks.keys();
  const project = join(first, "tsconfig.json");
  const files = [...checks.keys()].map((directory) => join(directory, "check.ts"));
  writeFileSync(project, JSON.stringify({ compilerOptions: OPTIONS, files }));
  const args = [compiler, "--project", project, "--pretty", "false"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: first, encoding: "utf8" });
  const found = [...stdout.matchAll(PROBLEM)].map(([, file, line, message]) => ({
    ...{ file: resolve(first, file), line: Number(line) - 1, message: message.replaceAll("\n", " ") },
  }));
  if (found.length === 0 && stdout + stderr !== "") throw new Error(`${compiler}: ${stdout}${stderr}`);
  return Object.fromEntries(
    [...checks].map(([directory, parts]) => [directory, judge(directory, parts, found, Object.keys(answers))]),
  );
}

const OPTIONS = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
  ...{ target: "es2023", module: "nodenext", lib: ["es2023", "dom", "dom.iterable"] },
};

/** What the compiler says of a line; the rest of a long message is indented. */
const PROBLEM = /^(\S.*)\((\d+),\d+\): error \w+: (.*(?:\n .*)*)/gm;

function judge(directory, parts, found, names) {
  const here = found.filter(({ file }) => file.startsWith(`${directory}/`));
  const own = here.filter(({ file }) => !file.endsWith("/check.ts"));
  const failed = new Set(here.filter((one) => !own.includes(one)).map((one) => one.line));
  let line = 0;
  const compiling = {};
  for (const [part, its] of Object.entries(parts)) {
    compiling[part] = its.map((_, index) => !failed.has(line + index));
    line += its.length;
  }
  const { head, known = [], states = [], narrowed = [], open = [], answers = [] } = compiling;
  return {
    compiles: own.length === 0 && !head.includes(false),
    problems: own.map(({ message }) => message),
    narrows: ![...known, ...states, ...narrowed].includes(false) && !open.includes(true),
    accepted: names.filter((_, index) => answers[index]),
  };
}
