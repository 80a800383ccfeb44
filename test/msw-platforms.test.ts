import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { beforeAll, expect, inject, type TestContext, test } from "vitest";
import { serveFiles } from "./browser/browser.js";
import { FLAGGED } from "./flagged.js";
import { installed } from "./installed.js";
import { runNative } from "./msw-platforms/native.mjs";
import platforms from "./msw-platforms/package.json" with { type: "json" };
import { recipeLines, recipeOf, snippetDirectory, texts } from "./snippets.js";
import storybook from "./storybook/package.json" with { type: "json" };
import { V8_FLAGS } from "./v8-flags.js";

const FOLDER = "test/msw-platforms";
const MODULES = resolve(FOLDER, "node_modules");
const KIT = `${MODULES}/hubspot-import-kit`;
/** Published for Linux alone, as optional dependencies. */
const BINARIES: Readonly<Record<string, string>> = {
  bun: `${MODULES}/@oven/bun-linux-x64-baseline/bin`,
  deno: `${MODULES}/@deno/linux-x64-glibc`,
};

/** Several start at the same time, on a machine of two cores. */
const TIME = 300_000;

beforeAll(async () => {
  await installed(FOLDER);
  // Vite keeps what it has bundled for a browser, and does not look whether the kit has been built anew.
  const [built, kept] = await Promise.all(["dist", `${KIT}/dist`].map(builtAt));
  if (built !== kept) await rm(`${MODULES}/.vite`, { recursive: true, force: true });
  // The kit as it is published, and the project's own Vitest, which looks for a DOM beside itself.
  await cp("dist", `${KIT}/dist`, { recursive: true, preserveTimestamps: true });
  await cp("package.json", `${KIT}/package.json`);
  // Jest brings an older one, which npm would leave it beside the kit's.
  await cp("node_modules/pure-rand", `${KIT}/node_modules/pure-rand`, { recursive: true });
  await cp("node_modules/vitest", `${MODULES}/vitest`, { recursive: true });
  await symlink("../vitest/vitest.mjs", `${MODULES}/.bin/vitest`).catch(() => {});
}, TIME);

const builtAt = (dist: string) =>
  stat(`${dist}/mocks/handlers.js`).then(
    ({ mtimeMs }) => Math.round(mtimeMs),
    () => undefined,
  );

test("every platform of the recipes is tried", () => {
  expect(new Set(recipeLines.map(({ platform }) => platform))).toEqual(
    new Set(["jest", "commonjs", "vitest", "browsermode", "bun", "deno", "playwright"]),
  );
});

test("docs/msw.md names the versions that are tried here", () => {
  const [, table = ""] = (texts.get("docs/msw.md") ?? "").split("| platform | tried |");
  const tried = [platforms.dependencies, platforms.optionalDependencies, storybook.dependencies]
    .flatMap((packages) => Object.entries(packages))
    .filter(([name]) => !/^(@babel\/|jest-|react|@storybook\/)/.test(name));
  for (const [name, version] of tried) expect(table, name).toContain(version);
});

test.concurrent.for([
  ["mock --port 0", "--allow-read --allow-env", 'mock: Deno denies net access to "127.0.0.1:0": add --allow-net.\n'],
  [
    "verify --base-url http://127.0.0.1:4010",
    "--allow-read --allow-env --allow-sys",
    'verify: Deno denies net access to "127.0.0.1:4010": add --allow-net.\n',
  ],
  ["mock --port 0", "--allow-read", /^mock: Deno denies env access to "\w+": add --allow-env\.\n$/],
] as const)(
  "under Deno, %s with %s names the flag that is missing",
  { timeout: TIME },
  async ([args, flags, told], context) => {
    if (!hasBinary("deno")) return context.skip();
    const line = `HUBSPOT_ACCESS_TOKEN=any deno run --no-prompt ${flags} dist/bin/hubspot-import-kit.js ${args}`;
    const { code, stderr } = await runLine(line, ".");
    expect(stderr.replace(/^\(node:.*\n/, "")).toEqual(typeof told === "string" ? told : expect.stringMatching(told));
    expect(code).toBe(2);
  },
);

test.concurrent.for(recipeLines)(
  "the recipe for $platform passes: $line",
  { timeout: TIME },
  async ({ line, platform }, context) => {
    if (!hasBinary(platform)) return context.skip();
    const directory = await recipeDirectory(platform, context, line.replaceAll(/\W+/g, "-"));
    // Deno's check of types takes longer than all that it runs.
    const command = line.replace(/\bnpx /, "").replace("deno test", "deno test --no-check");
    const { code, stdout, stderr } = await runLine(command, directory);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout + stderr).toMatch(new RegExp(`\\b${testsOf(platform)} pass(ed)?\\b`));
  },
);

test("a bundle of the recipe for native imports files, with the globals of React Native alone", {
  timeout: TIME,
}, async (context) => {
  const directory = await recipeDirectory("native", context);
  await writeFile(join(directory, "app.js"), NATIVE_APP);
  const bundle = await rolldown({
    input: resolve(directory, "app.js"),
    platform: "neutral",
    logLevel: "silent",
    resolve: { conditionNames: ["react-native", "import"], mainFields: ["main"] },
    plugins: [asMetro],
  });
  const { output } = await bundle.generate({ format: "iife", name: "app", codeSplitting: false });
  const code = `${output[0].code}\nglobalThis.importFile = app.importFile;`;
  expect(await runNative(code)).toEqual(["/library/cat.png", "The file could not be fetched from its url.", "pass"]);
});

