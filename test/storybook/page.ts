import { composeStories, setProjectAnnotations } from "@storybook/react";

/** The preview and the stories of each way, in the folder of its name. */
const WAYS = {
  worker: () => Promise.all([import("worker/preview"), import("worker/Poll.stories")]),
  addon: () => Promise.all([import("addon/preview"), import("addon/UploadForm.stories")]),
};

/** What Storybook does with a preview and its stories, in its own code: before all, before each, render, play, after each. */
async function tellStories(way: keyof typeof WAYS): Promise<readonly string[]> {
  const [{ default: preview }, stories] = await WAYS[way]();
  const project = setProjectAnnotations([preview]);
  await project.beforeAll?.();
  const told = [];
  for (const story of Object.values(composeStories(stories))) {
    await story.run();
    told.push(document.body.textContent?.trim() ?? "");
  }
  return told;
}

Object.assign(globalThis, { tellStories });
