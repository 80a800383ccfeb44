import { READERS } from "./readers.mjs";

const REGION = /<!-- tables -->\n(.*)<!-- end of the tables -->/s;

/** What stands in a table's rows behind the reader's title, its version and the day. */
export const COLUMNS = {
  code: [
    ...["compiles under `strict`", "`status` narrows", "valid responses accepted", "invalid ones rejected"],
    ...["the control API's document compiles", "to set"],
  ],
  mocks: ["responses that keep the contract", "to set"],
  viewers: ["states and alternatives named", "shown wrongly", "errors", "to set"],
};
const TITLES = { code: "Generators and validators", mocks: "Mocks", viewers: "Viewers" };

export const titleOf = (table, name) => READERS[table][name].title ?? name;

/** @returns the cells of one reader's row, of what was found */
export function cellsOf(table, found, { right, wrong, keeps }) {
  if (table === "viewers") return found;
  const share = (made) => `${made.filter((answer) => keeps(answer)).length} of ${made.length}`;
  const accepts = (accepted) => `accepts ${namesIn(right, accepted).length} of ${Object.keys(right).length}`;
  const outcome = (one) =>
    one.failed ?? (one.made ? `${share(one.made)} keep it` : `it ${accepts(one)} valid responses`);
  const set = Object.entries(found.without ?? {}).map(([what, one]) => `${what} (without: ${outcome(one)})`);
  const toSet = set.join("; ") || "nothing";
  if (table === "mocks") return [share(found.made), toSet];
  const wronglyAccepted = namesIn(wrong, found.accepted);
  const total = Object.keys(wrong).length;
  return [
    said(found.compiles, found.problems),
    said(found.narrows),
    accepts(found.accepted).replace("accepts ", ""),
    `${total - wronglyAccepted.length} of ${total}${wronglyAccepted.map((name) => `; not: ${name}`).join("")}`,
    said(found.control?.compiles, found.control?.problems),
    toSet,
  ];
}

const namesIn = (answers, accepted) => Object.keys(answers).filter((name) => accepted.includes(name));

const said = (value, [problem] = []) =>
  value === undefined ? "–" : value ? "yes" : problem === undefined ? "no" : `no: ${problem}`;

/**
 * Reads the tables of docs/readers.md.
 *
 * @returns {Map<string, readonly string[]>} the reader's title → version, day and the cells of its table's columns
 */
export function readTables(page) {
  const [, region = ""] = REGION.exec(page) ?? [];
  const lines = [...region.matchAll(/^\| (.*) \|$/gm)].map(([, line]) => line.split(" | "));
  return new Map(lines.filter(([, version]) => /^\d/.test(version)).map(([title, ...cells]) => [title, cells]));
}

/** Renders the tables into the page, a row for each reader that was tried. */
export function writeTables(page, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "/")).join(" | ")} |`;
  const tables = Object.entries(READERS).map(([table, readers]) => {
    const head = ["reader", "version", "tried on", ...COLUMNS[table]];
    const titles = Object.keys(readers).map((name) => titleOf(table, name));
    const tried = titles.filter((title) => rows.has(title)).map((title) => [title, ...rows.get(title)]);
    return `### ${TITLES[table]}\n\n${[head, head.map(() => "---"), ...tried].map(line).join("\n")}\n`;
  });
  return page.replace(REGION, () => `<!-- tables -->\n\n${tables.join("\n")}\n<!-- end of the tables -->`);
}
