import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { UserError } from "../src/user-error.js";
import { print } from "./print.js";

const PACKAGE = dirname(createRequire(import.meta.url).resolve("hubspot-import-kit/package.json"));
const DIRECTORY = join(PACKAGE, "docs");

/** The page outside of the directory to which others link. */
const CI_PAGE = { name: "ci", file: join(PACKAGE, "examples", "ci", "README.md") };

/** `docs`: prints the documentation that is part of the package, for readers without the repository. */
export function docsCommand(): Command {
  return new Command("docs")
    .argument("[page]", "such as red: what to do when verify fails")
    .action(async (name?: string) => {
      const inDocs = (await readdir(DIRECTORY, { recursive: true }))
        .filter((file) => file.endsWith(".md"))
        .map((file) => file.slice(0, -3));
      const pages = [...inDocs, CI_PAGE.name];
      if (name === undefined) return print(await list(pages));
      const page = pageOf(name);
      if (!pages.includes(page)) {
        throw new UserError("unknown-file", `page "${name}" does not exist. Pages: ${pages.join(", ")}.`);
      }
      print(await readFile(fileOf(page), "utf8"));
    });
}

/** Returns a page's name from user input or a link. @example pageOf("../docs/verify.md#proxies"); // "verify" */
function pageOf(name: string): string {
  const [address = ""] = name.split("#");
  const path = address
    .replace(/^(\.\.?\/)+/, "")
    .replace(/^docs\//, "")
    .replace(/\.md$/, "");
  return /^examples\/ci(\/README|\/)?$/.test(path) ? CI_PAGE.name : path;
}

function fileOf(page: string): string {
  return page === CI_PAGE.name ? CI_PAGE.file : join(DIRECTORY, `${page}.md`);
}

async function list(pages: readonly string[]): Promise<string> {
  const width = Math.max(...pages.map((page) => page.length));
  const lines = pages.map(async (page) => {
    const [title = ""] = (await readFile(fileOf(page), "utf8")).split("\n", 1);
    return `${page.padEnd(width)}  ${title.replace(/^# /, "")}\n`;
  });
  return (await Promise.all(lines)).join("");
}
