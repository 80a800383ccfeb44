import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { jsonText, printable } from "../src/report/printable.js";
import { UserError } from "../src/user-error.js";
import { readDocumentFile } from "./document-file.js";
import { print } from "./print.js";

const CONTRACT = fileURLToPath(new URL("../spec/openapi.yaml", import.meta.url));

const ADVICE = "Pass the path of an OpenAPI document.";

/** `lint`: the contract's own rules on any OpenAPI document. Exit code 1 if there is a finding. */
export function lintCommand(): Command {
  return new Command("lint")
    .description("Check an OpenAPI document with Spectral: all of spectral:oas, and the contract's own rules.")
    .argument("[file]", "the document; default is the contract of this package", CONTRACT)
    .option("--json", "print JSON: an array of { code, severity, message, path, line }")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const findings = await lintDocument(file, (await readDocumentFile(file, ADVICE)).text);
      const lines = findings.map(
        ({ line, severity, code, message }) => `${file}:${line} ${severity} ${code} ${printable(message)}\n`,
      );
      if (options.json) print(jsonText(findings));
      else print(findings.length === 0 ? `${file}: no finding\n` : lines.join(""));
      process.exitCode = findings.length === 0 ? 0 : 1;
    });
}

interface LintFinding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** @param file its name, for messages @throws UserError `unknown-file` if Spectral cannot read the text */
export async function lintDocument(file: string, text: string): Promise<readonly LintFinding[]> {
  // Loaded on demand: no other command needs Spectral.
  const { default: spectral } = await import("@stoplight/spectral-core");
  const { default: parsers } = await import("@stoplight/spectral-parsers");
  const rules = (await import(new URL("../spec/ruleset.mjs", import.meta.url).href)) as { default: never };
  const { Resolver } = await import("@stoplight/spectral-ref-resolver");
  const linter = new spectral.Spectral({ resolver: new Resolver({ resolvers: { file: { resolve: readBeside } } }) });
  linter.setRuleset(rules.default);
  const results = await linter.run(new spectral.Document(text, parsers.Yaml, file)).catch((error: Error) => {
    throw new UserError(
      "unknown-file",
      `${file} is no OpenAPI document that can be read: ${error.message.split("\n")[0]}`,
    );
  });
  return results.map(({ code, severity, message, path, range }) => ({
    code: String(code),
    severity: ["error", "warning", "information", "hint"][severity] ?? "error",
    message,
    path: path.join("."),
    line: range.start.line + 1,
  }));
}

/** Files beside the document; nothing is fetched. */
async function readBeside(reference: { readonly path: () => string }): Promise<string> {
  return readFile(decodeURIComponent(reference.path()), "utf8");
}
