import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { rightAnswers, wrongAnswers } from "./readers/answers.mjs";
import { READERS, readTables, titleOf } from "./readers/table/index.mjs";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly dependencies: object }>>;
}

const page = await readFile("docs/readers.md", "utf8");
const lockOf = async (folder: string) => JSON.parse(await readFile(`${folder}/package-lock.json`, "utf8")) as Lock;

test("docs/readers.md has a row for each reader that its script tries, of the version in its lock file", async () => {
  const { packages } = await lockOf("test/readers/table");
  const expected = Object.entries(READERS).flatMap(([table, readers]) =>
    Object.entries(readers).map(([name, reader]) => [
      titleOf(table, name),
      packages[`node_modules/${reader.package}`]?.version,
    ]),
  );
  expect([...readTables(page)].map(([title, [version]]) => [title, version])).toEqual(expected);
});

test("docs/readers.md tries the versions that the suite tries", async () => {
  const [table, suite] = await Promise.all([lockOf("test/readers/table"), lockOf("test/readers")]);
  const direct = Object.keys(suite.packages[""]?.dependencies ?? {});
  const versions = ({ packages }: Lock) => direct.map((name) => [name, packages[`node_modules/${name}`]?.version]);
  expect(versions(table)).toEqual(versions(suite));
});

test("docs/readers.md lists each invalid response", async () => {
  const wrong = wrongAnswers(await rightAnswers(createSimulator, await readScenarios()));
  const [, list = ""] = /\nThe invalid ones:\n\n((?:- .*\n)+)/.exec(page) ?? [];
  expect(list.match(/(?<=^- ).*/gm)).toEqual(Object.keys(wrong));
});
