/** Validators and testers of the table that the suite does not run: each says which answers to a status call it accepts. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const STATUS = "/files/v3/files/import-from-url/async/tasks/NAME/status";
const HEADERS = { Authorization: "Bearer any" };
const statusPath = (name) => STATUS.replace("NAME", encodeURIComponent(name));

/** @param status the response's, which `validateResponse` can do without */
export async function openapiBackend(contract, answers, { quick, status }) {
  const { OpenAPIBackend } = await import("openapi-backend");
  const api = new OpenAPIBackend({ definition: contract, quick, strict: true, ajvOpts: { logger: false } });
  await api.init();
  return Object.keys(answers).filter(
    (name) => api.validateResponse(answers[name], "checkImportStatus", status).valid === true,
  );
}

/** Answers as examples in files of their own. */
export async function specmatic(contract, answers) {
  const directory = await mkdtemp(join(tmpdir(), "specmatic-"));
  const names = Object.keys(answers);
  for (const [index, name] of names.entries()) {
    const example = {
      "http-request": { method: "GET", path: STATUS.replace("NAME", `task${index}`), headers: HEADERS },
      "http-response": { status: 200, headers: { "Content-Type": "application/json" }, body: answers[name] },
    };
    await writeFile(join(directory, `${index}.json`), JSON.stringify(example));
  }
  const args = ["examples", "validate", "--spec-file", contract, "--examples-dir", directory];
  const { stdout } = await java([...args, "--examples-to-validate", "EXTERNAL"], directory);
  await rm(directory, { recursive: true });
  const wrong = new Set([...stdout.matchAll(/Example directory - '.*?(\d+)\.json'/g)].map(([, index]) => names[index]));
  const [, valid] = /(\d+) example\(s\) are valid/.exec(stdout) ?? [];
  if (Number(valid) !== names.length - wrong.size) throw new Error(stdout.slice(-2000));
  return names.filter((name) => !wrong.has(name));
}

const JAR = new URL("../node_modules/specmatic/specmatic.jar", import.meta.url).pathname;

/** Specmatic exits with 1 where an example is wrong. */
const java = (args, cwd) =>
  promisify(execFile)("java", ["-jar", JAR, ...args], { cwd, maxBuffer: 2 ** 26 }).catch((error) => error);

/** Answers of a server behind Prism's proxy, which replaces those that break the contract. */
export async function prismProxy(contract, answers) {
  const upstream = createServer(({ url }, response) => {
    const [, name] = /tasks\/(.*)\/status$/.exec(url) ?? [];
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(answers[decodeURIComponent(name)]));
  });
  const target = `http://127.0.0.1:${await listening(upstream)}`;
  const prism = await started(["proxy", contract, target, "--errors"]);
  const accepted = [];
  for (const name of Object.keys(answers)) {
    const { status } = await fetch(`${prism.url}${statusPath(name)}`, { headers: HEADERS });
    if (status === 200) accepted.push(name);
  }
  prism.end();
  upstream.close();
  return accepted;
}

const MADE = 100;

/** Answers that Prism makes up, from the contract's examples or as its schemas are. */
export async function prismMock(contract, ...words) {
  const prism = await started(["mock", contract, ...words]);
  const made = [];
  for (let index = 0; index < MADE; index += 1) {
    made.push(await (await fetch(`${prism.url}${statusPath("any")}`, { headers: HEADERS })).json());
  }
  prism.end();
  return made;
}

const CLI = new URL("../node_modules/@stoplight/prism-cli/dist/index.js", import.meta.url).pathname;

async function started([command, ...words]) {
  const port = await freePort();
  const child = spawn(process.execPath, [CLI, command, "--port", port, "--host", "127.0.0.1", ...words]);
  let told = "";
  await new Promise((resolve, reject) => {
    const listen = (chunk) => {
      told += chunk;
      if (told.includes("Prism is listening")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", () => reject(new Error(told.slice(-2000))));
  });
  return { url: `http://127.0.0.1:${port}`, end: () => child.kill("SIGKILL") };
}

/** Answers that Specmatic's mock makes up. */
export async function specmaticMock(contract) {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), "specmatic-"));
  const args = ["-jar", JAR, "mock", contract, "--port", port, "--host", "127.0.0.1"];
  const child = spawn("java", args, { cwd: directory, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}${statusPath("any")}`;
  const made = [];
  for (let tries = 0; made.length < MADE; ) {
    const response = await fetch(url, { headers: HEADERS, signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
    if (response !== undefined) made.push(await response.json());
    else if (++tries > 200) throw new Error("Specmatic's mock did not start.");
    else await new Promise((resolve) => setTimeout(resolve, 300));
  }
  child.kill("SIGKILL");
  await rm(directory, { recursive: true });
  return made;
}

async function freePort() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

async function listening(server) {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server.address().port;
}
