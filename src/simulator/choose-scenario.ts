import { distance } from "fastest-levenshtein";
import type { Exchange } from "../exchange.js";
import type { ErrorAnswer } from "../task/hubspot-error.js";
import type { Scenario } from "../task/scenario.js";
import type { Catalogue, World } from "./world.js";

/** The name by which a scenario was asked for, and where it was found. */
export interface Wish {
  readonly name: string;
  readonly why: "header" | "fragment" | "url" | "default" | "task" | "name";
}

/** A scenario with the line for the exchange that says why it was chosen. */
export type Choice =
  | { readonly scenario: Scenario; readonly noted: NonNullable<Exchange["scenario"]> }
  | { readonly refusal: ErrorAnswer };

/**
 * The scenario of a call; the first wish that is there wins: the header X-Mock-Scenario, the fragment of the
 * import's url (`https://example.com/cat.png#mock=canceled`), a recorded import of the same url, and what applies
 * otherwise.
 */
export function chooseScenario(
  { catalogue, session }: World,
  request: Request,
  {
    importUrl,
    otherwise = { name: session.defaultScenario, why: "default" },
  }: { readonly importUrl?: unknown; readonly otherwise?: Wish },
): Choice {
  const wish = headerWish(request) ?? fragmentWish(importUrl) ?? recordingWish(catalogue, importUrl) ?? otherwise;
  const scenario = catalogue.get(wish.name);
  if (scenario === undefined) return { refusal: unknownScenario(wish, catalogue) };
  const { name, breaks } = scenario;
  return { scenario, noted: { name, why: wish.why, ...(breaks !== undefined && { breaks }) } };
}

/** What a user is told who asked for a scenario that does not exist. */
export function unknownScenario({ name, why }: Wish, catalogue: Catalogue): ErrorAnswer {
  const nearest = nearestNames(name, [...catalogue.keys()]);
  const message =
    why === "task"
      ? `This task's scenario is "${name.slice(0, 60)}", which this mock lacks. Start it with the --scenarios that has it.`
      : `There is no scenario "${name.slice(0, 60)}". ${hintAt(nearest)}`;
  const where = {
    header: "X-Mock-Scenario",
    fragment: "url",
    url: "url",
    default: "scenario",
    task: "taskId",
    name: "taskId",
  }[why];
  const detail = { message, code: "UNKNOWN_SCENARIO", in: where, context: { nearest: [...nearest] } };
  return { status: 400, body: { message, errors: [detail], category: "VALIDATION_ERROR" } };
}

/**
 * Up to three names that differ little from a mistyped one, the nearest first.
 *
 * @example nearestNames("hapy", ["canceled", "happy", "slow"]); // ["happy"]
 */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const typed = name.slice(0, 100);
  const ranked = names
    .map((known) => ({ known, apart: distance(typed, known) }))
    .sort((a, b) => a.apart - b.apart || a.known.localeCompare(b.known));
  const near = ranked.filter(({ known, apart }) => apart <= known.length / 2);
  return near.slice(0, 3).map(({ known }) => known);
}

/** What to tell whoever mistyped a scenario's name. */
export function hintAt(nearest: readonly string[]): string {
  return nearest.length > 0 ? `Nearest: ${nearest.join(", ")}.` : "All of them: hubspot-import-kit scenarios";
}

function headerWish(request: Request): Wish | undefined {
  const name = request.headers.get("x-mock-scenario")?.trim();
  return name ? { name, why: "header" } : undefined;
}

function recordingWish(catalogue: Catalogue, importUrl: unknown): Wish | undefined {
  if (typeof importUrl !== "string") return undefined;
  const recorded = [...catalogue.values()].find(({ recording }) => recording?.importUrl === importUrl);
  return recorded && { name: recorded.name, why: "url" };
}

function fragmentWish(importUrl: unknown): Wish | undefined {
  if (typeof importUrl !== "string") return undefined;
  const name = new URLSearchParams(importUrl.split("#")[1]).get("mock");
  return name === null ? undefined : { name, why: "fragment" };
}
