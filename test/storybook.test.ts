import { copyFile, symlink, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openModule } from "./browser/open-module.js";
import { installed } from "./installed.js";
import { recipeOf, snippetDirectory } from "./snippets.js";

const FOLDER = "test/storybook";

beforeAll(() => installed(FOLDER), 300_000);

test.concurrent.for([
  {
    way: "a worker of one's own",
    snippets: recipeOf("preview"),
    stories: resolve(FOLDER, "Poll.stories.ts"),
    shown: ["PENDING"],
  },
  {
    way: "its addon",
    snippets: recipeOf("storybook"),
    stories: "UploadForm.stories.ts",
    shown: [
      "The file could not be fetched from its url.",
      "/library/cat.png",
      "You have reached your ten_secondly_rolling limit.",
    ],
  },
])("Storybook tells its stories with $way", async ({ snippets, stories, shown }, context) => {
  const directory = resolve(await snippetDirectory(context));
  for (const { file, code } of snippets) await writeFile(join(directory, basename(file)), code);
  await copyFile(`${FOLDER}/UploadForm.js`, join(directory, "UploadForm.js"));
  await symlink(resolve(FOLDER, "node_modules"), join(directory, "node_modules"));
  const page = await openModule(resolve(FOLDER, "page.ts"), context, {
    resolve: { alias: { preview: join(directory, "preview.ts"), stories: resolve(directory, stories) } },
  });
  await page.waitForFunction("globalThis.tellStories");
  const told = await page.evaluate(() =>
    (globalThis as unknown as { tellStories: () => Promise<readonly string[]> }).tellStories(),
  );
  expect(told).toEqual(shown);
});
