import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { rolldown } from "rolldown";
import { build, createServer, type Rolldown } from "vite";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { startMock } from "../../mocks/client.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Browser, openBrowser, serveFiles } from "../browser/browser.js";
import { noMaps } from "../browser/no-maps.mjs";
import { frontendApp, quoted, recipeOf, snippetDirectory, VITEST_CONFIG } from "../snippets.js";
import { V8_FLAGS } from "../v8-flags.js";

const run = promisify(execFile);

/** What a new app of Vite's has already. */
const TEMPLATE = {
  "index.html": '<!doctype html><body><script type="module" src="/src/main.ts"></script></body>',
  "package.json": '{ "private": true, "type": "module" }',
};

const WARNING =
  '[hubspot-import-kit] The mock runs in production, so no file is imported into HubSpot. Start it only in development, as in if (import.meta.env.DEV) await import("./mock"). See docs/frameworks.';

/** A browser and Vite's server, on a machine of two cores. */
const PATIENCE = { timeout: 30_000 };

let browser: Browser;
/** Where Vite keeps what it has bundled: the apps import the same packages. */
let cacheDir: string;
beforeAll(async () => {
  browser = await openBrowser();
  cacheDir = resolve(await mkdtemp(".snippet-"));
  return () => Promise.all([browser.close(), rm(cacheDir, { recursive: true })]);
});

/** A new app in a folder of its own, with the snippets of docs/frontend.md as they stand. */
async function newApp(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = resolve(await snippetDirectory({ onTestFinished }));
  const files = { ...TEMPLATE, ...frontendApp, "vitest.config.ts": VITEST_CONFIG, ...changes };
  for (const [file, code] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), code);
  }
  // As `npx msw init public --save` does.
  await mkdir(join(root, "public"));
  await copyFile("node_modules/msw/lib/mockServiceWorker.js", join(root, "public/mockServiceWorker.js"));
  return root;
}

/** What `vite build` writes, by name, but for what it only copies. Vite takes a test's `NODE_ENV` for its own. */
async function built(root: string): Promise<Readonly<Record<string, string>>> {
  vi.stubEnv("NODE_ENV", "production");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { output } = (await build({
    root,
    configFile: false,
    logLevel: "silent",
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  return Object.fromEntries(
    output.map((file) => [file.fileName, file.type === "chunk" ? file.code : String(file.source)]),
  );
}

async function open(url: string): Promise<{ readonly page: Page; readonly lines: readonly string[] }> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", ({ message }) => lines.push(message));
  await page.clock.install();
  await page.goto(url);
  return { page, lines };
}

/** The address of Vite's development server. */
async function develop(root: string, configFile: string | false = false): Promise<string> {
  const server = await createServer({
    root,
    configFile,
    logLevel: "silent",
    cacheDir,
    plugins: [noMaps],
    server: { port: 0, host: "127.0.0.1", hmr: false, fs: { strict: false } },
  });
  onTestFinished(() => server.close());
  await server.listen();
  return server.resolvedUrls?.local[0] ?? "";
}

async function sees(page: Page, text: string): Promise<void> {
  await page.locator("output", { hasText: text }).waitFor();
}

test("the snippets of docs/frontend.md show a moving import in the browser, and name its states in the console", async () => {
  const { page, lines } = await open(await develop(await newApp()));
  await page.getByRole("button", { name: "Import" }).click();
  for (const text of ["PENDING", "PROCESSING", "Imported to /library/cat.png"]) {
    await sees(page, text);
    await page.clock.fastForward(2000);
  }
  const line = (method: string, note: string) =>
    expect.stringMatching(new RegExp(`^\\[MSW\\] [\\d:]+ ${method} /hubspot/files/v3/.* \\(%c${note}%c\\)`));
  await expect
    .poll(() => lines, PATIENCE)
    .toEqual(
      expect.arrayContaining([
        line("POST", "202 happy: a new task"),
        line("GET", "200 happy: PENDING"),
        line("GET", "200 happy: PROCESSING"),
        line("GET", "200 happy: COMPLETE"),
      ]),
    );
  await page.evaluate("mock.use('canceled')");
  await page.getByRole("button", { name: "Import" }).click();
  await sees(page, "PENDING");
  await page.clock.fastForward(20_000);
  await sees(page, "The file could not be fetched from its url.");
  expect(lines.join()).not.toContain("hubspot-import-kit");
});

test("docs/debugging.md quotes what the screen says without MSW's worker, and at another address", async () => {
  const root = await newApp({ "src/mock.ts": (frontendApp["src/mock.ts"] ?? "").replace('"/hubspot"', '"/hub"') });
  const { page } = await open(await develop(root));
  await page.getByRole("button", { name: "Import" }).click();
  await page.waitForFunction("document.querySelector('output').textContent");
  expect(quoted).toContain(await page.locator("output").textContent());

  await rm(join(root, "public"), { recursive: true });
  const without = await open(await develop(root));
  await expect.poll(() => without.lines.join("\n"), PATIENCE).toContain("Failed to register");
  for (const text of quoted.filter((text) => /register the Service Worker|MIME/.test(text))) {
    expect(without.lines.join("\n")).toContain(text);
  }
});

test("the tests of docs/frontend.md pass beside it", async () => {
  const root = await newApp();
  const args = [...V8_FLAGS, "node_modules/vitest/vitest.mjs", "run", "--root", root];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, NO_COLOR: "1", VITEST: "" } });
  expect(stdout).toMatch(/Tests\s+2 passed/);
});

