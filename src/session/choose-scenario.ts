import { distance } from "fastest-levenshtein";
import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { isObject } from "../json.js";
import { baseName, findScenario, splitReference } from "../scenario/reference.js";
import type { Scenario } from "../scenario/scenario.js";
import { nearestNames, shownValue } from "../text.js";
import { UserError } from "../user-error.js";
import type { Catalogue, World } from "./session.js";

/** A wanted scenario's name, with its parameters, and where it was found. */
export interface Wish {
  readonly name: string;
  readonly why: "header" | "fragment" | "url" | "default" | "task" | "name";
}

/** A scenario with the note for the exchange that says why it was chosen. */
export type Choice =
  | { readonly scenario: Scenario; readonly noted: NonNullable<Exchange["scenario"]> }
  | { readonly rejection: ErrorAnswer };

/**
 * Chooses the scenario of a request. The first of these wins: the header X-Mock-Scenario, the fragment of the import's url
 * (`https://example.com/cat.png#mock=canceled`), a recorded import of the same url, and `otherwise`.
 *
 * @param known the scenario that `otherwise` names, in case a reload has removed it from the catalogue
 */
export function chooseScenario(
  { catalogue, session }: World,
  request: RequestHead,
  {
    importUrl,
    otherwise = { name: session.defaultScenario, why: "default" },
    known,
  }: { readonly importUrl?: unknown; readonly otherwise?: Wish; readonly known?: Scenario },
): Choice {
  const wish =
    wishOf(request.headers.get("x-mock-scenario"), "header") ??
    wishOf(fragmentOf(importUrl), "fragment") ??
    recordingWish(catalogue, importUrl) ??
    otherwise;
  // A task continues as it began if a reload has removed its scenario or a parameter.
  const found = scenarioOf(wish, catalogue);
  const scenario = "rejection" in found && wish === otherwise && known !== undefined ? known : found;
  if ("rejection" in scenario) return scenario;
  return { scenario, noted: noteOf(scenario, wish.why) };
}

type Note = Extract<Choice, { noted: unknown }>["noted"];

/** Returns a note that all exchanges of a scenario share: a journal keeps a thousand. */
function noteOf(scenario: Scenario, why: Wish["why"]): Note {
  const known = notes.get(scenario)?.[why];
  if (known) return known;
  const { name, breaks } = scenario;
  const note = { name, why, ...(breaks !== undefined && { breaks }) };
  notes.set(scenario, { ...notes.get(scenario), [why]: note });
  return note;
}

const notes = new WeakMap<Scenario, Partial<Record<Wish["why"], Note>>>();

/** Returns the scenario that a wish names, or the error for one that does not exist. */
export function scenarioOf(wish: Wish, catalogue: Catalogue): Scenario | { readonly rejection: ErrorAnswer } {
  const found = findScenario(catalogue, wish.name);
  if (found && "steps" in found) return found;
  const where = {
    header: "X-Mock-Scenario",
    fragment: "url",
    url: "url",
    default: "scenario",
    task: "taskId",
    name: "taskId",
  }[wish.why];
  const { message, code, context } = found
    ? { ...found, context: { known: [...found.known] } }
    : unknownScenario(wish, catalogue);
  return { rejection: invalidInput({ message, code, in: where, context }) };
}

/** Returns scenarios by name. If two have the same name, the later one is used. @throws UserError `invalid-option` */
export function catalogueOf(scenarios: readonly Scenario[]): Catalogue {
  return new Map(requireScenarios(scenarios).map((one) => [one.name, one]));
}

/**
 * Rejects a name, a source or a directory in place of scenarios. TypeScript reports these mistakes earlier; JavaScript
 * does not.
 *
 * @throws UserError `invalid-option`
 */
export function requireScenarios(scenarios: readonly Scenario[]): readonly Scenario[] {
  const wrong = Array.isArray(scenarios) ? scenarios.filter((one) => !isScenario(one)) : [scenarios];
  if (wrong.length === 0) return scenarios;
  throw new UserError(
    "invalid-option",
    `scenarios must be an array of what defineScenario returns; got ${shownValue(wrong[0] ?? null)}.`,
  );
}

function isScenario(one: unknown): boolean {
  return isObject(one) && typeof one["name"] === "string" && Array.isArray(one["steps"]);
}

/**
 * Returns the scenario of a reference.
 *
 * @throws UserError `unknown-scenario` that names the nearest scenarios; `invalid-parameter` that says what is valid
 */
export function requireScenario(reference: string, catalogue: Catalogue): Scenario {
  // JavaScript has no compiler that finds this, as in mock.use() in a browser's console.
  if (typeof reference !== "string") {
    throw new UserError(
      "invalid-option",
      `a scenario must be a string such as canceled; got ${JSON.stringify(reference)}.`,
    );
  }
  const { scenario, session } = splitReference(reference);
  if (session !== undefined) {
    const sentence = `"${reference.slice(0, 60)}" names a session, but only a request can choose its session.`;
    throw new UserError(
      "unknown-scenario",
      `${sentence} Write ${scenario}; in the text of a parameter, write an at sign as %40.`,
    );
  }
  const found = findScenario(catalogue, reference);
  if (found && "steps" in found) return found;
  if (found) throw new UserError("invalid-parameter", found.message);
  const nearest = nearestScenarios(reference, catalogue);
  throw new UserError("unknown-scenario", `there is no scenario "${baseName(reference)}". ${hintAt(nearest)}`);
}