/** React Native's own fetch comes first. */
const NATIVE_APP = 'import "whatwg-fetch"; import "./index.js"; export { importFile } from "./import-file.mjs";';

/** React Native's own modules, and the build of MSW's interceptors that Metro takes. */
const asMetro: Plugin = {
  name: "as-metro",
  resolveId(source) {
    if (source === "react-native") return source;
    const [isOne, entry] = /^@mswjs\/interceptors(?:\/(.*))?$/.exec(source) ?? [];
    const file = entry === undefined ? "index.mjs" : `interceptors/${entry}/index.mjs`;
    return isOne && `${MODULES}/@mswjs/interceptors/lib/browser/${file}`;
  },
  load: (id) => (id === "react-native" ? 'export const Platform = { OS: "ios" }, NativeModules = {};' : null),
};

/** Whether a platform could be installed, which is printed where it could not. */
function hasBinary(platform: string): boolean {
  const directory = BINARIES[platform];
  const isThere = directory === undefined || existsSync(directory);
  if (!isThere) console.warn(`skipped what needs ${platform}: its package is for Linux on x64 alone`);
  return isThere;
}

function testsOf(platform: string): number {
  if (platform === "commonjs") return testsOf("jest") + 1;
  const code = recipeOf(platform).map((snippet) => snippet.code);
  return code.join("").match(/^(Deno\.)?test(\.concurrent)?\(/gm)?.length ?? 0;
}

/** A project with the recipe's files, what its user has already, and the platform installed. */
async function recipeDirectory(platform: string, context: TestContext, name = platform): Promise<string> {
  const directory = await snippetDirectory(context, name);
  const add = async (file: string, text: string) => {
    await mkdir(join(directory, file, ".."), { recursive: true });
    await writeFile(join(directory, file), text);
  };
  const launchOptions = JSON.stringify(inject("chromium"));

  await symlink(MODULES, join(directory, "node_modules"));
  await add("package.json", platform === "commonjs" ? "{}" : '{ "type": "module" }');
  // Without one, the project's own would be taken. In one process, which loads the DOM and msw once for both files.
  const inOne = { isolate: false, maxWorkers: 1, execArgv: V8_FLAGS };
  await add("vitest.config.mjs", `export default { test: ${JSON.stringify(inOne)} };`);
  const recipe = recipeOf(platform);
  for (const { file, code } of recipe) {
    await add(
      file,
      code
        .replace("provider: playwright()", `provider: playwright({ launchOptions: ${launchOptions} })`)
        .replace("  test: {", `${LESS_TO_LOAD}  test: {`),
    );
  }
  switch (platform) {
    case "commonjs": {
      const [test] = recipeOf("jest").filter(({ runner }) => runner === "jest");
      await add("import-file.test.js", `${test?.code}${JUDGED}`);
      const plugins = ["@babel/plugin-transform-modules-commonjs", "@babel/plugin-transform-dynamic-import"];
      await add("babel.config.json", JSON.stringify({ plugins }));
      break;
    }
    case "browsermode":
      await add("public/keep", "");
      await cp("node_modules/msw/lib/mockServiceWorker.js", join(directory, "public/mockServiceWorker.js"));
      break;
    case "playwright": {
      const app = Object.fromEntries(recipe.map(({ file, code }) => [file, code]));
      const { url, close } = await serveFiles({ ...app, "index.html": APP_PAGE });
      context.onTestFinished(close);
      await add(
        "playwright.config.mjs",
        `export default { reporter: "line", timeout: ${TIME}, use: { launchOptions: ${launchOptions} } };`,
      );
      for (const { file, code } of recipe) await add(file, code.replaceAll("http://127.0.0.1:3000", url));
    }
  }
  return directory;
}

/** Each in one file, where a browser would ask for a hundred; and no source maps. */
const LESS_TO_LOAD = `
  optimizeDeps: { include: ["msw > graphql", "msw > tough-cookie"] },
  plugins: [import(${JSON.stringify(resolve("test/browser/no-maps.mjs"))}).then(({ noMaps }) => noMaps)],
`;

/** The judge is loaded by `import()`, which Babel has to compile, too. */
const JUDGED = `
test("the app is judged", async () => {
  await importFile("https://example.com/cat.png", 0);
  expect(await mock.conduct()).toHaveProperty("result");
});`;

const APP_PAGE = `<button>Import</button><p role="status"></p>
<script type="module">
  import { importFile } from "./import-file.mjs";
  const told = document.querySelector("p");
  document.querySelector("button").onclick = async () => {
    told.textContent = await importFile("https://example.com/cat.png", 10).catch((error) => error.message);
  };
</script>`;

const runLine = (line: string, cwd: string) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((done) => {
    const PATH = [join(MODULES, ".bin"), ...Object.values(BINARIES), FLAGGED.PATH].join(":");
    const env = { ...FLAGGED, PATH, NO_COLOR: "1", VITEST: "", DENO_NO_UPDATE_CHECK: "1" };
    execFile("sh", ["-c", line], { cwd, env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
