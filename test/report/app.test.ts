import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import type { ReportKind } from "../../src/report/kinds.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { conclude } from "../../src/verify/conclude.js";
import { badApp, faithfulRun, SURROUNDINGS } from "./recordings.js";

function rendered(kind: ReportKind, exchanges: readonly RecordedExchange[]): string {
  return render[kind](serverResults(conclude({ exchanges, judging: {} }, []).report, exchanges, SURROUNDINGS));
}

test("a recording of an app's session is titled as what the app did, and a run's as the server's verdict", () => {
  const [bad, good, run] = [badApp(), badApp().slice(0, 3), faithfulRun()];
  expect(rendered("html", bad)).toContain("</span> What the app did</h1>");
  expect(rendered("markdown", bad)).toMatch(/^## ❌ What the app did\n/);
  expect(rendered("markdown", good)).toMatch(/^## ✅ What the app did\n/);
  expect(rendered("html", run)).toContain("</span> conforms to the contract</h1>");
  for (const kind of ["html", "markdown", "text"] as const) expect(rendered(kind, run)).not.toMatch(/the app/i);
});

test("an app's report says which rules the app broke, where, and what to do, and judges the server beside it", () => {
  const text = rendered("text", badApp());
  expect(text).toMatch(/^✗ reads-canceled \(conduct\)\n.*\n {2}GET .* → 200 \(requests 3, 4\)\n/);
  expect(text).toMatch(/Next: Treat CANCELED as a failure: stop/);
  expect(text).toMatch(/^ {2}rules +\d+ passed, 1 failed, \d+ not exercised$/m);
  expect(text).toMatch(
    /\nThe app broke 1 rule: reads-canceled\.\nhttps:\S+ conforms to the contract: no check failed, none drifted\.\n$/,
  );
  const markdown = rendered("markdown", badApp());
  expect(markdown).toMatch(/^\| ❌ \| `reads-canceled` \|/m);
  expect(markdown).toContain("The app broke 1 rule: reads-canceled.");
  expect(rendered("html", badApp())).toMatch(/<h2>What the app did wrong<\/h2>.*<h2>Rules for the app<\/h2>/s);
});

test("what an app did wrong is no failure of the server's: neither the exit code nor JUnit counts it", () => {
  const { report } = conclude({ exchanges: badApp(), judging: {} }, []);
  expect(report).toMatchObject({ exitCode: 0, conclusion: "conforms", conduct: { result: "fail" } });
  expect(rendered("junit", badApp())).toMatch(/<testsuites [^>]*failures="0"/);
});

test("an app's page begins with the app's numbers, marks the polls that broke a rule, and has curl commands", () => {
  const page = rendered("html", badApp());
  expect(page.indexOf("<dt>rules broken</dt>")).toBeLessThan(page.indexOf("<main>"));
  expect(page.indexOf("<dt>checks passed</dt>")).toBeGreaterThan(page.indexOf("<h2>Checks</h2>"));
  const guilty = [...page.matchAll(/<g class="mark answer guilty"><title>[^<]*\((request \d+)\)([^<]*)/g)];
  expect(guilty.map(([, ...words]) => words)).toEqual([
    ["request 4", "; it broke reads-canceled"],
    ["request 5", "; it broke reads-canceled"],
  ]);
  expect(page).toContain('<a href="#request-4">4</a>');
  expect(page).toMatch(/<pre class="command">curl &#39;https:/);
  expect(rendered("html", faithfulRun())).not.toMatch(/guilty"|As a curl command/);
});
