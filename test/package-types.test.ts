import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { installed } from "./installed.js";
import { packed } from "./packed.js";
import { frontendApp, recipeOf, runBy } from "./snippets.js";
import { V8_FLAGS } from "./v8-flags.js";

const run = promisify(execFile);
const OLDEST = "test/package-types";
const NEWEST = "test/package-types-newest";
const MSW_VERSIONS = "test/msw-versions";
const STORYBOOK = "test/storybook";

/** What Vite's template for TypeScript says of a compiler, but for the types of code that no snippet has. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2023",
    module: "esnext",
    lib: ["ES2023", "DOM"],
    types: ["vite/client"],
    skipLibCheck: true,
    moduleResolution: "bundler",
    verbatimModuleSyntax: true,
    moduleDetection: "force",
    noEmit: true,
    strict: true,
  },
  include: ["src"],
};

/** What Next's template has of Node's types, as far as a snippet needs it. */
const PROCESS = "declare const process: { readonly env: Readonly<Record<string, string | undefined>> };";

const MODULES = ["node16", "nodenext"] as const;

/** A CommonJS project, and what each compiler prints of all that it compiles. */
let commonJs: string;
let printed: Readonly<Record<"7" | "5.9", Promise<string>>>;

beforeAll(async () => {
  await installed(OLDEST);
  await installed(NEWEST);
  await installed(MSW_VERSIONS);
  await installed(STORYBOOK);
  const { tarball } = await packed();
  const folders = await Promise.all([".", NEWEST, OLDEST].map((where) => unpacked(tarball, where)));
  const [own = "", newest = "", oldest = ""] = folders;
  const stories = await addStories(await mkdtemp(`${STORYBOOK}/.snippet-`));
  await symlink(resolve(MSW_VERSIONS, "node_modules/msw-newest"), join(newest, "node_modules/msw"));
  commonJs = join(own, "commonjs");
  const projects = [
    await addApp(join(own, "app")),
    await addApp(join(newest, "app")),
    ...(await addCommonJs(commonJs)),
    stories,
  ];
  const oldApps = [await addApp(join(own, "old-app")), await addApp(join(oldest, "app"))];
  printed = {
    "7": compile("node_modules/typescript-7", projects),
    "5.9": compile(`${OLDEST}/node_modules/typescript`, [...oldApps, ...(await addCommonJs(join(oldest, "commonjs")))]),
  };
  return () => Promise.all([...folders, stories].map((folder) => rm(folder, { recursive: true })));
}, 300_000);

test.each([
  ["TypeScript 7 and the project's Vitest", "7"],
  ["TypeScript 7, Vitest 5 and msw 3", "7"],
  ["TypeScript 5.9 and the project's Vitest", "5.9"],
  ["TypeScript 5.9 and Vitest 3.0", "5.9"],
] as const)(
  "the app of docs/frontend.md, the pages' tests and the mocks of Next and Storybook compile against the package under %s",
  async (_, compiler) => {
    expect(await printed[compiler]).toBe("");
  },
);

test("the stories of Storybook's page compile with its types", async () => {
  expect(await printed["7"]).toBe("");
});

test.each(MODULES)("a CommonJS project compiles with module %s, and runs", async (module) => {
  expect(await printed["7"]).toBe("");
  expect(await printed["5.9"]).toBe("");
  ran ??= runCompiled();
  expect((await ran).get(module)).toBe("function function function undefined");
});

let ran: ReturnType<typeof runCompiled> | undefined;

/** What each compiled program prints. All in one process, which loads the kit once. */
async function runCompiled(): Promise<ReadonlyMap<string, string | undefined>> {
  const apps = MODULES.map((module) => resolve(commonJs, module, "app.js"));
  const { stdout } = await run(process.execPath, [
    "--eval",
    "process.argv.slice(1).forEach((app) => require(app))",
    ...apps,
  ]);
  const lines = stdout.split("\n");
  return new Map(MODULES.map((module, index) => [module, lines[index]]));
}

