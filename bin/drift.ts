import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { type JsonObject, readContract } from "../src/contract/document.js";
import { compareDocuments, type Difference, type Drift, describesImports } from "../src/contract/drift.js";
import { knownDifferences } from "../src/contract/evidence.js";
import { UserError } from "../src/user-error.js";

/** `drift`: what HubSpot has published since. Exit code 1 if it is not all known. */
export function driftCommand(): Command {
  return new Command("drift")
    .description("Compare the contract with a copy of HubSpot's published OpenAPI document, which you supply.")
    .argument("<published>", "the document, JSON or YAML; of v3 or of a dated version of the API")
    .option("--all", "list the known differences, too")
    .option("--json", "print JSON: { differences: [{ kind, where, published, ours, class, departure? }], gone: [...] }")
    .addHelpText(
      "after",
      "\nExit code: 0 every difference is listed in spec/evidence.md; 1 there are new ones; 2 the document cannot be used.",
    )
    .action(async (file: string, options: { readonly all?: boolean; readonly json?: boolean }) => {
      const published = await resolved(file, await readPublished(file));
      if (!describesImports(published)) throw unusable(file, "has none of the import's operations");
      const ours = await resolved("spec/openapi.yaml", structuredClone(readContract().root));
      const drift = compareDocuments(published, ours, knownDifferences());
      const text = options.json ? JSON.stringify(drift, null, 2) : rendered(drift, options.all ?? false);
      process.stdout.write(`${text}\n`);
      process.exitCode = drift.differences.some((one) => one.class !== "known") ? 1 : 0;
    });
}

async function readPublished(file: string): Promise<JsonObject> {
  const { default: yaml } = await import("yaml");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw unusable(file, error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`);
  });
  let document: unknown;
  try {
    document = yaml.parse(text);
  } catch (error) {
    throw unusable(file, `is neither JSON nor YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  const isOpenApi =
    typeof document === "object" && document !== null && /^3\./.test(String((document as JsonObject)["openapi"]));
  if (!isOpenApi) throw unusable(file, "is no OpenAPI 3 document");
  return document as JsonObject;
}

/** A document with its references resolved. Nothing is fetched: references to elsewhere are a mistake. */
async function resolved(file: string, document: JsonObject): Promise<JsonObject> {
  const { dereference } = await import("@readme/openapi-parser");
  try {
    return (await dereference(document as never, {
      resolve: { external: false },
    })) as unknown as JsonObject;
  } catch (error) {
    throw unusable(file, `cannot be resolved: ${(error as Error).message.split("\n")[0]}`);
  }
}

function unusable(file: string, why: string): UserError {
  return new UserError("unknown-file", `${file} ${why}. Pass HubSpot's OpenAPI document of the Files API.`);
}

function rendered({ differences, gone }: Drift, all: boolean): string {
  const of = (kind: Difference["class"]) => differences.filter((one) => one.class === kind);
  const [breaking, added, known] = [of("breaking"), of("new"), of("known")];
  return [
    ...section("breaking: a client that keeps to the contract can fail", breaking),
    ...section("new", added),
    ...(all ? section("known", known) : []),
    ...gone.map(
      ({ kind, where, departure }) => `no longer so: ${departure} ${kind} ${where}. Remove it from spec/evidence.md.\n`,
    ),
    `${breaking.length} breaking, ${added.length} new, ${known.length} known${all ? "" : " (--all lists them)"}`,
    ...(breaking.length + added.length > 0 ? [NEXT] : []),
  ].join("\n");
}

const NEXT =
  "Next: change spec/openapi.yaml, or list the difference in spec/evidence.md with what the contract says instead.";

function section(title: string, differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return [];
  const entries = differences.map(
    ({ kind, where, published, ours, departure }) =>
      `  ${kind} ${where}${departure === undefined ? "" : ` (${departure})`}\n    - contract:  ${ours}\n    + published: ${published}\n`,
  );
  return [title, ...entries];
}