/**
 * Returns the scenarios that a misspelt name may mean, the nearest first.
 *
 * @example nearestScenarios("Rate_limited,burst=3", catalogue)[0]; // "rate-limited"
 */
export function nearestScenarios(reference: string, catalogue: Catalogue): readonly string[] {
  const [typed = ""] = baseName(reference)
    .toLowerCase()
    .replace(/[\s_]+/g, "-")
    .split(/[^a-z0-9-]/);
  const names = [...catalogue.keys()];
  const nearest = nearestNames(typed, names);
  if (nearest.length > 0 || typed.length < 3) return nearest;
  return names.filter((name) => name.startsWith(typed)).slice(0, 3);
}

function unknownScenario({ name: reference, why }: Wish, catalogue: Catalogue) {
  const name = baseName(reference).slice(0, 60);
  const nearest = nearestScenarios(reference, catalogue);
  const message =
    why === "task"
      ? `This task's scenario is "${name}", which this mock does not have. Start the mock with the --scenarios directory that has it.`
      : `There is no scenario "${name}". ${hintAt(nearest)}`;
  return { message, code: "UNKNOWN_SCENARIO" as const, context: { nearest: [...nearest] } };
}

/** Returns the hint for a misspelt scenario's name. */
function hintAt(nearest: readonly string[]): string {
  return nearest.length > 0 ? `Did you mean ${nearest.join(" or ")}?` : "To list all: npx hubspot-import-kit scenarios";
}

/** @param reference may name a session, which is ignored here: it is chosen already */
function wishOf(reference: string | null | undefined, why: Wish["why"]): Wish | undefined {
  if (!reference) return undefined;
  const { scenario: name } = splitReference(reference.trim());
  return name ? { name, why } : undefined;
}

function recordingWish(catalogue: Catalogue, importUrl: unknown): Wish | undefined {
  if (typeof importUrl !== "string") return undefined;
  for (const { name, recording } of catalogue.values()) {
    if (recording?.importUrl === importUrl) return { name, why: "url" };
  }
  return undefined;
}

/** Reads the import's url from a body that may be invalid. */
export function importUrlIn(body: Body): unknown {
  if (body.kind !== "json" || typeof body.value !== "object" || body.value === null) return undefined;
  return "url" in body.value ? body.value.url : undefined;
}

/** Returns the scenario that the fragment of an import's url names: `https://example.com/cat.png#mock=canceled`. */
export function fragmentOf(importUrl: unknown): string | undefined {
  if (typeof importUrl !== "string") return undefined;
  const start = importUrl.indexOf("#");
  // The last one counts. Found without a list of all parts, of which a url may have a million.
  let at = start < 0 ? start : importUrl.lastIndexOf("mock=");
  while (at > start && !/[&#]/.test(importUrl.charAt(at - 1))) at = importUrl.lastIndexOf("mock=", at - 1);
  if (at <= start) return undefined;
  // Not decoded: whoever reads the reference decodes it. The fragment may begin with a page's own route.
  const [name] = importUrl.slice(at + "mock=".length).split(/[&#]/, 1);
  return name || undefined;
}

/**
 * Returns a hint if an import's url has something for the mock in a form that has no effect.
 *
 * @example overlookedIn("https://example.com/cat.png#mok=canceled"); // "mok=canceled in the url has no effect: write #mock=canceled."
 */
export function overlookedIn(importUrl: unknown): string | undefined {
  if (typeof importUrl !== "string") return undefined;
  const [address = "", ...fragments] = importUrl.split("#");
  const query = address.split("?").slice(1).join("?").split("&");
  const parts = fragments.flatMap((one) => one.split("&"));
  const chosen = parts.findLast((part) => part.startsWith("mock="));
  if (chosen !== undefined) {
    const rest = parts.slice(parts.lastIndexOf(chosen) + 1).filter((part) => /^[a-z]\w*=/i.test(part));
    return rest.length === 0
      ? undefined
      : `${rest.join("&")} in the url has no effect: write a parameter as #${[chosen, ...rest].join(";")}.`;
  }
  const meant =
    parts.find((part) => part.startsWith("@") || isNearlyMock(part)) ?? query.find((part) => part.startsWith("mock="));
  if (meant === undefined) return undefined;
  const value = meant.startsWith("@") ? meant : meant.slice(meant.indexOf("=") + 1);
  return `${meant} in the url has no effect: write #mock=${value}.`;
}

function isNearlyMock(part: string): boolean {
  const [key = "", ...value] = part.split("=");
  return value.length > 0 && key.length < 10 && distance(key.toLowerCase(), "mock") < 2;
}
