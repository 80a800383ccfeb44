import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { installed } from "./installed.js";
import { packed } from "./packed.js";
import { frontendApp, runBy } from "./snippets.js";

const run = promisify(execFile);
const FOLDER = "test/package-types";
const NEWEST = "test/vitest-newest";

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

let tarball: string;
beforeAll(async () => {
  await installed(FOLDER);
  await installed(NEWEST);
  tarball = (await packed()).tarball;
}, 300_000);

test.each([
  ["the newest compiler and the project's Vitest", ".", "node_modules/typescript"],
  ["the newest compiler and Vitest", NEWEST, "node_modules/typescript"],
  ["TypeScript 5.9", ".", `${FOLDER}/node_modules/typescript`],
  ["TypeScript 5.9 and Vitest 3.0", FOLDER, `${FOLDER}/node_modules/typescript`],
])(
  "the app of docs/frontend.md and the pages' tests compile against the package under %s",
  async (_, where, compiler) => {
    const app = await mkdtemp(`${where}/.snippet-`);
    onTestFinished(() => rm(app, { recursive: true }));
    const tests = runBy("vitest").map(({ page, code }) => [`src/${page.replace(/\W/g, "-")}.test.ts`, code] as const);
    const files = {
      ...frontendApp,
      ...Object.fromEntries(tests),
      "package.json": '{ "private": true, "type": "module" }',
      "tsconfig.json": JSON.stringify(TSCONFIG),
    };
    for (const [file, code] of Object.entries(files)) {
      await mkdir(dirname(join(app, file)), { recursive: true });
      await writeFile(join(app, file), code);
    }
    await unpack(app);
    const compiled = run(process.execPath, [`${compiler}/bin/tsc`, "--project", app]).catch((error) => error);
    expect((await compiled).stdout).toBe("");
  },
);

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

test.each(["node16", "nodenext"])("a CommonJS project compiles with module %s, and runs", async (module) => {
  const app = await mkdtemp("./.snippet-");
  onTestFinished(() => rm(app, { recursive: true }));
  await unpack(app);
  await writeFile(join(app, "package.json"), '{ "private": true }');
  await writeFile(join(app, "app.ts"), COMMONJS);
  await writeFile(join(app, "app.test.ts"), COMMONJS_TEST);
  const options = {
    module,
    target: "es2022",
    lib: ["ES2023", "DOM"],
    types: ["node"],
    skipLibCheck: true,
    strict: true,
  };
  await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  const compiled = run(process.execPath, ["node_modules/typescript/bin/tsc", "--project", app]).catch((error) => error);
  expect((await compiled).stdout).toBe("");
  expect((await run(process.execPath, [join(app, "app.js")])).stdout).toBe("function function function undefined\n");
});

async function unpack(app: string): Promise<void> {
  const kit = join(app, "node_modules/hubspot-import-kit");
  await mkdir(kit, { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", kit, "--strip-components=1"]);
}