test("Vite forwards the app's requests to a mock server, which needs to know the page's address", async () => {
  const config = Object.fromEntries(recipeOf("viteproxy").map(({ file, code }) => [file, code]));
  const scenarios = await readScenarios();
  const shown = async (publicUrl?: string) => {
    const mock = await startMock({ port: 0, pace: "polls", scenarios, ...(publicUrl !== undefined && { publicUrl }) });
    onTestFinished(mock.close);
    const viteConfig = (config["vite.config.ts"] ?? "").replace("http://127.0.0.1:4010", mock.url);
    const root = await newApp({ "vite.config.ts": viteConfig, "src/mock.ts": "" });
    const { page } = await open(await develop(root, join(root, "vite.config.ts")));
    await page.getByRole("button", { name: "Import" }).click();
    await page.waitForFunction("document.querySelector('output').textContent");
    const [exchange] = await mock.journal();
    return [await page.locator("output").textContent(), exchange?.response.status, exchange?.reason];
  };
  expect(await shown("http://localhost:5173/hubspot")).toEqual([
    "PENDING",
    202,
    "Scenario happy, the session's default, starts a task.",
  ]);
  expect(await shown()).toEqual([
    expect.stringContaining("is not valid JSON"),
    404,
    expect.stringContaining("start the mock with --public-url http://HOST/hubspot."),
  ]);
});

test("vite build leaves no byte of the mock", async () => {
  const files = await built(await newApp());
  const guard = /^if \(import\.meta\.env\.DEV\).*\n/m;
  expect(frontendApp["src/main.ts"]).toMatch(guard);
  const without = await built(await newApp({ "src/main.ts": (frontendApp["src/main.ts"] ?? "").replace(guard, "") }));
  expect(Object.values(files)).toEqual(Object.values(without));
  expect(Object.values(files).join()).toContain("import-from-url");
});

test("vite build with the page's configuration leaves out MSW's worker, too", async () => {
  const config = Object.fromEntries(recipeOf("vite").map(({ file, code }) => [file, code]));
  const root = await newApp({ "vite.config.ts": config["vite.config.ts"] ?? "" });
  const env = { ...process.env, NODE_ENV: "" };
  await run(process.execPath, [resolve("node_modules/vite/bin/vite.js"), "build"], { cwd: root, env });
  const files = await readdir(join(root, "dist"), { recursive: true });
  expect(files.sort()).toEqual(["assets", expect.stringMatching(/^assets\/index-[\w-]+\.js$/), "index.html"]);
});

test("a mock that is built for production all the same says so, once", async () => {
  const main = `import "./mock"; import { handlers } from "hubspot-import-kit/msw"; import { getResponse } from "msw";
    await getResponse([...handlers], new Request("https://api.hubapi.com/files/v3/files/import-from-url/async", { method: "POST" }));
    document.body.append("ready");`;
  const files = await serveFiles(await built(await newApp({ "src/main.ts": main })));
  onTestFinished(files.close);
  const { page, lines } = await open(files.url);
  await page.getByText("ready").waitFor();
  expect(lines.filter((line) => line.includes("hubspot-import-kit"))).toEqual([WARNING]);
});

test.each([
  ["production", `${WARNING}\n`],
  ["test", ""],
])("in Node under NODE_ENV=%s, two mocks warn as they should", async (NODE_ENV, warned) => {
  const code = 'import { createImportMock } from "hubspot-import-kit/msw"; createImportMock(); createImportMock();';
  const env = { ...process.env, NODE_ENV };
  const { stderr } = await run(process.execPath, ["--input-type=module", "--eval", code], { env });
  expect(stderr).toBe(warned);
});

