import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packed } from "./packed.js";

const { paths } = await packed();
const files = new Set(paths);
const pages = [...files].filter((path) => path.endsWith(".md"));
const texts = new Map(await Promise.all(pages.map(async (page) => [page, await readFile(page, "utf8")] as const)));

/** The names of a page's headings, as GitHub and npm make them. */
function anchorsOf(page: string): readonly string[] {
  const outside = (texts.get(page) ?? "").replace(/^```.*?^```/gms, "");
  return [...outside.matchAll(/^#+ +(.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("every link of %s leads to a file of the package, and to a heading in it", (page) => {
  const text = (texts.get(page) ?? "").replace(/^```.*?^```/gms, "");
  const dead = [...text.matchAll(/\]\((?!\w+:)([^)\s]*)\)/g)].flatMap(([, link = ""]) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(page, "..", path);
    const isThere = files.has(target) || [...files].some((file) => file.startsWith(`${target.replace(/\/$/, "")}/`));
    const isNamed = anchor === undefined || !target.endsWith(".md") || anchorsOf(target).includes(anchor);
    return isThere && isNamed ? [] : [link];
  });
  expect(dead).toEqual([]);
});

test("the package names no address of a project that has none", async () => {
  const manifest = JSON.parse(await readFile("package.json", "utf8")) as object;
  for (const name of ["repository", "homepage", "bugs"]) expect(manifest).not.toHaveProperty(name);
});
