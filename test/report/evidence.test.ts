import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.js";
import { renderEvidence } from "../../src/report/markdown.js";
import { faithfulRun } from "./recordings.js";

const heading = "## Observed on 2026-11-23, `api.hubapi.example`";

test("a run's observations are listed under its day and its server", () => {
  const section = renderEvidence(judge(faithfulRun()), "# Evidence\n");
  expect(section.split("\n").slice(0, 3)).toEqual([
    heading,
    "",
    "- **Q1** Does the status request return 200 or 202 before the end? Observed: `200 in 4 of 4`. Assumed so far: 200.",
  ]);
});

test("a run that shows nothing of them says so", () => {
  expect(renderEvidence(judge([]), "")).toBe(
    "## Observed on 1970-01-01, a recording\n\n- Nothing that bears on an open question.\n",
  );
});

test("each further run of a day gets a number, and existing text is not changed", () => {
  const headingAfter = (before: string) => renderEvidence(judge(faithfulRun()), before).split("\n")[0];
  expect(headingAfter(`# Evidence\n\n${heading}\n\n- **Q1** reviewed\n`)).toBe(`${heading} (2)`);
  expect(headingAfter(`${heading}\n\n${heading} (2)\n`)).toBe(`${heading} (3)`);
  expect(headingAfter(heading.replace("23", "22"))).toBe(heading);
});

test("nothing that a server says is read as Markdown or HTML", () => {
  const named = faithfulRun().map((one) => {
    const body = one.response?.body.replace('"name":"a"', '"name":"a <b>|`x` [y](https://evil.example)\\n# z"');
    return one.response && body !== undefined ? { ...one, response: { ...one.response, body } } : one;
  });
  expect(renderEvidence(judge(named), "")).toContain(
    "Observed: `` name a <b>|`x` [y](https://evil.example)\\n# z, extension png in 1 of 1 ``. Assumed so far: ",
  );
});
