import { spawn } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

/** Runs a script in a page, which fetches from another origin, and gives what its promise came to. */
export async function inPage(open, script) {
  let done = () => {};
  const told = new Promise((resolve) => {
    done = resolve;
  });
  const server = createServer(async (request, answer) => {
    if (request.method === "POST") {
      let text = "";
      for await (const chunk of request) text += chunk;
      answer.end();
      return done(text);
    }
    answer.setHeader("Content-Type", "text/html");
    answer.end(`<!doctype html><script type="module">
      const told = await (${script});
      await fetch("/done", { method: "POST", body: told });
    </script>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = await open(`http://127.0.0.1:${server.address().port}/`);
  const result = await told;
  await close();
  server.close();
  server.closeAllConnections();
  return result;
}

export async function openChromium(url) {
  const executablePath = await chromium.executablePath();
  const browser = await playwright.launch({ executablePath, args: chromium.args, headless: true });
  await (await browser.newPage()).goto(url);
  return () => browser.close();
}

/** All but loopback goes to a closed port: a new profile asks its maker for this and that. */
const ALONE = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 1,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 1,
  "network.proxy.no_proxies_on": "127.0.0.1",
};

/** As Debian calls it. */
const FIREFOX = "firefox-esr";

export async function openFirefox(url) {
  const directory = await mkdtemp(join(tmpdir(), "firefox-"));
  const profile = join(directory, "profile");
  await mkdir(profile);
  const lines = Object.entries(ALONE).map((pair) => `user_pref(${pair.map((one) => JSON.stringify(one)).join(", ")});`);
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const child = spawn(FIREFOX, ["--headless", "--no-remote", "--profile", profile, url], {
    stdio: "ignore",
    env: { ...process.env, HOME: directory },
  });
  return () => child.kill("SIGKILL");
}
