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
  tarball = (await packed()).tarball;
}, 300_000);

test.each([
  ["the newest compiler and Vitest", ".", "node_modules/typescript"],
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
    const kit = join(app, "node_modules/hubspot-import-kit");
    await mkdir(kit, { recursive: true });
    await run("tar", ["-xzf", tarball, "-C", kit, "--strip-components=1"]);
    const compiled = run(process.execPath, [`${compiler}/bin/tsc`, "--project", app]).catch((error) => error);
    expect((await compiled).stdout).toBe("");
  },
);
