import { createInterface } from "node:readline";
import { Command, Option } from "commander";
import type { PrismViolation } from "../mocks/prism-violation.js";
import { readScenarios } from "../mocks/scenario-files.js";
import type { Mock } from "../mocks/server.js";
import type { Exchange } from "../src/exchange.js";
import { requireScenario } from "../src/simulator/steering.js";
import type { Unknowns } from "../src/task/answer.js";
import type { Scenario } from "../src/task/scenario.js";
import type { Pace } from "../src/task/task.js";
import { parseHost, parsePort, parseSeed, parseSpeed } from "./options.js";
import { print, printAside } from "./print.js";

interface Options {
  readonly port: number;
  readonly host: string;
  readonly scenario?: string;
  readonly seed: number;
  readonly speed: number;
  readonly pace: Pace;
  readonly scenarios?: string;
  readonly replay?: string;
  readonly inFlightStatus: `${Unknowns["inFlightStatus"]}`;
  readonly inFlightDates: Unknowns["inFlightDates"];
  readonly failure: Unknowns["failure"];
  readonly errors?: boolean;
  readonly quiet?: boolean;
}

/** `mock`: serve until Ctrl-C. */
export function mockCommand(): Command {
  return new Command("mock")
    .description("Serve a HubSpot whose import tasks move, checked by Prism against the contract.")
    .addOption(
      new Option("--port <number>", "port to listen on; 0 takes a free one").default(4010).argParser(parsePort),
    )
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseHost))
    .option("--scenario <name>", "scenario of imports that choose none (default: happy; with --replay: replay-1)")
    .addOption(new Option("--seed <number>", "decides every random value").default(1).argParser(parseSeed))
    .addOption(new Option("--speed <factor>", "how many times faster tasks move").default(1).argParser(parseSpeed))
    .addOption(
      new Option("--pace <kind>", "what moves tasks; under manual, Enter in this terminal")
        .choices(["time", "polls", "manual", "immediate"])
        .default("time"),
    )
    .option("--scenarios <directory>", "your own scenarios, as .yaml files")
    .option(
      "--replay <file>",
      "do what a HAR file shows: scenarios replay-1, replay-2 and so on, in its order and timing",
    )
    .addOption(
      new Option("--in-flight-status <status>", "HTTP status before the end (HubSpot's is unknown)")
        .choices(["200", "202"])
        .default("200"),
    )
    .addOption(
      new Option("--in-flight-dates <style>", "dates that do not apply yet (HubSpot's way is unknown)")
        .choices(["omit", "null", "filled"])
        .default("omit"),
    )
    .addOption(
      new Option("--failure <kind>", "how a failed import ends (HubSpot's way is unknown)")
        .choices(["canceled", "complete", "silent"])
        .default("canceled"),
    )
    .option("--errors", "answer 500 where the mock's answer breaks the contract")
    .option("--quiet", "print the listening line alone")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { scenarios: directory, replay, inFlightStatus, quiet = false, ...rest } = options;
  const scenarios = [...(await readScenarios(directory)), ...(replay === undefined ? [] : await recorded(replay))];
  const { scenario = replay === undefined ? "happy" : "replay-1" } = options;
  requireScenario(
    scenario,
    scenarios.map(({ name }) => name),
  );
  const tell = quiet ? () => {} : (line: string) => print(`${line}\n`);
  // Loaded last: Prism takes 0.6 s to load, and a wrong option should be told at once.
  const { startMock } = await import("../mocks/server.js");
  const mock = await startMock({
    ...rest,
    scenario,
    scenarios,
    inFlightStatus: inFlightStatus === "202" ? 202 : 200,
    onExchange: (exchange, violations) => tell(requestLine(exchange, violations)),
    onPreferred: ({ method, url }, status) => tell(`${method} ${new URL(url).pathname} ${status} Prism (Prefer)`),
    onDefect: (defect) => printAside(`mock: defect: ${defect}\n`),
  });
  // `mock | head` closes the pipe: nobody reads on, so there is nothing left to do.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === "EPIPE" ? 0 : process.exitCode),
  );
  print(`listening on ${mock.url}\n`);
  tell(firstSteps(mock.url));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop(mock));
  if (options.pace === "manual") moveOnEnter(mock, tell);
}

/** Loaded on demand: most mocks replay nothing. */
async function recorded(file: string): Promise<readonly Scenario[]> {
  return (await import("../mocks/replay.js")).readReplay(file);
}

/** One line a request: what was asked, what came back, and why. */
function requestLine(exchange: Exchange, violations: readonly PrismViolation[]): string {
  const { request, response, scenario, state, taskId } = exchange;
  const sides = new Set(violations.map(({ location }) => location[0]));
  const parts = [
    request.method,
    shortened(request.path),
    String(response.status),
    state,
    scenario && `${scenario.name} (${scenario.why})`,
    request.method === "POST" && taskId !== undefined && `task ${taskId}`,
    reason(exchange),
    sides.has("request") && "- the request breaks the contract",
    sides.has("response") && "- the answer breaks the contract",
  ];
  return parts.filter(Boolean).join(" ");
}

/** Why a call was refused: HubSpot's own words where there are some, for they need not be looked up then. */
function reason({ operation, response }: Exchange): string | undefined {
  if (response.status < 400) return undefined;
  if (operation === undefined) return "- no operation that this mock has";
  return `- ${(JSON.parse(response.body || "{}") as { message?: string }).message ?? ""}`;
}

/** A path on one screen line: of a long id, its ends are enough to recognise it. */
function shortened(path: string): string {
  return path.replace(/[^/]{40,}/, (id) => `${id.slice(0, 8)}…${id.slice(-8)}`);
}

function firstSteps(url: string): string {
  const base = `${url}/files/v3/files`;
  const token = "-H 'Authorization: Bearer any'";
  return `
Start an import and keep its task's id:
  ID=$(curl -s ${base}/import-from-url/async ${token} -H 'Content-Type: application/json' \\
    -d '{"url":"https://example.com/cat.png","access":"PRIVATE","folderPath":"/library"}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/'); echo $ID

Ask how it goes, again and again:
  curl -s ${base}/import-from-url/async/tasks/$ID/status ${token}

Without an import: a scenario's name is a task, too (all of them: hubspot-import-kit scenarios):
  curl -s ${base}/import-from-url/async/tasks/canceled/status ${token}
`;
}

function moveOnEnter({ simulator }: Mock, tell: (line: string) => void): void {
  tell("Press Enter to move every task on by one step.\n");
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => {
    const tasks = simulator.next();
    tell(`moved ${tasks} task${tasks === 1 ? "" : "s"} on`);
  });
  lines.on("close", () => tell("Standard input is closed: from here on no task moves."));
}

async function stop(mock: Mock): Promise<void> {
  await mock.close();
  process.exit(0);
}
