/** Puts beside the compiled code the files that it reads, under the same relative paths. */
import { cp } from "node:fs/promises";

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
    await cp(new URL(path, root), new URL(`${folder}/${path}`, root), { recursive: true });
  }
}
