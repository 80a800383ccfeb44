import { expect, test } from "vitest";
import { isFlawless } from "../mocks/prism/flawless.js";
import { findViolations } from "../mocks/prism/judge.js";
import { defectsOf } from "../mocks/prism/violation.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { bodyFrom } from "../src/exchange/request.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";
import { below, pick, someRequest, withOtherAnswer } from "./flawless/exchanges.js";

/** Many more with `npm run try:flawless`. */
const RUNS = Number(process.env["FLAWLESS_RUNS"] ?? 3000);

const catalogue = await readScenarios();
const names = catalogue.map(({ name }) => name);
const clock = createClock();
const simulators = (["canceled", "complete", "silent"] as const).flatMap((failure) =>
  (["omit", "null", "filled"] as const).flatMap((inFlightDates) =>
    // With limits, so that their 429 are among the answers.
    [{}, { tenSecondly: 50, secondly: 40 }].map((limits) =>
      createSimulator({ scenarios: catalogue, pace: "polls", now: clock.now, failure, inFlightDates, limits }),
    ),
  ),
);

test("Prism finds nothing in an exchange that is judged flawless", async () => {
  const wrong: unknown[] = [];
  const count = { clean: 0, proven: 0, refused: 0, proof: new Map<string, number>() };
  for (let run = 0; run < RUNS; run += 1) {
    const { head, text } = someRequest(names);
    const body = await bodyFrom(text, head.headers.get("content-type"));
    const plain = pick(simulators).begin(head, body).keep().entry();
    if (below(50) === 0) clock.advance(pick([100, 1000, 20_000]));
    const isPlain = below(2) > 0;
    const exchange = isPlain ? plain : withOtherAnswer(plain);
    const isProven = isFlawless(exchange, head.headers);
    const found = await findViolations(head, body, exchange);
    const told = [...(found?.request ?? []), ...(found?.response ?? []), ...defectsOf(exchange, found)];
    if (isProven && (found === undefined || told.length > 0)) {
      wrong.push({
        sent: `${head.method} ${head.url} ${text}`,
        headers: [...head.headers],
        answered: exchange.response,
        told,
      });
    }
    if (told.length > 0) count.refused += 1;
    else if (isPlain && found !== undefined) {
      count.clean += 1;
      const kind = `${exchange.operation} ${exchange.response.status}`;
      if (isProven) count.proof.set(kind, (count.proof.get(kind) ?? 0) + 1);
      if (isProven) count.proven += 1;
    }
  }
  if (RUNS > 3000) console.log(count);
  expect(wrong).toEqual([]);
  // Both verdicts were asked for, and the mock's own answers hardly ever need Prism's.
  expect(count.refused).toBeGreaterThan(RUNS / 10);
  expect(count.proven / count.clean).toBeGreaterThan(0.8);
  const kinds = ["importFromUrl 202", "checkImportStatus 200", "checkImportStatus 404", "deleteFile 404"];
  expect([...count.proof.keys()]).toEqual(expect.arrayContaining(kinds));
});
