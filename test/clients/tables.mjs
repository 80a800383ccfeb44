import { CASES, GROUPS } from "./cases.mjs";

const REGION = /<!-- tables -->\n(.*)<!-- end of the tables -->/s;
const LANGUAGES = ["JavaScript", "Python", "Ruby", "PHP", "Go"];
const RAN = "What was run";
const RUN_WITH = "run with";

/**
 * Reads the tables of docs/clients.md.
 *
 * @returns {Map<string, Map<string, string>>} SDK → the case's id → cell
 */
export function readTables(page) {
  const columns = new Map();
  const [, region = ""] = REGION.exec(page) ?? [];
  for (const [, title, table] of region.matchAll(/^### (.*)\n\n((?:\|.*\n)+)/gm)) {
    const [head = [], , ...rows] = table.trim().split("\n").map(cellsOf);
    for (const [first, ...cells] of rows) {
      const id =
        title === RAN ? RUN_WITH : CASES.find((test) => GROUPS[test.group] === title && titleOf(test) === first)?.id;
      if (id === undefined) continue;
      head.slice(1).forEach((sdk, at) => {
        if (!columns.has(sdk)) columns.set(sdk, new Map());
        columns.get(sdk).set(id, cells[at]);
      });
    }
  }
  return columns;
}

/** Renders the tables into the page, a column for each SDK. */
export function writeTables(page, columns) {
  const sdks = [...columns.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const table = (head, rows) =>
    [row([head, ...sdks]), row([head, ...sdks].map(() => "---")), ...rows.map(row)].join("\n");
  const cells = (id) => sdks.map((sdk) => columns.get(sdk).get(id) ?? "not run");
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const rows = CASES.filter((test) => test.group === group).map((test) => [titleOf(test), ...cells(test.id)]);
    return `### ${title}\n\n${table("the server, or the request", rows)}\n`;
  });
  const ran = `### ${RAN}\n\n${table("", [[RUN_WITH, ...cells(RUN_WITH)]])}\n`;
  return page.replace(REGION, () => `<!-- tables -->\n\n${[ran, ...groups].join("\n")}\n<!-- end of the tables -->`);
}

/** A row's first column. */
const titleOf = ({ scenario, title }) => (scenario ? `\`${scenario}\`: ${title}` : title);

const rank = (sdk) => LANGUAGES.indexOf(sdk.split(" ")[0]);

/** The cells of a table's line; a bar in a cell is escaped. */
const cellsOf = (line) =>
  line
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