test("another bundler's recipe mocks the page in development, and leaves nothing of the mock for production", async () => {
  const root = await newApp(Object.fromEntries(recipeOf("bundler").map(({ file, code }) => [file, code])));
  const bundled = async (NODE_ENV: string) => {
    const bundle = await rolldown({
      input: join(root, "src/main.js"),
      platform: "browser",
      transform: { define: { "process.env.NODE_ENV": JSON.stringify(NODE_ENV) } },
    });
    const { output } = await bundle.generate({ format: "esm", minify: NODE_ENV === "production" });
    return Object.fromEntries(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file.code]] : [])));
  };
  expect(Object.keys(await bundled("production"))).toEqual(["main.js"]);
  const worker = await readFile("node_modules/msw/lib/mockServiceWorker.js", "utf8");
  const index = '<!doctype html><body><script type="module" src="/main.js"></script>';
  const files = await serveFiles({
    ...(await bundled("development")),
    "mockServiceWorker.js": worker,
    "index.html": index,
  });
  onTestFinished(files.close);
  const { page } = await open(files.url);
  await page.getByText("your app").waitFor();
  const path = "/hubspot/files/v3/files/import-from-url/async/tasks/happy/status";
  const poll = `fetch("${path}", { headers: { Authorization: "Bearer any" } }).then((response) => response.json())`;
  expect(await page.evaluate(poll)).toMatchObject({ status: "PENDING" });
  expect(await page.evaluate("mock.conduct().then(({ result }) => result)")).toBe("pass");
});

const next = Object.fromEntries(recipeOf("next").map(({ file, code }) => [file, code]));

test.each([
  ["next", "src/instrumentation-client.ts", "process.env.NODE_ENV", '"development"', '"production"'],
  ["sveltekit", "src/hooks.client.ts", "import.meta.env.DEV", "true", "false"],
  ["nuxt", "app/plugins/mock.client.ts", "import.meta.dev", "true", "false"],
  ["angular", "src/main.ts", "ngDevMode", "true", "false"],
])("a bundle of the recipe for %s has the mock in development alone", async (framework, input, guard, yes, no) => {
  const recipe = Object.fromEntries(recipeOf(framework).map(({ file, code }) => [file, code]));
  const root = await newApp({ "app/mock.ts": frontendApp["src/mock.ts"] ?? "", ...recipe });
  const chunks = async (value: string) => {
    const bundle = await rolldown({
      input: join(root, input),
      external: /^(msw|hubspot-import-kit|@angular|\.\/app\/)/,
      transform: { define: { [guard]: value } },
    });
    const { output } = await bundle.generate({ format: "esm" });
    return output.flatMap((file) => (file.type === "chunk" && !file.isEntry ? file.name : []));
  };
  expect([await chunks(yes), await chunks(no)]).toEqual([["mock"], []]);
});

test("Next's page for the server imports the mock in a block of if, which webpack leaves out for the edge runtime", () => {
  const [, block = ""] =
    /^ {2}if \(process\.env\.NEXT_RUNTIME === "nodejs" && .*\) \{\n((?: {4}.*\n)+) {2}\}$/m.exec(
      next["src/instrumentation.ts"] ?? "",
    ) ?? [];
  expect(block.match(/await import\(.*\)/g)).toEqual([
    'await import("hubspot-import-kit/msw")',
    'await import("msw/node")',
  ]);
});

test.each([
  ["development", '"status":"PENDING"'],
  ["production", "no mock"],
])("Next's page for the server mocks HubSpot under NODE_ENV=%s as it should", async (NODE_ENV, printed) => {
  const root = await newApp({
    ...next,
    "run.ts": `import { register } from "./src/instrumentation.ts";
      await register();
      globalThis.fetch = process.env.NODE_ENV === "development" ? fetch : async () => new Response("no mock");
      const answer = await fetch("https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/happy/status", { headers: { Authorization: "Bearer any" } });
      console.log(await answer.text());`,
  });
  const bundle = await rolldown({
    input: join(root, "run.ts"),
    platform: "node",
    external: /^(msw|hubspot-import-kit)/,
  });
  await bundle.write({ file: join(root, "run.mjs"), codeSplitting: false });
  const env = { ...process.env, NODE_ENV, NEXT_RUNTIME: "nodejs" };
  const { stdout } = await run(process.execPath, [join(root, "run.mjs")], { env });
  expect(stdout).toContain(printed);
});
