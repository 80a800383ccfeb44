import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { watchScenarios } from "../mocks/watch-scenarios.js";
import type { TaskStatus } from "../src/contract/contract.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";
import { runMock } from "./command.js";
import { IMPORT } from "./doors.js";

const ending = (state: string) => `summary: s\nsteps:\n  - state: PENDING\n    for: 1s\n  - state: ${state}\n`;

/** What a watcher tells, one thing after the other. */
function told() {
  const heard: string[] = [];
  let ring = () => {};
  return {
    tell(text: string) {
      heard.push(text);
      ring();
    },
    async next(): Promise<string> {
      while (heard.length === 0) await new Promise<void>((resolve) => (ring = resolve));
      return heard.shift() ?? "";
    },
  };
}

async function watched() {
  const directory = await mkdtemp(join(tmpdir(), "watched-"));
  const write = (name: string, text: string) => writeFile(join(directory, name), text);
  await write("mine.yaml", ending("COMPLETE"));
  const clock = createClock();
  const simulator = createSimulator({ scenarios: await readScenarios(directory), scenario: "mine", now: clock.now });
  const { tell, next } = told();
  const watcher = await watchScenarios(directory, {
    onChange(scenarios) {
      simulator.reload(scenarios);
      tell("changed");
    },
    onProblem: tell,
  });
  onTestFinished(async () => {
    await watcher.close();
    await rm(directory, { recursive: true });
  });
  const look = async (id: string) => {
    const request = new Request(`https://api.hubapi.com${IMPORT}/tasks/${id}/status`, {
      headers: { Authorization: "Bearer any" },
    });
    return (await (await simulator.handle(request)).json()) as TaskStatus & { readonly message?: string };
  };
  return { directory, write, next, look, clock, simulator };
}

test("a changed file is read anew; a task goes on under what it says then", async () => {
  const { write, next, look, clock, simulator } = await watched();
  expect((await look("mine")).status).toBe("PENDING");
  await write("mine.yaml", ending("CANCELED"));
  expect(await next()).toBe("changed");
  clock.advance(1000);
  expect((await look("mine")).status).toBe("CANCELED");
  expect(simulator.tasks()).toMatchObject([{ id: "mine", polls: 2, status: "CANCELED" }]);
});

test("an invalid file is reported with its line, and the last good version stays in use", async () => {
  const { directory, write, next, look, clock } = await watched();
  await write("mine.yaml", ending("FAILED"));
  const broken = await next();
  expect(broken).toContain(`${join(directory, "mine.yaml")}:5 /steps/1/state: must be one of PENDING, `);
  expect(broken).toContain('; got "FAILED"');
  await look("mine");
  clock.advance(1000);
  expect((await look("mine")).status).toBe("COMPLETE");
  await write("mine.yaml", ending("CANCELED"));
  expect(await next()).toBe("changed");
});

test("a new file joins, and the task of one that has gone is kept", async () => {
  const { directory, write, next, look } = await watched();
  const id = (await look("mine")).taskId;
  await write("other.yaml", ending("COMPLETE"));
  expect(await next()).toBe("changed");
  expect((await look("other")).status).toBe("PENDING");
  await rm(join(directory, "mine.yaml"));
  expect(await next()).toBe("changed");
  expect((await look(id)).status).toBe("PENDING");
  expect((await look("mine~2")).message).toContain("Provided ID could not be decoded.");
});

test("a directory that is put in place of the watched one is watched on", async () => {
  const { directory, write, next, look } = await watched();
  await rm(directory, { recursive: true });
  // Gone: told once as unreadable, in whatever number of steps its files went.
  let said = await next();
  while (!said.includes("cannot be read") && !said.includes("contains no")) said = await next();
  await mkdir(directory);
  await write("mine.yaml", ending("CANCELED"));
  while (said !== "changed") said = await next();
  await write("mine.yaml", ending("COMPLETE"));
  while ((await look("mine")).status !== "PENDING") await next();
  expect(await next()).toBe("changed");
});

/** Root reads everything, unless it gives that up. */
const UNPRIVILEGED = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

test.runIf(process.platform === "linux")(
  "a directory whose parent may not be read is served, and followed",
  async () => {
    const parent = await mkdtemp(join(tmpdir(), "closed-"));
    const directory = join(parent, "scenarios");
    await mkdir(directory);
    await writeFile(join(directory, "mine.yaml"), ending("COMPLETE"));
    await chmod(parent, 0o311);
    onTestFinished(async () => {
      await chmod(parent, 0o700);
      await rm(parent, { recursive: true });
    });
    const { url, printed, stderr } = await runMock(["--scenarios", directory], { under: UNPRIVILEGED });
    await printed("tasks/canceled/status");
    await writeFile(join(directory, "other.yaml"), ending("COMPLETE"));
    await printed(`read ${directory} again`);
    const headers = { Authorization: "Bearer any" };
    expect((await fetch(`${url}${IMPORT}/tasks/other/status`, { headers })).status).toBe(200);
    expect(stderr()).toBe("");
  },
);

test("a mounted ConfigMap is read, and read anew when Kubernetes swaps its link", async () => {
  const directory = await mkdtemp(join(tmpdir(), "mounted-"));
  const at = (name: string) => join(directory, name);
  const put = async (version: string, state: string) => {
    await mkdir(at(version));
    await writeFile(at(`${version}/patience.yaml`), ending(state));
    await symlink(version, at("..data_tmp"));
    await rename(at("..data_tmp"), at("..data"));
  };
  await put("..2026_11_27", "COMPLETE");
  await symlink("..data/patience.yaml", at("patience.yaml"));
  const endOf = (scenarios: readonly Scenario[]) =>
    scenarios.find(({ name }) => name === "patience")?.steps.at(-1)?.state;
  expect(endOf(await readScenarios(directory))).toBe("COMPLETE");
  const { tell, next } = told();
  const watcher = await watchScenarios(directory, {
    onChange: (scenarios) => tell(endOf(scenarios) ?? "none"),
    onProblem: tell,
  });
  onTestFinished(async () => {
    await watcher.close();
    await rm(directory, { recursive: true });
  });
  await put("..2026_11_28", "CANCELED");
  expect(await next()).toBe("CANCELED");
});
