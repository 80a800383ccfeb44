import { access, constants } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { watch } from "chokidar";
import type { Scenario } from "../src/scenario/scenario.js";
import { UserError } from "../src/user-error.js";
import { isIgnored, isScenarioFile } from "./scenario-directory.js";
import { readScenarios } from "./scenario-files.js";

/** Watches a directory until it is closed. */
export interface ScenarioWatcher {
  readonly close: () => Promise<void>;
}

/**
 * Reads a directory's scenarios again whenever one of its files is changed, added or removed.
 *
 * @param onChange called with all scenarios, including the catalogue's
 * @param onProblem called with a sentence that names file and line; the previous scenarios stay in use
 * @returns once the directory is watched
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
  // If the directory itself is replaced by another of the same name, only watching its parent shows that.
  const root = resolve(directory);
  const parent = await readableParent(root);
  const watcher = watch(parent, {
    ignored: (path) => ![parent, root].includes(resolve(path)) && !isPlaceOfScenarios(root, resolve(path)),
    ignoreInitial: true,
    // Editors write a file in two steps; half of it would be reported as invalid.
    awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 },
  });
  watcher.on("all", (_, path) => {
    if (isScenarioFile(path)) reading = reading.then(read);
  });
  // Kubernetes changes a mounted ConfigMap by replacing the link `..data`, to which the links of all its files lead.
  watcher.on("raw", (_, path) => {
    if (path === "..data") reading = reading.then(read);
  });
  await new Promise<void>((done) => {
    watcher.once("ready", done);
    watcher.on("error", (error) => {
      onProblem(`${directory} cannot be watched: ${(error as Error).message}. Restart the mock after a change.`);
      done();
    });
  });
  return { close: () => watcher.close() };
}

function isPlaceOfScenarios(root: string, path: string): boolean {
  return path.startsWith(root + sep) && !relative(root, path).split(sep).some(isIgnored);
}

/** Returns the parent directory, or the directory itself if the parent is not readable, as with a container's mount. */
async function readableParent(root: string): Promise<string> {
  const parent = dirname(root);
  return access(parent, constants.R_OK).then(
    () => parent,
    () => root,
  );
}
