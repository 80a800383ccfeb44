import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { parseScenario } from "../src/scenario/parse.js";
import { consoleFile, rowsOf, stateOf } from "./console-page.js";

const file = consoleFile();

describe("a person sees and steers tasks", () => {
  test("a new task is started by its scenario, and moves before their eyes", async () => {
    const { page, href, session, problems } = await file.open();
    await page.goto(href("tasks"));
    await page.getByRole("heading", { name: "No imports yet" }).waitFor();
    await page.getByRole("button", { name: "Freeze" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor();
    await page.getByRole("button", { name: "New task" }).first().click();
    await page.keyboard.type("429 second retry-after");
    await page.getByRole("listbox", { name: "Scenario" }).selectOption("rate-limited");
    await page.getByLabel("retryAfter").fill("7s");
    await page.getByRole("button", { name: "Start import" }).click();
    await page.getByRole("heading", { name: "rate-limited" }).waitFor();
    const [task] = session.tasks();
    expect(task?.scenario).toBe("rate-limited;retryAfter=7s");
    await expect.poll(() => stateOf(page)).toBe("PENDING");
    await page.getByRole("button", { name: "+1 s" }).click();
    await expect.poll(() => stateOf(page)).toBe("PROCESSING");
    await page.getByRole("button", { name: "+10 s" }).click();
    await expect.poll(() => stateOf(page)).toBe("COMPLETE");
    expect(problems).toEqual([]);
  });

  test("Enter in the search starts the scenario that the search leaves", async () => {
    const { page, href, session } = await file.open();
    await page.goto(href("tasks"));
    await page.getByRole("button", { name: "New task" }).first().click();
    await page.keyboard.type("no scenario has these words");
    await expect.poll(() => page.getByRole("button", { name: "Start import" }).isDisabled()).toBe(true);
    await page.getByRole("searchbox", { name: "What should happen?" }).fill("too large");
    await page.keyboard.press("Enter");
    // The dialog has a heading of that name, too.
    await page.getByRole("region", { name: "Task source-too-large#1" }).waitFor();
    expect(session.tasks().map(({ scenario }) => scenario)).toEqual(["source-too-large"]);
  });

  test("under a frozen clock, alike polls are one mark, and injected responses that wait are counted", async () => {
    const { page, href, session, start, poll } = await file.open();
    session.clock.freeze();
    const id = await start("happy");
    for (let times = 0; times < 3; times += 1) await poll(id);
    await page.goto(href(`tasks/${id}`));
    await expect.poll(() => page.locator(".mark").allTextContents()).toEqual(["200×3"]);
    await page.locator(".mark").hover();
    await page.locator("figcaption code").filter({ hasText: '"status":"PENDING"' }).waitFor();
    await page.getByRole("spinbutton").fill("2");
    await page.getByRole("button", { name: "429 next" }).click();
    await page.getByText("Waiting for a poll: 2 injected responses").waitFor();
    await page.goto(href("settings"));
    await page.getByLabel("Speed").waitFor();
    await page.goto(href(`tasks/${id}`));
    await page.getByText("Waiting for a poll: 2 injected responses").waitFor();
    await poll(id);
    await page.getByText("Waiting for a poll: 1 injected response").waitFor();
    await poll(id);
    await expect.poll(() => page.locator(".mark").allTextContents()).toEqual(["200×3", "429×2"]);
    expect(await page.getByText("Waiting for a poll").count()).toBe(0);
    const boxes = await page.locator(".mark").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    const [first, second] = boxes as [DOMRect, DOMRect];
    expect(first.right <= second.left || first.top >= second.bottom).toBe(true);
  });

  test("a task is canceled with a message, and its next polls get what was injected", async () => {
    const { page, href, session, start, poll, problems } = await file.open();
    const id = await start("stuck-pending");
    await page.goto(href(`tasks/${id}`));
    await page.getByRole("button", { name: "429 next" }).click();
    await page.getByText("more faults").click();
    await page.getByRole("button", { name: "503, page of the edge" }).click();
    await expect.poll(async () => (await poll(id)).status).toBe(429);
    expect((await poll(id)).status).toBe(503);
    await page.getByText("error rate-limited").first().waitFor();
    await page.getByRole("button", { name: "CANCELED with message" }).click();
    await page.keyboard.type("The file is too large.");
    await page.keyboard.press("Enter");
    await expect.poll(() => stateOf(page)).toBe("CANCELED");
    const last = (await (await poll(id)).json()) as { errors: { message: string }[] };
    expect(last.errors[0]?.message).toBe("The file is too large.");
    await page.getByText("Error that a poll got: The file is too large.").waitFor();
    await page.getByText("A person chose this state at").waitFor();
    await rowsOf(page).getByText("set by hand").waitFor();
    expect(session.task(id).status).toBe("CANCELED");
    expect(problems).toEqual([]);
  });

  test("along the time they see what a poll would get, and nothing of it happens", async () => {
    const { page, href, session, start, problems } = await file.open();
    const id = await start("happy");
    session.clock.freeze();
    await page.goto(href(`tasks/${id}`));
    await page.getByRole("slider").press("End");
    await page.getByText(/would get 200 COMPLETE/).waitFor();
    await page.getByRole("slider").press("Home");
    await page.getByText(/0 s after the import would get 200 PENDING/).waitFor();
    await page.getByRole("slider").press("PageUp");
    await page.getByText(/1 s after the import would get 200 PROCESSING/).waitFor();
    expect([session.task(id).polls, session.journal().entries().length]).toEqual([0, 1]);
    await page.getByRole("button", { name: "set the clock to this moment" }).click();
    await expect.poll(() => stateOf(page)).toBe("PROCESSING");
    expect(session.clock.now()).toBe(session.task(id).requestedAt + 1000);
    expect(problems).toEqual([]);
  });

  test("the list is filtered by text and by state", async () => {
    const { page, href, start, poll } = await file.open();
    for (const scenario of ["stuck-pending", "canceled-at-once", "instant"]) await poll(await start(scenario));
    await page.goto(href("tasks"));
    await expect.poll(() => rowsOf(page).count()).toBe(3);
    await page.getByRole("searchbox", { name: "Filter tasks" }).fill("at-once");
    await expect.poll(() => rowsOf(page).count()).toBe(1);
    await page.getByRole("searchbox", { name: "Filter tasks" }).fill("");
    await page.getByRole("button", { name: "COMPLETE" }).click();
    await expect.poll(() => rowsOf(page).allTextContents()).toEqual([expect.stringContaining("instant")]);
  });

  test("the requests are filtered by the mock, and older ones are shown when they are asked for", async () => {
    const { page, href, start, poll } = await file.open();
    const id = await start("rate-limited");
    for (let times = 0; times < 110; times += 1) await poll(id);
    await page.goto(href("requests"));
    const lines = page.locator(".requests .line");
    await expect.poll(() => lines.count()).toBe(100);
    await page.getByRole("button", { name: "Show older requests" }).click();
    await expect.poll(() => lines.count()).toBe(111);
    const asked = page.waitForRequest(/\/journal\?.*status=429/);
    await page.getByRole("combobox", { name: "Filter by status" }).selectOption("429");
    await asked;
    await expect.poll(() => lines.allTextContents()).toEqual([expect.stringContaining("429")]);
    await page.getByRole("combobox", { name: "Filter by method" }).selectOption("POST");
    await page.getByText("No requests that the filters let through").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => lines.count()).toBe(111);
  });

  test("a poll says why it was answered so, and which rule its client broke", async () => {
    const { page, href, start, poll } = await file.open();
    const id = await start("instant");
    for (let times = 0; times < 3; times += 1) await poll(id);
    await page.goto(href(`tasks/${id}`));
    await page.locator(".requests .line").first().click();
    await page.getByText(/Poll 3 under pace time/).waitFor();
    const broken = page.locator(".rules .fail");
    await broken.filter({ hasText: "poll a task again after COMPLETE" }).waitFor();
    // On a busy machine the second poll may overlap the first one's response, and then the third is the first that broke it.
    const guilty = broken.getByRole("button", { name: /^request [34]$/ }).first();
    const name = String(await guilty.textContent()).replace("r", "R");
    await guilty.click();
    await page.getByRole("article", { name }).waitFor();
  });
});

describe("a link", () => {
  test("opens its task on a mock that has not seen it, at the moment that it names", async () => {
    const { start, session } = await file.open();
    const id = await start("happy");
    const at = new Date(session.task(id).requestedAt + 1500).toISOString();
    const other = await startMock({ scenarios: await readScenarios(), port: 0 });
    try {
      const { page, href } = await file.open({ at: other });
      await page.goto(href(`tasks/${id}?at=${encodeURIComponent(at)}`));
      await page.getByText(/1.5 s after the import would get 200 PROCESSING/).waitFor();
    } finally {
      await other.close();
    }
  });

  test("to a task that nobody can know says so", async () => {
    const { page, href } = await file.open();
    await page.goto(href("tasks/nonsense"));
    await page.getByRole("alert").filter({ hasText: "nonsense" }).waitFor();
  });
});

test("what a task did is saved as a scenario that does it again", async () => {
  const { page, href, session, start, poll } = await file.open();
  const id = await start("stuck-processing");
  session.inject(id, { error: "rate-limited", retryAfterMs: 5000 });
  await poll(id);
  session.clock.advance(2000);
  session.cancel(id, { message: "No room." });
  await poll(id);
  await page.goto(href(`tasks/${id}`));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "save as scenario" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("stuck-processing-as-played.yaml");
  const text = readFileSync((await saved.path()) as string, "utf8");
  const { steps, faults } = parseScenario("as-played", parse(text));
  expect(steps.map(({ state }) => state)).toEqual(["PENDING", "PROCESSING", "CANCELED"]);
  expect(steps.at(-1)).toMatchObject({ errors: 1, error: { message: "No room." } });
  expect(faults).toMatchObject([{ effect: { error: "rate-limited", retryAfterMs: 5000 } }]);
});

test("sessions are switched and created, and do not see each other's tasks", async () => {
  const { page, href, start } = await file.open();
  await start("happy");
  await page.goto(href("tasks"));
  await expect.poll(() => rowsOf(page).filter({ hasText: "#1 happy" }).count()).toBe(1);
  await page.getByRole("combobox", { name: "Session" }).selectOption("");
  const name = "made";
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "No imports yet" }).waitFor();
  expect(new URL(page.url()).hash).toBe(`#/${name}/tasks`);
  expect(file.mock().simulator.hasSession(name)).toBe(true);
});

