import { access, constants } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { watch } from "chokidar";
import type { Scenario } from "../src/scenario/scenario.js";
import { UserError } from "../src/user-error.js";
import { isPassedOver, isScenarioFile } from "./scenario-directory.js";
import { readScenarios } from "./scenario-files.js";

/** Watches a directory until it is closed. */
export interface ScenarioWatcher {
  readonly close: () => Promise<void>;
}

/**
 * Reads a directory's scenarios anew whenever one of its files changes, comes or goes.
 *
 * @param onChange gets every scenario, the catalogue's included
 * @param onProblem gets the sentence that names file and line; what was read before stays in use
 * @returns once the directory is watched: a change from then on is noticed
 * @example await watchScenarios("./scenarios", { onChange: simulator.reload, onProblem: console.error });
 */
export async function watchScenarios(
  directory: string,
  {
    onChange,
    onProblem,
  }: { readonly onChange: (scenarios: readonly Scenario[]) => void; readonly onProblem: (message: string) => void },
): Promise<ScenarioWatcher> {
  let reading = Promise.resolve();
  const read = async () => {
    try {
      onChange(await readScenarios(directory));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      onProblem(error.message);
    }
  };
  // A directory that is put in place of another has the same name and is not the same: its parent tells of both.
  const root = resolve(directory);
  const parent = await readableParent(root);
  const watcher = watch(parent, {
    ignored: (path) => ![parent, root].includes(resolve(path)) && !isPlaceOfScenarios(root, resolve(path)),
    ignoreInitial: true,
    // Editors write a file in two steps; half of it would be told as broken.
    awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
  });
  watcher.on("all", (_, path) => {
    if (isScenarioFile(path)) reading = reading.then(read);
  });
  // Kubernetes changes a mounted ConfigMap by one link, `..data`, through which all of its files lead.
  watcher.on("raw", (_, path) => {
    if (path === "..data") reading = reading.then(read);
  });
  await new Promise<void>((done) => {
    watcher.once("ready", done);
    watcher.on("error", (error) => {
      onProblem(`${directory} cannot be watched: ${(error as Error).message}. Start anew after a change.`);
      done();
    });
  });
  return { close: () => watcher.close() };
}

function isPlaceOfScenarios(root: string, path: string): boolean {
  return path.startsWith(root + sep) && !relative(root, path).split(sep).some(isPassedOver);
}

/** The directory itself where its parent may not be read, as in a container that mounts it. */
async function readableParent(root: string): Promise<string> {
  const parent = dirname(root);
  return access(parent, constants.R_OK).then(
    () => parent,
    () => root,
  );
}
