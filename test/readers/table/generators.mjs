import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { promisify } from "node:util";
import { GENERATORS, heyApi, orval } from "../generators.mjs";

/** The generators of the table, in the words of ../generators.mjs. One with `make` makes answers up. */
export const ALL = {
  ...GENERATORS,
  "@hey-api/openapi-ts, valibot": {
    package: "@hey-api/openapi-ts",
    generate: (contract, directory) => heyApi(contract, directory, "valibot"),
    types: [...["valibot.gen", "v.InferOutput<typeof vTaskStatus>", "vTaskStatus"], "v.InferInput<typeof vTaskStatus>"],
    validator: "valibot.gen.ts",
    async accepts({ vTaskStatus }) {
      const { safeParse } = await import("valibot");
      return (value) => safeParse(vTaskStatus, value).success;
    },
  },
  "swagger-typescript-api": {
    package: "swagger-typescript-api",
    generate: (contract, directory) => swaggerTypescript(contract, directory, true),
    without: { "`generateUnionEnums: true`": (contract, directory) => swaggerTypescript(contract, directory, false) },
    types: ["api", "TaskStatus", "TaskStatus"],
  },
  oazapfts: {
    package: "oazapfts",
    async generate(contract, directory) {
      const { generateSource } = await import("oazapfts");
      await writeFile(`${directory}/api.ts`, await generateSource(contract));
    },
    types: ["api", "TaskStatus", "TaskStatus"],
  },
  "typed-openapi": {
    package: "typed-openapi",
    async generate(contract, directory) {
      const cli = new URL("../node_modules/typed-openapi/bin.js", import.meta.url).pathname;
      await promisify(execFile)(process.execPath, [cli, contract, "--output", "api.ts"], { cwd: directory });
    },
    types: ["api", "Schemas.TaskStatus", "Schemas"],
  },
};

async function swaggerTypescript(input, output, generateUnionEnums) {
  const { generateApi } = await import("swagger-typescript-api");
  await generateApi({ input, output, fileName: "api.ts", silent: true, generateUnionEnums });
}

const MADE = 100;

/** Answers to a status call that orval's faker makes up, from the contract's examples or as its schemas are. */
export async function orvalFaker(contract, directory, useExamples) {
  const mock = { generators: [{ type: "faker", useExamples }] };
  await orval(contract, { target: `${directory}/api.ts`, mode: "split", client: "fetch", mock });
  // It imports its own modules without their extension, as a bundler finds them.
  registerHooks({
    resolve: (specifier, context, next) =>
      next(/\/api\.schemas$/.test(specifier) ? `${specifier}.ts` : specifier, context),
  });
  const { getCheckImportStatusResponseMock } = await import(`${directory}/api.faker.ts`);
  return Array.from({ length: MADE }, () => getCheckImportStatusResponseMock());
}
