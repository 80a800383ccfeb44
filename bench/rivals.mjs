import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort, IMPORT, scratchFile } from "./servers.mjs";

const run = promisify(execFile);
const STATUS = `${IMPORT}/tasks/:taskId/status`;

/** Not in our lock file, since Mockoon alone takes 111 MB: installed once, outside of the project, without scripts. */
const PINNED = {
  Mockoon: { package: "@mockoon/cli", version: "9.9.0", bin: "bin/run.js", command: mockoon },
  mountebank: { package: "mountebank", version: "2.9.1", bin: "bin/mb", command: mountebank },
};

/**
 * Returns servers that respond to the status route with `response`, each as in its own documentation.
 *
 * @returns specifications for `start`; servers that cannot be installed are omitted, with a message
 */
export async function installRivals(response, tell) {
  const server = fileURLToPath(new URL("msw-server.mjs", import.meta.url));
  const rivals = [{ name: "MSW on node:http", command: (port) => [server, port, STATUS, JSON.stringify(response)] }];
  for (const [name, { package: id, version, bin, command }] of Object.entries(PINNED)) {
    const directory = join(tmpdir(), "hubspot-import-kit-rivals", `${id.replace("/", "+")}-${version}`);
    const script = join(directory, "node_modules", id, bin);
    try {
      // npm writes it last.
      if (!existsSync(join(directory, "node_modules/.package-lock.json"))) {
        tell(`installing ${id} ${version} into ${directory}`);
        await mkdir(directory, { recursive: true });
        const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", directory];
        await run("npm", ["install", ...flags, `${id}@${version}`], { cwd: directory, timeout: 180_000 });
      }
      rivals.push({
        name: `${name} ${version}`,
        command: async (port) => [script, ...(await command(port, response))],
      });
    } catch (error) {
      const [reason] = (error.stderr || error.message).split("\n");
      tell(`${id} ${version} is omitted, because it cannot be installed: ${reason}`);
    }
  }
  return rivals;
}

function mockoon(port, { status, headers, body }) {
  const answer = {
    uuid: "r",
    statusCode: status,
    body,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    bodyType: "INLINE",
    disableTemplating: true,
    default: true,
  };
  const route = { uuid: "s", type: "http", method: "get", endpoint: STATUS.slice(1), responses: [answer] };
  const environment = { uuid: "e", lastMigration: 33, name: "status", port: Number(port), routes: [route] };
  const file = fileOf("mockoon.json", environment);
  return ["start", "--data", file, "--repair", "--disable-log-to-file", "--hostname", "127.0.0.1", "--port", port];
}

async function mountebank(port, { status, headers, body }) {
  // Without the header it closes the connection after each response.
  const is = { statusCode: status, headers: { ...headers, Connection: "keep-alive" }, body };
  const predicates = [{ matches: { method: "GET", path: `^${STATUS.replace(":taskId", "[^/]+")}$` } }];
  const imposter = {
    port: Number(port),
    protocol: "http",
    host: "127.0.0.1",
    stubs: [{ predicates, responses: [{ is }] }],
  };
  const file = fileOf("mountebank.json", { imposters: [imposter] });
  const admin = [
    "--port",
    `${await freePort()}`,
    "--host",
    "127.0.0.1",
    "--nologfile",
    "--pidfile",
    scratchFile("mb.pid"),
  ];
  return ["start", ...admin, "--configfile", file];
}

function fileOf(name, value) {
  const file = scratchFile(name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}
