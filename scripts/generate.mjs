/**
 * Writes the files that follow from others: the TypeScript types of the contract and of the control API, the validator of an import's body,
 * the contract's text, the catalogue of scenarios for browsers, and its table in the documentation.
 * Run with `npm run generate` after a change of spec/openapi.yaml or mocks/scenarios; a test compares what is committed.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import openapiTypescript, { astToString } from "openapi-typescript";
import { rolldown } from "rolldown";
import { parse } from "yaml";

const root = new URL("../", import.meta.url);
const contract = new URL("spec/openapi.yaml", root);
const control = new URL("spec/control.openapi.yaml", root);
const CONTROL_NOTICE = "// Generated from spec/control.openapi.yaml by `npm run generate`. Do not edit.\n";
const NOTICE = "// Generated from spec/openapi.yaml by `npm run generate`. Do not edit.\n";

/** Every generated file with its text, by its path from the project's root. */
export async function generate() {
  return {
    "spec/openapi.gen.ts": NOTICE + astToString(await openapiTypescript(contract)),
    "spec/control.gen.ts": CONTROL_NOTICE + astToString(await openapiTypescript(control)),
    "src/contract/import-request.gen.ts": `${NOTICE}// @ts-nocheck\n${await importRequestValidator()}`,
    "src/contract/spec-texts.gen.ts": await specTexts(),
    "mocks/catalogue.gen.ts": await catalogue(),
    "docs/scenarios.md": await scenarioTable(),
  };
}

/**
 * The contract and its evidence as text, for the judge, which reads no files. The contract stands there as JSON, too: that
 * is read in no time, and its text only to tell a line.
 */
async function specTexts() {
  const [openapi, evidence] = await Promise.all(
    ["openapi.yaml", "evidence.md"].map((name) => readFile(new URL(`spec/${name}`, root), "utf8")),
  );
  return `// Generated from spec/openapi.yaml and spec/evidence.md by \`npm run generate\`. Do not edit.

export const openapiText = ${JSON.stringify(openapi)};

export const openapiJson = ${JSON.stringify(JSON.stringify(parse(openapi)))};

export const evidenceText = ${JSON.stringify(evidence)};
`;
}

/** The page on scenarios with its table made anew. */
async function scenarioTable() {
  const page = await readFile(new URL("docs/scenarios.md", root), "utf8");
  const rows = Object.entries(await scenarioSources()).map(([name, { summary }]) => `| \`${name}\` | ${summary} |\n`);
  return page.replace(/(\| scenario \| what it does \|\n\|---\|---\|\n)(\|.*\n)*/, (_, head) => head + rows.join(""));
}

async function scenarioSources() {
  const folder = new URL("mocks/scenarios/", root);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const sources = {};
  for (const file of files) sources[file.replace(/\.yaml$/, "")] = parse(await readFile(new URL(file, folder), "utf8"));
  return sources;
}

/** The scenarios as data, for where there are no files: a browser. */
async function catalogue() {
  return `// Generated from mocks/scenarios by \`npm run generate\`. Do not edit.
import type { ScenarioSource } from "../src/task/scenario.js";

export const catalogue: Readonly<Record<string, ScenarioSource>> = ${JSON.stringify(await scenarioSources(), null, 2)};
`;
}

/** Ajv's code for the ImportRequest schema, with the few helpers it needs bundled in, so that it runs in a browser. */
async function importRequestValidator() {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: false, code: { source: true, esm: true } });
  formats.default(ajv);
  const { components } = parse(await readFile(contract, "utf8"));
  ajv.addSchema({ $id: "contract", components });
  const code = standalone.default(ajv, { validateImportRequest: "contract#/components/schemas/ImportRequest" });
  const bundle = await rolldown({
    input: "validator",
    cwd: fileURLToPath(root),
    plugins: [
      {
        name: "validator",
        resolveId: (id) => (id === "validator" ? id : undefined),
        load: (id) => (id === "validator" ? code : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  return output[0].code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await generate())) {
    await writeFile(new URL(path, root), text);
    console.log(`wrote ${path}`);
  }
}
