/**
 * Generators of code, by name. Each writes into a directory; `types` is the module there that has the type of a status
 * answer, and `accepts` makes a validator of the module that has one.
 */
export const GENERATORS = {
  "openapi-typescript": {
    package: "openapi-typescript",
    async generate(contract, directory, { writeFile, pathToFileURL }) {
      const { default: generate, astToString } = await import("openapi-typescript");
      await writeFile(`${directory}/api.ts`, astToString(await generate(pathToFileURL(contract))));
    },
    types: ["api", 'components["schemas"]["TaskStatus"]', "components"],
  },
  "@hey-api/openapi-ts, zod": {
    package: "@hey-api/openapi-ts",
    generate: (contract, directory) => heyApi(contract, directory, "zod"),
    types: ["zod.gen", "z.infer<typeof zTaskStatus>", "zTaskStatus", "z.input<typeof zTaskStatus>"],
    validator: "zod.gen.ts",
    accepts:
      ({ zTaskStatus }) =>
      (value) =>
        zTaskStatus.safeParse(value).success,
  },
  "orval, zod": {
    package: "orval",
    generate: (contract, directory) => orval(contract, { target: `${directory}/api.ts`, client: "zod" }),
    types: [
      ...["api", "z.infer<typeof CheckImportStatusResponse>", "CheckImportStatusResponse"],
      "z.input<typeof CheckImportStatusResponse>",
    ],
    validator: "api.ts",
    accepts:
      ({ CheckImportStatusResponse }) =>
      (value) =>
        CheckImportStatusResponse.safeParse(value).success,
  },
  "kubb, zod": {
    package: "@kubb/plugin-zod",
    async generate(contract, directory) {
      const [{ build }, { pluginOas }, { pluginTs }, { pluginZod }] = await Promise.all([
        import("@kubb/core"),
        import("@kubb/plugin-oas"),
        import("@kubb/plugin-ts"),
        import("@kubb/plugin-zod"),
      ]);
      const output = (path) => ({ path, barrelType: false });
      const plugins = [
        pluginOas({ validate: false, generators: [] }),
        pluginTs({ output: output("types.ts") }),
        pluginZod({ output: output("zod.ts"), version: "4" }),
      ];
      const config = { root: directory, input: { path: contract }, output: { path: directory, clean: false }, plugins };
      const { error, failedPlugins } = await build({ config });
      const failure = error ?? [...failedPlugins][0]?.error;
      if (failure) throw failure;
    },
    types: ["types", "TaskStatus", "TaskStatus"],
    validator: "zod.ts",
    accepts:
      ({ taskStatusSchema }) =>
      (value) =>
        taskStatusSchema.safeParse(value).success,
  },
};

/** @param plugin `zod` or `valibot` */
export async function heyApi(input, path, plugin) {
  const { createClient } = await import("@hey-api/openapi-ts");
  await createClient({ input, output: { path }, plugins: [plugin], logs: { level: "silent" } });
}

export async function orval(target, output) {
  const { generate } = await import("orval");
  await generate({ input: { target }, output: { mode: "single", ...output } });
}
