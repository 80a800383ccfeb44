/**
 * Holds the mock server of this checkout against that of another build: the same random requests, byte for byte and over
 * sockets, have to be answered with the same bytes, and leave the same journals, tasks and metrics.
 *
 *   npm run try:builds -- OTHER_KIT_FOLDER [--seed N] [--requests N] [--world WORDS] [--kind WORDS]
 *
 * OTHER_KIT_FOLDER has a `dist` and its `node_modules`; it counts as the build of before. Exits with 1 on any difference.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { CONTROL_KINDS } from "./control.mjs";
import { differenceOf, readable } from "./difference.mjs";
import { KINDS } from "./kinds.mjs";
import { CAT, createChance, inTurn, pollOf, postOf } from "./requests.mjs";
import { startSide } from "./side.mjs";
import { WORLDS } from "./worlds.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    requests: { type: "string", default: "6000" },
    world: { type: "string", default: "" },
    kind: { type: "string", default: "" },
  },
});
const [other] = positionals;
if (other === undefined) throw new Error("Name the folder of the other build: npm run try:builds -- FOLDER");
const folders = [resolve(other), resolve(".")];
/** A checkpoint compares what has gathered; a journal keeps a thousand exchanges. */
const CHECKPOINT = 500;
const SHOWN_OF_KIND = 3;

const kinds = { ...KINDS, ...CONTROL_KINDS };
const counts = new Map();
let differences = 0;
let unrepeated = 0;
const worlds = WORLDS.filter(({ name }) => name.includes(values.world));
const began = performance.now();
for (const [index, world] of worlds.entries()) {
  const compareOnce = () => compareWorld(world, createChance(Number(values.seed) * 1000 + index));
  const first = await compareOnce();
  for (const { kind, requests } of first) count(kind).compared += requests;
  const differing = first.filter(({ difference }) => difference !== undefined);
  if (differing.length === 0) continue;
  // A machine under load can delay a reset past a client's patience. What differs by itself differs again.
  const second = new Map((await compareOnce()).map(({ place, difference }) => [place, difference]));
  for (const { place, kind, difference, acts } of differing) {
    if (second.get(place) === undefined) {
      unrepeated += 1;
      console.log(`Not seen again: ${world.name}: ${place}`);
      continue;
    }
    count(kind).differing += 1;
    differences += 1;
    if (count(kind).differing <= SHOWN_OF_KIND)
      console.log(`\n${world.name}: ${place}\n${acts.map(readable).join("")}${difference}\n`);
  }
}
for (const [kind, { compared, differing }] of [...counts].sort()) {
  console.log(`${`${compared}`.padStart(6)}  ${kind}${differing > 0 ? `: ${differing} DIFFER` : ""}`);
}
const total = [...counts.values()].reduce((sum, { compared }) => sum + compared, 0);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
const once = unrepeated > 0 ? ` (and ${unrepeated} that a second run did not show)` : "";
console.log(`${total} requests and views in ${worlds.length} worlds, ${differences} differences${once}, ${seconds} s`);
process.exit(differences === 0 ? 0 : 1);

function count(kind) {
  if (!counts.has(kind)) counts.set(kind, { compared: 0, differing: 0 });
  return counts.get(kind);
}

/** @returns everything that was compared, in its order */
async function compareWorld(world, chance) {
  const sides = [];
  for (const folder of folders) sides.push(await startSide(folder, world));
  const { scenarios } = sides[0];
  const known = { tasks: [], files: [] };
  let labels = 0;
  const fresh = () => {
    labels += 1;
    return labels;
  };
  const g = { ...chance, fresh, scenarios, known };
  const names = Object.keys(kinds).filter((name) => name.includes(values.kind));
  const first = values.kind === "" ? everyScenario(scenarios, g) : [];
  const most = Number(values.requests) / worlds.length;
  const compared = [];
  const compare = (name, kind, [before, after], { requests = 1, acts = [] } = {}) => {
    compared.push({
      place: `${compared.length}, ${name}`,
      kind,
      difference: differenceOf(before, after),
      requests,
      acts,
    });
  };
  const compareViews = async () => {
    const views = [];
    for (const side of sides) views.push(await side.views());
    for (const name of new Set(views.flatMap((one) => [...one.keys()]))) {
      const kind = `view ${name.replace(/^\/sessions\/[^/]+/, "…")}`;
      compare(
        name,
        kind,
        views.map((one) => one.get(name) ?? "absent"),
      );
    }
  };
  let sent = 0;
  let unchecked = 0;
  while (first.length > 0 || sent < most) {
    const kind = first.length > 0 ? "every scenario" : g.pick(names);
    const { acts, requests } = first.shift() ?? kinds[kind](g);
    const passes = g.pick([0, 0, 300, 1000, 2500]);
    const came = [];
    for (const side of sides) came.push(await side.meet(acts, passes));
    compare(kind, kind, came, { requests, acts });
    note(came[0].answers, known);
    if (kind !== "every scenario") sent += requests;
    unchecked += requests;
    if (unchecked < CHECKPOINT) continue;
    unchecked = 0;
    await compareViews();
  }
  await compareViews();
  const ends = [];
  for (const side of sides) ends.push(await side.end());
  compare("events", "events", ends);
  return compared;
}

/** Each scenario's import and polls to its end: chosen by the url, by the header, and by its name as an id. */
function everyScenario(scenarios, g) {
  return scenarios.map(({ name }) => {
    const way = g.int(3);
    const headers = [
      ["Authorization", "Bearer any"],
      ["Content-Type", "application/json"],
      ...(way === 0 ? [["X-Mock-Scenario", name]] : []),
    ];
    const start = postOf(
      { ...CAT, url: `https://e.test/a.png${way === 1 ? `#mock=${name}` : ""}` },
      { headers, isLast: false },
    );
    const id = way === 2 ? name : "last";
    const polls = Array.from({ length: 4 }, () => pollOf(id, { headers, isLast: false }));
    return {
      acts: [
        { meanwhile: inTurn([start]) },
        ...polls.slice(2).map((poll) => ({ meanwhile: inTurn([poll]) })),
        ...inTurn(polls.slice(0, 2)),
      ],
      requests: 5,
    };
  });
}

/** Ids that later requests can name. */
function note(answers, { tasks, files }) {
  for (const { text } of answers) {
    for (const [, id] of text.matchAll(/"id":"([\w-]{8,40})","links"/g)) tasks.push(id);
    for (const [, id] of text.matchAll(/"result":\{"id":"(\d+)"/g)) files.push(id);
  }
  tasks.splice(0, tasks.length - 30);
}
