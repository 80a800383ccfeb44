/** Generates the Markdown and the data of spec/evidence.yaml. */
import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { noticeOf, root } from "./text.mjs";

const SOURCE = "spec/evidence.yaml";

/** Reads the evidence. @throws if it breaks its schema, repeats an id, or names an unknown departure */
async function readEvidence() {
  const [text, schema] = await Promise.all([SOURCE, "spec/evidence.schema.json"].map(textOf));
  return checkedEvidence(parse(text), JSON.parse(schema));
}

/** Returns `evidence` if it is valid. @throws with the first problem */
export function checkedEvidence(evidence, schema) {
  const ajv = new Ajv2020();
  if (!ajv.validate(schema, evidence)) throw new Error(ajv.errorsText(ajv.errors, { dataVar: SOURCE }));
  const { departures, questions, versions, knownDifferences } = evidence;
  const ids = [...departures, ...questions].map(({ id }) => id);
  const names = [...ids, ...versions.map(({ version }) => version), ...knownDifferences.map(placeOf)];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated) throw new Error(`${SOURCE} lists ${repeated} twice.`);
  const unlisted = knownDifferences.find(({ departure }) => !ids.includes(departure));
  if (unlisted) throw new Error(`${SOURCE} has no departure ${unlisted.departure}.`);
  return evidence;
}

function placeOf({ kind, where, published }) {
  return `${kind}: ${where}: ${published}`;
}

/** The data that programs need: no prose except the questions, which reports show. */
export async function evidenceData() {
  const { catalogue, questions, knownDifferences, versions } = await readEvidence();
  const data = {
    catalogue,
    questions: questions.map(({ id, question, assumed }) => ({ id, question, assumed })),
    knownDifferences: knownDifferences.map(({ source, ...row }) => {
      return { ...row, versions: source === "dated versions" ? "dated" : "all" };
    }),
    supportedUntil: Object.fromEntries(versions.map(({ version, supportedUntil }) => [version, supportedUntil])),
  };
  return `${noticeOf(SOURCE)}\nexport const evidence = ${JSON.stringify(data, null, 2)} as const;\n`;
}

/** spec/evidence.md. Keeps the sections that `verify --update-evidence` added at its end. */
export async function evidencePage() {
  const [evidence, before] = await Promise.all([readEvidence(), textOf("spec/evidence.md")]);
  const [observed = ""] = /\n## Observed on .*/s.exec(before) ?? [];
  return pageOf(evidence) + observed;
}

function pageOf({ catalogue, grades, departures, knownDifferences, questions, versions, facts }) {
  return `<!-- Generated from ${SOURCE} by \`npm run generate\`. Do not edit. -->

# What the contract rests on

\`openapi.yaml\` marks every property and every response with \`x-evidence\`:

${table(
  ["word", "meaning"],
  Object.entries(grades).map(([word, meaning]) => [code(word), meaning]),
)}
No HubSpot file is part of this project: the contract is written by hand from these facts.

## Departures from the published reference

Where the published reference of the status call, or its OpenAPI file, differs from this contract. \`mock --as-published\`
returns only responses that satisfy both.

${table(
  ["", "published", "this contract", "why", "source"],
  departures.map(({ id, published, contract, why, source }) => [id, published, contract, why, source]),
)}
## Known differences to the published OpenAPI

The departures place by place, as \`hubspot-import-kit drift\` finds them in HubSpot's files, which
<${catalogue}> lists. A row matches only its published value: another value
at the same place is new. \`*\` stands for each operation, \`error\` for every status that is not a success. Rows with the source
\`dated versions\` hold for those versions, all other rows also for v3. \`sometimes required\` is a property that some states or
alternatives require.

${table(
  ["kind", "where", "published", "departure", "source"],
  knownDifferences.map(({ kind, where, published, departure, source }) => {
    return [kind, code(where), code(published), departure, source];
  }),
)}
## Open questions

What nobody has published. Each is an option of the mock, or a decision that is named as ours.

${table(
  ["", "question", "the mock's default", "other possibilities", "source of the doubt"],
  questions.map(({ id, question, assumed, alternatives, doubt }) => [id, question, assumed, alternatives, doubt]),
)}
## Dated API versions

${table(
  ["version", "generally available", "current until", "supported until", "source"],
  versions.map(({ version, available, currentUntil, supportedUntil, source }) => {
    return [code(version), available ?? "–", currentUntil ?? "–", supportedUntil, source];
  }),
)}
${list(facts.versions)}
## Tokens

${list(facts.tokens)}
## What HubSpot calls a breaking change

${list(facts.breaking)}
## What is certain enough to simulate

${list(facts.certain)}`;
}

function table(heads, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |\n`.replace("|  |", "| |");
  return `${line(heads)}|${"---|".repeat(heads.length)}\n${rows.map(line).join("")}`;
}

function list(facts) {
  return facts.map(({ title, source, text }) => `${wrapped(`- **${title}** (${source}): ${text}`)}\n`).join("");
}

function wrapped(item) {
  return item.replace(/(?=.{121})(.{1,120}) /g, "$1\n  ");
}

function code(text) {
  return `\`${text}\``;
}

function textOf(path) {
  return readFile(new URL(path, root), "utf8");
}
