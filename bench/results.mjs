import { readFile, writeFile } from "node:fs/promises";

const REGION = /<!-- figures -->\n.*<!-- end of the figures -->/s;
const WIDTH = 860;
const LEFT = 190;
const ROW = 36;
const file = (path) => new URL(`../${path}`, import.meta.url);

/** Reads bench/results/speed.json: `machine`, `servers` and `results`. */
export const readResults = async () => JSON.parse(await readFile(file("bench/results/speed.json"), "utf8"));

/** Writes the results, as data and as Markdown, and puts them into docs/speed.md and its picture. */
export async function writeResults(found) {
  const page = await readFile(file("docs/speed.md"), "utf8");
  await writeFile(file("bench/results/speed.json"), `${JSON.stringify(found, null, 2)}\n`);
  await writeFile(file("bench/results/speed.md"), `# How fast the kit is\n\n${renderFigures(found)}`);
  await writeFile(file("docs/speed.md"), withFigures(page, found));
  await writeFile(file("docs/speed.svg"), renderPicture(found.servers));
}

/** Returns the page with its figures replaced by these. */
export const withFigures = (page, found) =>
  page.replace(REGION, () => `<!-- figures -->\n\n${renderFigures(found)}\n<!-- end of the figures -->`);

function renderFigures({ machine, servers, results }) {
  const versions = Object.entries(machine.packages).map((pair) => pair.join(" "));
  const ran = `Node ${machine.node.slice(1)} on ${machine.cpu}, ${machine.system}. ${versions.join(", ")}.`;
  const rates = servers.map(({ name, requestsPerSecond, cpuMicroseconds, p99Ms, rssMB }) =>
    [name, requestsPerSecond.toLocaleString("en"), `${cpuMicroseconds} µs`, `${p99Ms} ms`, `${rssMB} MB`].join(" | "),
  );
  const figures = results.map(({ name, value, unit, target, kept }) =>
    [name, `${value} ${unit}`, `${target} ${unit}`, kept ? "kept" : "**missed**"].join(" | "),
  );
  return `${ran}

${table("polls of an ended task, 8 connections | requests a second | processor time of each | slowest of a hundred | memory", rates)}

${table("figure | measured | target | ", figures)}
`;
}

function table(head, rows) {
  const rule = head.split("|").map(() => "---");
  return [`| ${head} |`, `|${rule.join("|")}|`, ...rows.map((row) => `| ${row} |`)].join("\n");
}

/** Draws each server's rate as a bar: docs/speed.svg. */
export function renderPicture(servers) {
  const most = Math.max(...servers.map(({ requestsPerSecond }) => requestsPerSecond));
  const height = 56 + servers.length * ROW;
  const bars = servers.map(({ name, requestsPerSecond }, row) => {
    const [y, width] = [44 + row * ROW, Math.max(2, Math.round((requestsPerSecond / most) * (WIDTH - LEFT - 110)))];
    const isOurs = name === "hubspot-import-kit";
    return `  <text x="${LEFT - 12}" y="${y + 18}" text-anchor="end"${isOurs ? ' font-weight="600"' : ""}>${name}</text>
  <rect x="${LEFT}" y="${y}" width="${width}" height="26" rx="4" fill="${isOurs ? "#8fd8bd" : "#d5dae3"}"/>
  <text x="${LEFT + width + 8}" y="${y + 18}" fill="#475569">${requestsPerSecond.toLocaleString("en")}</text>
`;
  });
  const label = `Polls answered in a second: ${servers.map(({ name, requestsPerSecond }) => `${name} ${requestsPerSecond.toLocaleString("en")}`).join(", ")}.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="14" fill="#0f172a" role="img" aria-label="${label}">
  <rect width="${WIDTH}" height="${height}" rx="10" fill="#ffffff"/>
  <text x="24" y="28" font-weight="600">Polls of an ended task answered in a second, 8 connections</text>
${bars.join("")}</svg>
`;
}
