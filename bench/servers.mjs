import { fork } from "node:child_process";
import { on, once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const IMPORT = "/files/v3/files/import-from-url/async";
export const AUTH = { Authorization: "Bearer any" };
export const CAT = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" });
export const statusOf = (task) => `${IMPORT}/tasks/${task}/status`;

/** The directory for what servers and commands write; removed, and the servers stopped, however the run ends. */
const scratch = mkdtempSync(join(tmpdir(), "hubspot-import-kit-bench-"));
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
export const scratchFile = (name) => join(scratch, name);

/**
 * Returns a build of the kit as its package describes it: the command and the entries. @throws if the directory has
 * none
 */
export function kitAt(directory) {
  const manifest = join(directory, "package.json");
  const { version, bin, exports } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {};
  const command = resolve(directory, bin?.["hubspot-import-kit"] ?? "");
  if (!command.endsWith(".js") || !existsSync(command))
    throw new Error(`No build of hubspot-import-kit is in ${directory}`);
  const file = (entry) => resolve(directory, exports[entry].default);
  return { version, bin: command, file, url: (entry) => pathToFileURL(file(entry)).href };
}

/** The servers that need no installation: a name, and the command for a port. */
export const mock = (kit, ...options) => ({
  name: "hubspot-import-kit",
  command: (port) => [kit.bin, "mock", "--port", port, ...(options.length > 0 ? options : ["--quiet"])],
});
const installed = (name) => JSON.parse(readFileSync(here(`../node_modules/${name}/package.json`), "utf8"));
export const versions = Object.fromEntries(
  ["@stoplight/prism-cli", "msw", "autocannon"].map((name) => [name, installed(name).version]),
);
const PRISM = here(`../node_modules/@stoplight/prism-cli/${installed("@stoplight/prism-cli").bin.prism}`);
export const stock = {
  name: "prism mock",
  command: (port) => [PRISM, "mock", "-p", port, here("../spec/openapi.yaml")],
};
export const bare = (response) => ({
  name: "bare node:http",
  command: (port) => [here("bare.mjs"), port, JSON.stringify(response)],
});

/**
 * Starts a server on a free port, in a separate process, and waits until it responds. Its log goes to a file.
 *
 * @returns its url, `measure` (processor time in µs and resident memory in bytes, so far) and `stop`
 */
export async function start({ name, command }, { isProbed = true, headers = AUTH } = {}) {
  const port = `${await freePort()}`;
  const [script, ...args] = await command(port);
  const logFile = scratchFile(`${port}.log`);
  const log = openSync(logFile, "w");
  const execArgv = isProbed ? ["--import", pathToFileURL(here("probe.mjs")).href] : [];
  const began = performance.now();
  const child = fork(script, args, { execArgv, stdio: ["ignore", log, log, "ipc"] });
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  running.add(child);
  child.once("exit", () => running.delete(child));
  while (!(await answers(url, headers))) {
    if (!running.has(child)) throw new Error(`${name} ended: ${readFileSync(logFile, "utf8")}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  return {
    name,
    url,
    startedInMs: performance.now() - began,
    async measure() {
      // A server may send other messages.
      const asked = performance.now();
      child.send({ asked });
      for await (const [message] of on(child, "message")) if (message.asked === asked) return message;
    },
    async stop() {
      child.kill("SIGKILL");
      if (running.has(child)) await once(child, "exit");
    },
  };
}

/** Starts some servers, calls a function with them, and always stops them. */
export async function withServers(specifications, use) {
  const servers = [];
  try {
    for (const one of specifications) servers.push(await start(one));
    return await use(servers);
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** Returns the raw response to a request, without what Node adds by itself. */
export function ask(url, { method = "GET", headers = AUTH, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      const pairs = response.rawHeaders.flatMap((one, at) => (at % 2 ? [] : [[one, response.rawHeaders[at + 1]]]));
      const own = pairs.filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name));
      resolve({ status: response.statusCode, headers: Object.fromEntries(own), body: text });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Starts an import and returns its id. */
export async function importOne({ url }, headers = {}) {
  const all = { ...AUTH, "Content-Type": "application/json", ...headers };
  return JSON.parse((await ask(url + IMPORT, { method: "POST", headers: all, body: CAT })).body).id;
}

/** Whether the server listens. @throws if it responds with anything but 200 */
const answers = (url, headers) =>
  ask(url + statusOf("instant"), { headers }).then(
    ({ status, body }) => {
      if (status !== 200) throw new Error(`${url} responded ${status}: ${body}`);
      return true;
    },
    () => false,
  );

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
