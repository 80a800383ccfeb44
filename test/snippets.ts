import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { TestContext } from "vitest";

const RECIPES = "docs/msw-recipes.md";
const pages = [
  "README.md",
  "examples/ci/README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
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
const alone = all.filter(({ page }) => page !== RECIPES);

/** The snippets in a language. The parts of recipes are not among them: none stands alone. */
export const inLanguage = (language: string) => alone.filter((snippet) => snippet.language === language);
export const runBy = (runner: string) => alone.filter((snippet) => snippet.runner === runner);

/** The files of a platform's recipe for MSW, and the app that all recipes test. */
export const recipeOf = (platform: string) =>
  all.filter(({ page, runner }) => page === RECIPES && [platform, "app"].includes(runner));

/** The lines that run the recipes for MSW: `COMMAND # @PLATFORM`. */
export const recipeLines = [...(texts.get(RECIPES) ?? "").matchAll(/^(.*?) +# @(\w+)$/gm)].map(
  ([, line = "", platform = ""]) => ({ line, platform }),
);

/** In the project's root, so that the package finds itself and its neighbours by name. */
export async function snippetDirectory({ onTestFinished }: Pick<TestContext, "onTestFinished">): Promise<string> {
  const directory = await mkdtemp(".snippet-");
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
