import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { TestContext } from "vitest";
import { V8_FLAGS } from "./v8-flags.js";

const RECIPES = "docs/frameworks/";
const FRONTEND = "docs/frontend.md";
const pages = [
  "README.md",
  "examples/ci/README.md",
  "examples/react-upload/README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...(await readdir("docs", { recursive: true })).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];

/** The pages that people read, by path. */
export const texts: ReadonlyMap<string, string> = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(page, "utf8")] as const)),
);

/** A snippet whose first line is `// FILE @RUNNER` says what runs it, and under which name. */
const all = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", code = ""]) => {
    const [, file = "", runner = "none"] = /^\/\/ (?:(\S+?),? )?@(\w+)/.exec(code) ?? [];
    return { page, language, code, file, runner };
  }),
);
const isOfApp = ({ page, file }: { readonly page: string; readonly file: string }) =>
  page === FRONTEND && file.startsWith("src/");
const recipes = all.filter(({ page }) => page.startsWith(RECIPES));
const alone = all.filter((snippet) => !recipes.includes(snippet) && !isOfApp(snippet));

/** The snippets in a language. The parts of recipes and of docs/frontend.md's app are not among them: none stands alone. */
export const inLanguage = (language: string) => alone.filter((snippet) => snippet.language === language);
export const runBy = (runner: string) => alone.filter((snippet) => snippet.runner === runner);

/** The files of the app that docs/frontend.md makes, by path. */
export const frontendApp: Readonly<Record<string, string>> = Object.fromEntries(
  all.filter(isOfApp).map(({ file, code }) => [file, code]),
);

/** The files of a platform's recipe for MSW, and the app that all recipes test. */
export const recipeOf = (platform: string) => recipes.filter(({ runner }) => [platform, "app"].includes(runner));

/** The lines that run the recipes for MSW: `COMMAND # @PLATFORM`. */
export const recipeLines = recipes.flatMap(({ code }) =>
  [...code.matchAll(/^(.*?) +# @(\w+)$/gm)].map(([, line = "", platform = ""]) => ({ line, platform })),
);

/** What docs/debugging.md quotes of a screen, as code between words. */
export const quoted: readonly string[] = [
  ...(texts.get("docs/debugging.md") ?? "").replace(/```.*?```/gs, "").matchAll(/`([^`]+)`/g),
]
  .map(([, text = ""]) => text)
  .filter(({ length }) => length > 20);

/**
 * In the project's root, so that the package finds itself and its neighbours by name.
 *
 * @param name one that no other test has, for a tool that keeps what it has compiled by the path of the folder
 */
export async function snippetDirectory(
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  name?: string,
): Promise<string> {
  const directory = name === undefined ? await mkdtemp(".snippet-") : await emptied(`.snippet-${name}`);
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** For Vitest in such a directory: the kit is imported as from `node_modules`, where Vite transforms nothing. */
export const VITEST_CONFIG = `export default {
  test: { execArgv: ${JSON.stringify(V8_FLAGS)}, server: { deps: { external: [/\\/dist\\//] } } },
};`;

/** An interrupted run leaves its files. */
async function emptied(directory: string): Promise<string> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  return directory;
}

const RUN_SCRIPTS = `
import { format } from "node:util";
const printed = [];
for (const file of process.argv.slice(1)) {
  const lines = [];
  console.log = (...values) => lines.push(format(...values));
  await import(file).catch((error) => lines.push(format(error)));
  printed.push(lines.join("\\n"));
}
process.stdout.write(JSON.stringify(printed));`;

/** Runs scripts one after the other in one process, which loads the kit once. @returns what each printed, or its error */
export async function runScripts(codes: readonly string[]): Promise<readonly string[]> {
  const directory = resolve(await mkdtemp(".snippet-"));
  const files = codes.map((_, index) => join(directory, `snippet-${index}.mjs`));
  await Promise.all(files.map((file, index) => writeFile(file, codes[index] ?? "")));
  const args = [...V8_FLAGS, "--input-type=module", "--eval", RUN_SCRIPTS, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args).finally(() =>
    rm(directory, { recursive: true }),
  );
  return JSON.parse(stdout);
}
