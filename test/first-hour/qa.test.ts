import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runMock } from "../command.js";

const run = promisify(execFile);

/** The commands of a page's `console` blocks in their order, each with what the page says that the screen shows. */
async function readScreens(page: string) {
  const text = await readFile(page, "utf8");
  const blocks = [...text.matchAll(/```console\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = "", ...lines] = part.split("\n");
        return { command, screen: lines.join("\n") };
      }),
  );
}

/** A screen without what differs from run to run. */
function settled(screen: string): string {
  return screen
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:4010")
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "DATE")
    .replace(/\b\d\d:\d\d:\d\d\b/g, "hh:mm:ss")
    .replace(/"correlationId":"[^"]+"/g, '"correlationId":"UUID"')
    .replace(/\bbX[\w-]{40,}/g, "ID")
    .replace(/curl\/[\d.]+/g, "curl/VERSION")
    .replace(/ {2}\d+[smh] +(?=\d)/g, "  AGE  ");
}

const CONDUCT =
  /^(✗ .*\n\n)?Clients\n {2}curl\/[\d.]+ \(session default\): \d+ rules? passed, .*\n\n\d+ (clients?|rules?) .*\.\n$/s;

test("a QA engineer with curl alone sees what docs/first-hour.md shows, from the start to the mistakes that people make", async () => {
  const [start, ...steps] = await readScreens("docs/first-hour.md");
  if (!start) throw new Error("The page starts no mock.");
  const { url, printed } = await runMock(["--pace", "polls"]);
  const first = await printed("cancel it, and poll it twice");
  expect(settled(first)).toContain(start.screen);
  const shell: string[] = [];
  for (const { command, screen } of steps) {
    const line = command.replaceAll("http://127.0.0.1:4010", url);
    if (/^[A-Z]+=/.test(line)) shell.push(line);
    else {
      const { stdout, stderr } = await run("sh", ["-c", [...shell, line].join("\n")]);
      // Whether a client is hasty depends on how fast this machine is: of its conduct the form is compared.
      if (command.includes("/conduct")) expect(stdout + stderr).toMatch(CONDUCT);
      else expect(settled(stdout + stderr), command).toBe(settled(screen));
    }
  }
  const commands = first.split("\n").filter((line) => line.startsWith("  curl "));
  expect(commands).toHaveLength(10);
  const asked = commands.at(-1) ?? "";
  for (const command of commands.slice(0, -1)) {
    expect(command).toMatch(/^ {2}curl -sS /);
    const { stdout } = await run("sh", ["-c", command]);
    expect(stdout, command).toMatch(command.includes("/answers") ? /^$/ : /\n$/);
    expect(stdout, command).not.toContain('"status":"error"');
    expect(stdout, command).not.toContain("urn:hubspot-import-kit");
  }
  const twice = [await run("sh", ["-c", asked]), await run("sh", ["-c", asked])];
  expect(twice[0]?.stdout).toContain('"errorType":"RATE_LIMIT"');
  expect(twice[1]?.stdout).toContain('"status":"CANCELED"');
  // What happened is in the mock's own terminal, too.
  const log = await printed("CANCELED stuck-pending (task)");
  expect(log).toMatch(/^\d\d:\d\d:\d\d POST \S+ 202 happy \(default\) task happy#1$/m);
  expect(log).toMatch(/^\d\d:\d\d:\d\d GET \S+\/stuck-pending#2\/status 429 .* Retry-After: 5 - /m);
});
