import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { UserError } from "../src/user-error.js";
import { print } from "./print.js";

const DIRECTORY = join(dirname(createRequire(import.meta.url).resolve("hubspot-import-kit/package.json")), "docs");

/** `docs`: the pages of the documentation, which are part of the package, for who has it from a registry or a log alone. */
export function docsCommand(): Command {
  return new Command("docs")
    .description("Print a page of the documentation as Markdown, or list the pages.")
    .argument("[page]", "such as red: what to do when verify is red")
    .action(async (given?: string) => {
      const name = given?.replace(/\.md$/, "");
      const pages = (await readdir(DIRECTORY, { recursive: true }))
        .filter((file) => file.endsWith(".md"))
        .map((file) => file.slice(0, -3));
      if (name === undefined) return print(await list(pages));
      if (!pages.includes(name)) {
        throw new UserError("unknown-file", `there is no page "${name}". Pages: ${pages.join(", ")}.`);
      }
      print(await readFile(join(DIRECTORY, `${name}.md`), "utf8"));
    });
}

async function list(pages: readonly string[]): Promise<string> {
  const width = Math.max(...pages.map((page) => page.length));
  const lines = pages.map(async (page) => {
    const [title = ""] = (await readFile(join(DIRECTORY, `${page}.md`), "utf8")).split("\n", 1);
    return `${page.padEnd(width)}  ${title.replace(/^# /, "")}\n`;
  });
  return (await Promise.all(lines)).join("");
}
