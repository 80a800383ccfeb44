import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianCommand } from "../debian.js";
import { openBrowser } from "./browser.js";

/** Opens a page in a browser without a screen, with a profile of its own. @returns how to end it */
type Open = (url: string) => Promise<() => Promise<void>>;

/** The three engines; undefined where this system has no such browser, for which the reason is printed. */
export const ENGINES: Readonly<Record<"Chromium" | "Firefox" | "WebKit", Open | undefined>> = {
  Chromium: async (url) => {
    const browser = await openBrowser();
    await browser.newUnfollowedPage(url);
    return () => browser.close();
  },
  Firefox: firefox(debianCommand("firefox-esr")),
  WebKit: webKit(debianCommand("WebKitWebDriver", "webkit2gtk-driver"), debianCommand("Xvfb", "xvfb")),
};

/** What Firefox starts for a person who stays: other processes, pages, lists and models. It takes half of its time. */
const UNNEEDED = {
  "dom.ipc.processCount": 1,
  "dom.ipc.processPrelaunch.enabled": false,
  "browser.startup.page": 0,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.search.update": false,
  "browser.sessionstore.enabled": false,
  "browser.urlbar.quicksuggest.enabled": false,
  "browser.ml.enable": false,
  "app.normandy.enabled": false,
  "services.settings.server": "data:,",
  "extensions.enabledScopes": 0,
  "extensions.installDistroAddons": false,
};

function firefox(command: string | undefined): Open | undefined {
  if (command === undefined) return undefined;
  return async (url) => {
    const { home, end } = createHome();
    const profile = join(home, "profile");
    mkdirSync(profile);
    // All but this machine is sent to a port that is closed.
    const preferences = {
      "network.proxy.type": 1,
      ...{ "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 1 },
      ...{ "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 1 },
      "network.proxy.no_proxies_on": "127.0.0.1",
      "datareporting.policy.dataSubmissionEnabled": false,
      "browser.shell.checkDefaultBrowser": false,
      ...UNNEEDED,
    };
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
    writeFileSync(join(profile, "user.js"), lines.join("\n"));
    const child = spawn(command, ["--headless", "--no-remote", "--profile", profile, url], {
      stdio: "ignore",
      env: { ...process.env, HOME: home },
    });
    // Asked to end, it would write its profile first.
    return () => end("SIGKILL", child);
  };
}

/** Debian's is Safari's engine with a small window around it, which needs a screen. */
function webKit(driver: string | undefined, screen: string | undefined): Open | undefined {
  if (driver === undefined || screen === undefined) return undefined;
  const below = (directory: string, name: RegExp) =>
    readdirSync(directory).flatMap((one) => (name.test(one) ? [join(directory, one)] : []));
  const [miniBrowser] = below("/usr/lib", /-linux-gnu/)
    .flatMap((directory) => below(directory, /^webkit2gtk-/))
    .flatMap((directory) => below(directory, /^MiniBrowser$/));
  if (miniBrowser === undefined) return undefined;
  return async (url) => {
    const { home, end } = createHome();
    const display = spawn(screen, ["-displayfd", "1", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
    const number = await new Promise((told) => display.stdout?.once("data", (line) => told(String(line).trim())));
    const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, DISPLAY: `:${number}` };
    const child = spawn(miniBrowser, [url], { stdio: "ignore", env });
    return () => end("SIGTERM", child, display);
  };
}

function createHome() {
  const home = mkdtempSync(join(tmpdir(), "engine-"));
  return {
    home,
    async end(signal: NodeJS.Signals, ...children: readonly ChildProcess[]) {
      for (const child of children) {
        const gone = new Promise((done) => child.once("exit", done));
        if (child.exitCode === null && child.kill(signal)) await gone;
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
