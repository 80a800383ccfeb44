import { copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openModule } from "./browser/open-module.js";
import { installed } from "./installed.js";
import { recipeOf, snippetDirectory } from "./snippets.js";

const FOLDER = "test/storybook";

beforeAll(() => installed(FOLDER), 300_000);

// One bundle of Storybook has both ways; each has a page of its own.
test("Storybook's stories show their scenarios with a worker of the user's own, and with the addon", async (context) => {
  const directory = resolve(await snippetDirectory(context));
  const folder = (way: string) => join(directory, way);
  for (const [way, platform] of [
    ["worker", "preview"],
    ["addon", "storybook"],
  ] as const) {
    await mkdir(folder(way));
    for (const { file, code } of recipeOf(platform)) await writeFile(join(folder(way), basename(file)), code);
  }
  await copyFile(`${FOLDER}/Poll.stories.ts`, join(folder("worker"), "Poll.stories.ts"));
  await copyFile(`${FOLDER}/UploadForm.js`, join(folder("addon"), "UploadForm.js"));
  await symlink(resolve(FOLDER, "node_modules"), join(directory, "node_modules"));
  const open = await openModule(resolve(FOLDER, "page.ts"), context, {
    resolve: { alias: { worker: folder("worker"), addon: folder("addon") } },
  });
  const told = async (way: string) => {
    const page = await open();
    await page.waitForFunction("globalThis.tellStories");
    return page.evaluate(`tellStories("${way}")`);
  };
  expect(await told("worker")).toEqual(["PENDING"]);
  expect(await told("addon")).toEqual([
    "The file could not be fetched from its url.",
    "/library/cat.png",
    "You have reached your ten_secondly_rolling limit.",
  ]);
});
