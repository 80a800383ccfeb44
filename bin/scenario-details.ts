import { retryAfterText } from "../src/exchange/retry-after.js";
import type { Alteration } from "../src/scenario/alteration.js";
import { effectLabel } from "../src/scenario/effect.js";
import type { Fault, Range } from "../src/scenario/fault.js";
import type { Scenario, Step } from "../src/scenario/scenario.js";
import { durationText } from "../src/time.js";

/** Renders a scenario for people: its steps, its faults and how to choose it. */
export function scenarioDetails(scenario: Scenario): string {
  const { name, summary, client, tags, steps, faults, limits = {}, parameters = [], breaks = [] } = scenario;
  // A name with parameters already contains the chosen values.
  const reference = name.includes(";")
    ? name
    : [name, ...parameters.map((one) => `${one.name}=${one.default}`)].join(";");
  const lines = [
    name,
    `  ${summary}`,
    client && `  A good client: ${client}`,
    tags.length > 0 && `  Tags: ${tags.join(", ")}`,
    `  Steps: ${steps.map(stepText).join(" → ")}`,
    ...faults.map((fault) => `  Fault: ${momentText(fault)}: ${effectText(fault)}`),
    ...Object.entries(limits).map(([window, calls]) => `  Limit: ${window} ${calls} requests`),
    ...parameters.map(
      ({ name: key, default: value, allowed, description = "" }) =>
        `  ;${key}=${value}  ${description} ${allowed[0]?.toUpperCase()}${allowed.slice(1)}.`,
    ),
    breaks.length > 0 && `  Fails these checks of verify: ${breaks.join(", ")}`,
    `  Choose it with the header X-Mock-Scenario: ${reference}`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}

function stepText(step: Step): string {
  if ("forMs" in step) return `${step.state} ${Number.isFinite(step.forMs) ? durationText(step.forMs) : "until moved"}`;
  if (step.state === "FAILURE" || step.errors === 0) return step.state;
  return `${step.state} with ${step.errors === 1 ? "an error" : `${step.errors} errors`}`;
}

function momentText({ on, polls, imports, during, afterEndMs, afterImportMs = 0, untilNewToken }: Fault): string {
  const calls = on.map((operation) => {
    if (operation === "checkImportStatus") return during ? pollsDuring(during, polls) : countText("poll", polls);
    return operation === "importFromUrl" ? countText("import", imports) : "every deletion";
  });
  return [
    calls.join(" and "),
    afterEndMs !== undefined && `from ${durationText(afterEndMs)} after the end`,
    afterImportMs > 0 && `from ${durationText(afterImportMs)} after the import`,
    untilNewToken && "until a new token is sent",
  ]
    .filter(Boolean)
    .join(", ");
}

/** @example pollsDuring(["COMPLETE"], [2, 3]); // "polls 2 to 3 of those while COMPLETE" */
function pollsDuring(during: NonNullable<Fault["during"]>, polls: Range): string {
  const states = during.join(" or ");
  const isEvery = polls[0] === 1 && !Number.isFinite(polls[1]);
  return `${countText("poll", polls)}${isEvery ? "," : " of those"} while ${states}`;
}

/** @example countText("poll", [2, 4]); // "polls 2 to 4" */
function countText(noun: string, [first, last]: Range): string {
  if (first === last) return `${noun} ${first}`;
  if (Number.isFinite(last)) return `${noun}s ${first} to ${last}`;
  return first === 1 ? `every ${noun}` : `every ${noun} from ${first} on`;
}

function effectText({ effect }: Fault): string {
  const wait =
    "retryAfterMs" in effect &&
    effect.retryAfterMs !== undefined &&
    `Retry-After: ${retryAfterText(effect.retryAfterMs)}`;
  const name = "alter" in effect ? effect.alter.map(alterationText).join(", ") : effectLabel(effect);
  return [name, wait, effect.accepted && "the import is still accepted"].filter(Boolean).join(", ");
}

/** @example alterationText({ set: "/status", to: "FAILED" }); // 'set /status to "FAILED"' */
function alterationText(alteration: Alteration): string {
  if ("set" in alteration) return `set ${alteration.set} to ${JSON.stringify(alteration.to)}`;
  if ("remove" in alteration) return `remove ${alteration.remove}`;
  if ("shift" in alteration) return `shift ${alteration.shift} by ${durationText(alteration.byMs)}`;
  return `rehost ${alteration.rehost} to ${alteration.to}`;
}