/** A folder with the package, which what is in it finds by name. */
async function unpacked(tarball: string, where: string): Promise<string> {
  const folder = await mkdtemp(`${where}/.snippet-`);
  const kit = join(folder, "node_modules/hubspot-import-kit");
  await mkdir(kit, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", kit, "--strip-components=1"]);
  return folder;
}

/** Compiles several projects in one run, which reads the platform's types once. */
async function compile(typescript: string, projects: readonly string[]): Promise<string> {
  const args = [...V8_FLAGS, `${typescript}/bin/tsc`, "--build", ...projects];
  const { stdout, stderr } = await run(process.execPath, args).catch((error) => error);
  return stdout + stderr;
}

async function addApp(app: string): Promise<string> {
  const tests = runBy("vitest").map(({ page, code }) => [`src/${page.replace(/\W/g, "-")}.test.ts`, code] as const);
  const mocks = [...recipeOf("next"), ...recipeOf("preview")]
    .filter(({ language }) => language === "ts")
    .map(({ file, code }) => [join("src", file.replace(/^\.?\w+\//, "")), code] as const);
  await addFiles(app, {
    ...frontendApp,
    ...Object.fromEntries([...tests, ...mocks]),
    "src/process.d.ts": PROCESS,
    "package.json": '{ "private": true, "type": "module" }',
    "tsconfig.json": JSON.stringify(TSCONFIG),
  });
  return app;
}

/** Storybook's package for Vite passes on the types of its package for React, which is installed here. */
async function addStories(project: string): Promise<string> {
  const paths = { "@storybook/react-vite": ["../node_modules/@storybook/react/dist/index.d.ts"] };
  const compilerOptions = { ...TSCONFIG.compilerOptions, types: [], allowJs: true, paths };
  await addFiles(project, {
    ...Object.fromEntries(recipeOf("storybook").map(({ file, code }) => [join("src", file), code])),
    "src/UploadForm.js": await readFile(`${STORYBOOK}/UploadForm.js`, "utf8"),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src", "src/.storybook"] }),
  });
  return project;
}

/** Without `"type": "module"`, as in most servers: TypeScript writes `require`, and reads msw's types for CommonJS. */
const COMMONJS = `
import { createSimulator } from "hubspot-import-kit";
import { type StartedMock, startMock } from "hubspot-import-kit/client";
import { createImportMock } from "hubspot-import-kit/msw";
import { judge } from "hubspot-import-kit/verify";
import { setupServer } from "msw/node";

const mock = createImportMock({ scenario: "canceled" });
const server = setupServer(...mock.handlers);
server.use(mock.override.checkImportStatus(() => undefined));
const parts: readonly unknown[] = [createSimulator, judge, startMock];
const started: StartedMock | undefined = undefined;
console.log(parts.map((part) => typeof part).join(" "), started);
`;

const COMMONJS_TEST = `
import { importMockFixture } from "hubspot-import-kit/vitest";
import { setupServer } from "msw/node";
import { test as base, expect } from "vitest";

const server = setupServer();
const test = base.extend(importMockFixture({ server }));
test("an app of good conduct", async ({ importMock }) => {
  server.use(...importMock.handlers);
  await expect(importMock).toHaveGoodConduct();
});
`;

async function addCommonJs(project: string): Promise<readonly string[]> {
  const options = { target: "es2022", lib: ["ES2023", "DOM"], types: ["node"], skipLibCheck: true, strict: true };
  const configs = MODULES.map((module) => [
    `${module}/tsconfig.json`,
    JSON.stringify({ compilerOptions: { module, ...options, rootDir: "..", outDir: "." }, include: ["../*.ts"] }),
  ]);
  await addFiles(project, {
    "package.json": '{ "private": true }',
    "app.ts": COMMONJS,
    "app.test.ts": COMMONJS_TEST,
    ...Object.fromEntries(configs),
  });
  return MODULES.map((module) => join(project, module));
}

async function addFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, code] of Object.entries(files)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), code);
  }
}
