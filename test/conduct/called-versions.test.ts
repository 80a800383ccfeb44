import { expect, test } from "vitest";
import { conductOf } from "../../mocks/conduct.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import type { ConductReport } from "../../src/judge/report.js";
import { render } from "../../src/report/render.js";
import { clientResults } from "../../src/report/results.js";
import { callsSeveral } from "../../src/report/words.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { createClock } from "../clock.js";
import { runMock } from "../command.js";
import { directoryOf } from "../verify-command.js";

const scenarios = await readScenarios();

/** Polls tasks named after their scenarios, a second apart. @param polls the client, the version and the task of each */
async function conductAfter(polls: readonly (readonly [client: string, version: string, task: string])[]) {
  const clock = createClock();
  const simulator = createSimulator({ scenarios, now: clock.now });
  for (const [client, version, task] of polls) {
    clock.advance(1000);
    await simulator.handle(
      new Request(`https://api.hubapi.com${pathOf(version, task)}`, { headers: headersOf(client) }),
    );
  }
  return { conduct: conductOf(simulator), simulator };
}

const pathOf = (version: string, task: string) => `/files/${version}/files/import-from-url/async/tasks/${task}/status`;
const headersOf = (client: string) => ({ Authorization: "Bearer any", "X-Mock-Client": client });

test("conduct says which versions each client called, until when they are supported, and in no rule", async () => {
  const { conduct, simulator } = await conductAfter([
    ["old", "v3", "happy"],
    ["new", "2026-09", "happy"],
    ["old", "v3", "happy"],
    ["old", "2026-03", "happy"],
  ]);
  expect(conduct.clients.map(({ client, versions }) => [client, versions])).toEqual([
    [
      "old",
      [
        { version: "v3", requests: 2, supportedUntil: "2027-09", afterNotice: [] },
        { version: "2026-03", requests: 1, supportedUntil: "2027-09", afterNotice: [] },
      ],
    ],
    ["new", [{ version: "2026-09", requests: 1, supportedUntil: "2028-03", afterNotice: [] }]],
  ]);
  expect(conduct.result).toBe("pass");
  expect(conductOf(simulator, "default", "happy").clients.map((client) => "versions" in client)).toEqual([
    false,
    false,
  ]);
});

test("requests after a response with Deprecation or Sunset are listed, and break no rule", async () => {
  const { conduct } = await conductAfter([
    ["app", "2026-09", "version-sunset;after=9"],
    ["app", "v3", "version-sunset;after=9"],
    ["app", "2026-09", "version-sunset;after=9"],
    ["app", "v3", "version-sunset;after=9"],
  ]);
  expect(conduct.clients[0]?.versions?.map(({ version, afterNotice }) => [version, afterNotice])).toEqual([
    ["2026-09", []],
    ["v3", [4]],
  ]);
  expect(conduct.result).toBe("pass");
  const line =
    "2026-09 2 requests (supported until March 2028), v3 2 requests (supported until September 2027; 1 after a notice of its end: exchange 4)";
  const results = clientResults({ conduct });
  const text = render.text(results).replaceAll(/\n +/g, " ");
  expect(text).toContain(`not exercised ${line}`);
  expect(render.markdown(results)).toContain(`| ${line} |`);
  expect(render.html(results)).toContain(`<td>${line}</td>`);
  expect(JSON.parse(render.json(results)).conduct.clients[0].versions[1].afterNotice).toEqual([4]);
});

test("several are called where two versions are, or one whose end was announced", () => {
  const of = (version: string, ...afterNotice: number[]) => ({ version, requests: 1, afterNotice });
  const several = (...clients: NonNullable<ConductReport["versions"]>[]) =>
    callsSeveral(clients.map((versions) => ({ versions })));
  expect(several([of("v3")], [of("v3")])).toBe(false);
  expect(several([of("v3")], [of("2026-09")])).toBe(true);
  expect(several([of("v3", 2)])).toBe(true);
});

test("mock's last lines name versions only where there are several", async () => {
  const visit = async (...versions: readonly string[]) => {
    const { child, url, ended, stdout } = await runMock(["--fail-under", "0"], { cwd: await directoryOf() });
    for (const version of versions) await fetch(url + pathOf(version, "happy"), { headers: headersOf("app") });
    child.kill("SIGTERM");
    await ended;
    return stdout();
  };
  expect(await visit("v3")).not.toContain("supported until");
  expect(await visit("v3", "2025-09")).toContain(
    "    v3 1 request (supported until September 2027), 2025-09 1 request (supported until March 2027)\n",
  );
});

test("a path of another API has no version", () => {
  const request = { method: "GET", url: "https://api.hubapi.com/crm/v3/objects/contacts", headers: {} };
  expect(judgeConduct([{ startedAt: 0, durationMs: 1, request }]).versions).toEqual([]);
});
