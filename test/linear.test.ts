import { RegExpParser } from "@eslint-community/regexpp";
import { analyse } from "scslre";
import { expect, test } from "vitest";
import { growthOf, growthOnce, LINEAR, timeOf } from "./linear/growth.js";
import { findPatterns, type Pattern } from "./linear/patterns.js";
import { type Pump, pumped, pumpsFor } from "./linear/pumps.js";

const { patterns, hidden } = await findPatterns();

test("every pattern is in the sources as a literal or is created as its module loads", () => {
  expect(hidden).toEqual([]);
  expect(patterns.length).toBeGreaterThan(150);
});

test("no pattern of the sources has a form that takes more than linear time", () => {
  expect(patterns.filter(({ regExp }) => hasSlowForm(regExp)).map(shown)).toEqual([]);
});

test("no pattern of the sources takes more than linear time for a text that repeats a piece of it", async () => {
  const slow: string[] = [];
  for (const pattern of patterns) if ((await growthOfPattern(pattern.regExp)) > LINEAR) slow.push(shown(pattern));
  expect(slow).toEqual([]);
});

test.each([
  [/\/+$/, "a run is looked through from each of its characters"],
  [/^(?:[^#]*@)?(?![^#]*@)x/, "a part that is given back is looked through each time"],
  [/"(?:[^"\\]|\\.)*"/g, "what is not closed is looked through from each quote"],
  [/a(?=.*b)|a/g, "each match looks to the end"],
  [/\s*\n\s*/g, "spaces without a line's end"],
])("the measure finds that %s is slow: %s", async (pattern) => {
  // On a busy machine one measure may fall short.
  let growth = 0;
  for (let tries = 0; tries < 5 && growth <= LINEAR; tries += 1) growth = await growthOfPattern(pattern, growthOnce);
  expect(growth).toBeGreaterThan(LINEAR);
});

function hasSlowForm(regExp: RegExp): boolean {
  const { pattern, flags } = new RegExpParser().parseLiteral(String(regExp));
  const reportTypes = { Move: true, Self: true, Trade: true };
  return analyse({ pattern, flags }, { reportTypes }).reports.length > 0;
}

/** Of the text that takes longest, among many. */
async function growthOfPattern(regExp: RegExp, measure: typeof growthOnce = growthOf): Promise<number> {
  const times = new Map<Pump, number>();
  for (const pump of pumpsFor(regExp)) times.set(pump, await timeOf(() => apply(regExp, pumped(pump, 1000))));
  const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 3);
  let growth = 0;
  for (const [pump] of slowest) {
    const run = (length: number) => apply(regExp, pumped(pump, length));
    // A pattern alone does little else: five milliseconds tell. What is slow only for long texts shows itself there.
    growth = Math.max(growth, (await measure(run, 2000, 5000)) || (await measure(run, 6000, 5000)));
  }
  return growth;
}

/** As the sources do: sticky ones read a text piece by piece, up to the first that is none. */
function apply(regExp: RegExp, text: string): void {
  if (!regExp.sticky) {
    text.replace(regExp, "");
    return;
  }
  regExp.lastIndex = 0;
  while (regExp.exec(text)?.[0]);
}

function shown({ regExp, at }: Pattern): string {
  return `${at} ${regExp}`;
}
