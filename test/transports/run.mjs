/**
 * What each transport makes of a connection that is reset, and whether its client notices: the table of docs/scenarios.md.
 * Run with `npm run try:transports` after a build; it takes a minute. What is not installed is left out: on Debian
 * `apt-get install curl firefox-esr golang-go php-cli php-curl python3-aiohttp python3-httpx python3-requests ruby`.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readScenarios } from "../../build/mocks/scenario-files.js";
import { startMock } from "../../build/mocks/server.js";
import { inPage, openChromium, openFirefox } from "./browsers.mjs";

const run = promisify(execFile);
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const IMPORT = "/files/v3/files/import-from-url/async";
const BODY = '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}';
const mock = await startMock({ scenarios: await readScenarios(), port: 0, pace: "polls" });

const command =
  (name, ...before) =>
  async (...request) =>
    (await run(name, [...before, ...request])).stdout.trim();
const python = (library) => command("/usr/bin/python3", file("python.py"), library);
const node = (library) => command(process.execPath, file("node.mjs"), library);

async function curl(warmUp, method, url) {
  const options = ["-s", "-o", "/dev/null", "-H", "Authorization: Bearer any", "-H", "Content-Type: application/json"];
  const data = method === "POST" ? ["-d", BODY] : [];
  const told = [...options, "-w", "%{exitcode} %{http_code}", ...data, url];
  const { stdout } = await run("curl", [...options, warmUp, "--next", ...told]).catch((error) => error);
  const [code, status] = stdout.trim().split(" ");
  return code === "0" ? status : `exit code ${code}`;
}

const browser =
  (open, connections = 1) =>
  (warmUp, method, url) =>
    inPage(
      open,
      `(async () => {
      const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
      const init = { method: ${JSON.stringify(method)}, headers, ${method === "POST" ? `body: ${JSON.stringify(BODY)}` : ""} };
      const urls = ${JSON.stringify([warmUp, ...Array(connections - 1).fill(warmUp.replace(/tasks\/[\w-]+/, "tasks/instant"))])};
      const warmUps = urls.map((url, index) => fetch(url + "?" + index, { headers }));
      for (const answer of await Promise.all(warmUps)) await answer.text();
      await new Promise((resolve) => setTimeout(resolve, 300));
      try { const answer = await fetch(${JSON.stringify(url)}, init); await answer.text(); return answer.status; }
      catch (error) { return error.name; }
    })()`,
    );

const TRANSPORTS = [
  ["Chromium", browser(openChromium)],
  ["Chromium, six connections", browser(openChromium, 6)],
  ["Firefox", browser(openFirefox)],
  ["Firefox, six connections", browser(openFirefox, 6)],
  ["Node `fetch`", node("fetch")],
  ["Node `http.Agent`", node("http")],
  ["`node-fetch` 2", node("node-fetch")],
  ["curl", curl],
  ["PHP `curl`", command("php", file("php.php"))],
  ["Python `urllib3`", python("urllib3")],
  ["Python `requests`", python("requests")],
  ["Python `httpx`", python("httpx")],
  ["Python `aiohttp`", python("aiohttp")],
  ["Ruby `Net::HTTP`", command("ruby", file("ruby.rb"), "kept")],
  ["Ruby `Net::HTTP`, a new connection each", command("ruby", file("ruby.rb"), "new")],
  ["Go `net/http`", command("go", "run", file("go.go"))],
];

/** What is tried: a poll that is reset, one that is cut in its body, and an import that is taken and reset. */
const TRIES = [
  { scenario: "connection-reset", method: "GET" },
  { scenario: "connection-reset-mid-body", method: "GET" },
  { scenario: "import-reset", method: "POST" },
];

let serial = 0;
async function attempt(send, { scenario, method }) {
  serial += 1;
  const session = mock.simulator.session(`try-${serial}`);
  const base = `${mock.url}/s/${session.name}${IMPORT}`;
  if (method === "POST") session.use(scenario);
  const status = `${base}/tasks/${method === "POST" ? "happy" : scenario}/status`;
  const told = await send(status, method, method === "POST" ? base : status);
  const entries = session.journal().entries();
  const reset = entries.filter(({ response, request }) => response.wire && request.method === method);
  return { told, attempts: reset.length, repeats: reset.filter(({ repeatOf }) => repeatOf !== undefined).length };
}

const only = process.argv.slice(2);
console.log("| transport | poll | half a poll | import | its caller is told |\n|---|---|---|---|---|");
for (const [name, send] of TRANSPORTS) {
  if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
  try {
    const tries = [];
    for (const one of TRIES) tries.push(await attempt(send, one));
    const told = [...new Set(tries.map((one) => one.told))].join(", ");
    console.log(`| ${name} | ${tries.map((one) => one.attempts).join(" | ")} | ${told} |`);
    if (tries.some(({ attempts, repeats }) => attempts - repeats !== 1)) throw new Error("the journal tells otherwise");
  } catch (error) {
    console.error(`${name}: ${error.message.split("\n")[0]}`);
  }
}
await mock.close();
process.exit();
