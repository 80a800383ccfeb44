import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { withPublished } from "../../bin/drift.js";
import { parseConfig } from "../../bin/verify/config.js";
import { readHar } from "../../mocks/har-file.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { compareWithPublished, publishedVersion, readSource } from "../../src/drift/drift.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { judge } from "../../src/judge/judge.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { UserError } from "../../src/user-error.js";
import { publishedDocument } from "../drift/published.js";
import { harOf } from "../recordings/har.js";
import { SURROUNDINGS } from "../report/recordings.js";
import { mutated, mutatedText, RUNS } from "./mutate.js";

const directory = await mkdtemp(join(tmpdir(), "fuzz-"));
afterAll(() => rm(directory, { recursive: true }));

const ENDS = { numRuns: RUNS, interruptAfterTimeLimit: RUNS > 1000 ? 600_000 : 20_000 };

/** Whatever a file holds, reading it succeeds, or fails with a sentence for its user. */
async function expectAnswered(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toMatch(/\n\s+at /);
  }
}

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
}

const har = fc.oneof(
  mutated(harOf()).map((one) => JSON.stringify(one)),
  mutatedText(JSON.stringify(harOf()), ["NaN", '"', "\\", "\0", "[", "{", "-Infinity", "\uFEFF"]),
);

test("any HAR file is judged and reported, or reported as invalid", async () => {
  await fc.assert(
    fc.asyncProperty(har, async (text) => {
      const file = await fileWith("run.har", text);
      await expectAnswered(async () => {
        const { exchanges, leftOut } = await readHar(file);
        judgeConduct(exchanges);
        const report = judge(exchanges, { leftOut });
        for (const kind of ["text", "markdown", "junit", "html", "sarif", "json"] as const) {
          render[kind](serverResults(report, exchanges, SURROUNDINGS));
        }
      });
    }),
    ENDS,
  );
});

const PIECES = [
  "- ",
  ": ",
  "&a ",
  "*a",
  "<<: ",
  "{",
  "[",
  "]",
  "|\n",
  ">\n",
  "? ",
  "#",
  "---\n",
  "%YAML",
  "!t ",
  "\t",
  "'",
  '"',
];
const samples = await Promise.all(
  ["lifecycle/canceled", "limits/rate-limited", "drift/link-to-another-task"].map((name) =>
    readFile(`mocks/scenarios/${name}.yaml`, "utf8"),
  ),
);

test("any scenario file is read, or reported as invalid", async () => {
  const folder = await mkdtemp(join(directory, "scenarios-"));
  await fc.assert(
    fc.asyncProperty(fc.oneof(...samples.map((one) => mutatedText(one, PIECES))), async (text) => {
      await writeFile(join(folder, "one.yaml"), text);
      await expectAnswered(() => readScenarios(folder));
    }),
    ENDS,
  );
});

const document = publishedDocument();

test("any published document is compared, or reported as invalid", async () => {
  const ours = readSource(publishedDocument() as never);
  const texts = fc.oneof(
    mutated(document).map((one) => JSON.stringify(one)),
    mutatedText(JSON.stringify(document, null, 1), ["{", "$ref", "#/", '"', "[", "}", "{}", "~1"]),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const file = await fileWith("published.json", text);
      await expectAnswered(() =>
        withPublished(file, (published) => {
          const version = publishedVersion(published);
          if (version) compareWithPublished({ published, ours, known: [], version });
        }),
      );
    }),
    ENDS,
  );
});

test("any configuration is accepted, or reported as invalid", async () => {
  const config = { baseUrl: "http://127.0.0.1:4010", strict: true, report: ["junit=a.xml"], timeout: "2m" };
  const texts = fc.oneof(
    mutated(config).map((one) => JSON.stringify(one)),
    mutatedText(JSON.stringify(config), ["{", '"', "\\u", "[", "token"]),
  );
  await fc.assert(
    fc.asyncProperty(texts, (text) => expectAnswered(() => parseConfig(text))),
    // It compiles the schema each time.
    { ...ENDS, numRuns: Math.ceil(RUNS / 4) },
  );
});
