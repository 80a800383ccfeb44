import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sources } from "./linear/patterns.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const files = sources().filter((file) => !file.endsWith(".gen.ts"));

/** A folder of `src`, its ground floor, the doors or the command. */
function roomOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "src" && second.endsWith(".ts") ? "src" : top === "src" ? `src/${second}` : top;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/(?:\bfrom|\bimport\()\s*"(\.[^"]+)\.js"/g);
  return [...found].map(([, path = ""]) => relative(root, join(root, dirname(file), `${path}.ts`)));
}

test("no two rooms import from each other, not even types", () => {
  const edges = new Set(
    files
      // What a package's entry lists comes from every room.
      .filter((file) => file !== "src/index.ts")
      .flatMap((file) => importsOf(file).map((other) => [roomOf(file), roomOf(other)] as const))
      .filter(([from, to]) => from !== to)
      .map(([from, to]) => `${from} → ${to}`),
  );
  const mutual = [...edges].filter((edge) => edges.has(edge.split(" → ").reverse().join(" → ")));
  expect(edges.size).toBeGreaterThan(20);
  expect(mutual).toEqual([]);
});

test("nothing of the mock imports the console, which is read when a browser asks for it", () => {
  const importing = files
    .filter((file) => !file.startsWith("console/"))
    .flatMap((file) =>
      importsOf(file)
        .filter((other) => other.startsWith("console/"))
        .map((other) => `${file} imports ${other}`),
    );
  expect(importing).toEqual([]);
});

test("the contract alone says which paths HubSpot's API has", () => {
  const named = files
    .filter((file) => !file.startsWith("src/contract/"))
    .flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"))
    .filter((line) => !/^\s*(?:\/?\*|\/\/|import )/.test(line))
    // As a regular expression has them, too: \/files\/+v3.
    .filter((line) => /import-from-url|files\/v3|async\/tasks/.test(line.replaceAll(/[\\+]/g, "")));
  expect(named).toEqual([]);
});

test("no file of the product is longer than 300 lines", () => {
  const long = files.filter((file) => readFileSync(join(root, file), "utf8").trimEnd().split("\n").length > 300);
  expect(long).toEqual([]);
});
