/** Copies the files that the compiled code reads beside it, under the same relative paths. */
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { inAllVersions } from "./all-versions.mjs";

const root = new URL("../", import.meta.url);

for (const path of [
  "spec/openapi.yaml",
  "spec/control.openapi.yaml",
  "spec/scenario.schema.json",
  "spec/config.schema.json",
  "spec/report.schema.json",
  "spec/ruleset.mjs",
  "spec/schema-keywords.mjs",
  "console/page",
]) {
  for (const folder of ["build", "dist"]) {
    const to = new URL(`${folder}/${path}`, root);
    // The names of the console's files contain a hash: leftover ones would get into the package.
    await rm(to, { recursive: true, force: true });
    await cp(new URL(path, root), to, { recursive: true });
  }
}

const contract = await readFile(new URL("spec/openapi.yaml", root), "utf8");
await writeFile(new URL("dist/spec/openapi.all-versions.yaml", root), inAllVersions(contract));
