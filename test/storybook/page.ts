import { composeStories, setProjectAnnotations } from "@storybook/react";
import preview from "preview";
import * as stories from "stories";

/** What Storybook does with a preview and its stories, in its own code: before all, before each, render, play, after each. */
async function tellStories(): Promise<readonly string[]> {
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