test("what a person types stays while the page shows other changes", async () => {
  const { page, href, session, start, poll } = await file.open();
  const id = await start("stuck-pending");
  await page.clock.install();
  await page.goto(href("settings"));
  await page.getByLabel("Requests in a second").fill("7");
  await fetch(`${file.mock().url}/__mock/sessions/${session.name}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ inFlightStatus: 202 }),
  });
  await expect.poll(() => page.getByLabel("Status before the end").inputValue()).toBe("202");
  expect(await page.getByLabel("Requests in a second").inputValue()).toBe("7");
  await page.goto(href(`tasks/${id}`));
  await page.getByText("more faults").click();
  await page.getByText("a response of your own").click();
  await page.getByLabel("Status").fill("507");
  const time = page.locator(".clock time");
  const before = await time.textContent();
  await page.clock.runFor(2000);
  await expect.poll(() => time.textContent()).not.toBe(before);
  await page.getByRole("button", { name: "Inject into the next poll" }).click();
  await expect.poll(async () => (await poll(id)).status).toBe(507);
});

test("what changes is read once, whether the person changes it or somebody else", async () => {
  const { page, href, session, start, poll } = await file.open();
  const id = await start("stuck-pending");
  const loaded = page.waitForResponse(/\/journal\?/);
  await page.clock.install();
  await page.goto(href(`tasks/${id}`));
  await loaded;
  await page.clock.pauseAt(Date.now() + 60_000);
  const own = `${file.mock().url}/__mock/sessions/${session.name}`;
  const names = { [`${own}/tasks?timeline=true`]: "tasks", [`${own}/tasks/${id}`]: "task" };
  const reads: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (request.method() === "GET" && /\/sessions$|\/tasks(\?|\/[^/]*$)/.test(url))
      reads.push(names[url] ?? "sessions");
  });
  const seen = async () => {
    // Whatever the page reads again, it reads within a second.
    await page.clock.runFor(1000);
    return reads.toSorted();
  };

  await page.getByRole("button", { name: "+1 s" }).click();
  await expect.poll(() => reads.toSorted()).toEqual(["sessions", "task", "tasks"]);
  expect(await seen()).toEqual(["sessions", "task", "tasks"]);

  reads.length = 0;
  await fetch(own, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ inFlightStatus: 202 }),
  });
  await expect.poll(seen).toEqual(["sessions", "task", "tasks"]);
  expect(await seen()).toEqual(["sessions", "task", "tasks"]);

  reads.length = 0;
  await poll(id);
  await expect.poll(seen).toEqual(["task"]);
  await page.getByText("1 poll").first().waitFor();
  expect(await seen()).toEqual(["task"]);
});

test("settings of a session are changed, and a mistake is explained where it was made", async () => {
  const { page, href, session, start } = await file.open();
  await start("happy");
  await page.goto(href("settings"));
  await page.getByLabel("Status before the end").selectOption("202");
  await expect.poll(() => session.settings().inFlightStatus).toBe(202);
  await page.getByLabel("Requests in ten seconds").fill("5");
  await page.getByLabel("Requests in ten seconds").press("Enter");
  await expect.poll(() => session.settings().limits).toEqual({ tenSecondly: 5 });
  await page.getByLabel("Speed").fill("-1");
  await page.getByLabel("Speed").press("Enter");
  await page.getByRole("alert").filter({ hasText: "/body/speed" }).waitFor();
  for (const [answer, left] of [
    ["Keep it", 1],
    ["Reset the session", 0],
  ] as const) {
    await page.getByRole("button", { name: "Reset the session…" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("1 task and 1 request");
    await dialog.getByRole("button", { name: answer }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => session.tasks().length).toBe(left);
  }
});

test("hostile names and bodies are shown as text and never run", async () => {
  const { page, href, start, poll, problems } = await file.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const secret = "pat-na1-0f3e2a1b-5c4d-4e6f-8a9b-c0d1e2f3a4b5";
  const id = await start(
    "result-script-name",
    `https://example.com/%3Cimg%20src=x%20onerror=alert(1)%3E%E2%80%AEgnp.exe?token=${secret}`,
  );
  await poll(id);
  let isRun = false;
  page.on("dialog", () => (isRun = true));
  await page.goto(href(`tasks/${id}`));
  await page.locator(".requests .line").first().click();
  await page.locator(".exchange pre:visible").first().waitFor();
  expect(await page.locator(".detail header").textContent()).toContain("<U+202E>");
  expect([isRun, await page.locator("img[src=x]").count(), problems]).toEqual([false, 0, []]);
  await page.getByText("Copy", { exact: true }).click();
  for (const [way, start] of [
    ["As curl", "curl "],
    ["As fetch", "const headers"],
  ] as const) {
    await page.getByRole("button", { name: way }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain(start);
    expect(await copied()).not.toContain("0f3e2a1b");
  }
});
