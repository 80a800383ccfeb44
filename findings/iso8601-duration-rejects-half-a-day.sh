#!/usr/bin/env bash
# ISO 8601 allows a fraction in a period's smallest unit, and the README of iso8601-duration 2.1.4 names P0.5D as allowed. Its
# parse() throws "invalid duration: P0.5D", and for years, months and weeks, too: it takes fractions of hours, minutes and seconds.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . iso8601-duration@2.1.4 tinyduration@3.4.1 luxon@3.7.2
cat > look.cjs <<'JS'
const { readFileSync } = require("node:fs");
const iso = require("iso8601-duration");
const tiny = require("tinyduration");
const { Duration } = require("luxon");

/** The parts that are not 0, as "1 days, 12.5 hours", or the error. */
function partsOf(parse, text) {
  try {
    return Object.entries(parse(text)).flatMap(([unit, count]) => (count ? [`${count} ${unit}`] : [])).join(", ");
  } catch ({ message }) {
    return message;
  }
}
const seen = {};
for (const text of ["P0.5D", "P1.5W", "P0.5Y", "P1DT12.5H", "PT0.5M", "PT1.0001S"]) {
  seen[text] = {
    "iso8601-duration": partsOf(iso.parse, text),
    tinyduration: partsOf(tiny.parse, text),
    luxon: partsOf((it) => Duration.fromISO(it).toObject(), text),
  };
}
const readme = readFileSync("node_modules/iso8601-duration/README.md", "utf8").match(/^.*P0\.5D.*$/m)?.[0];
console.log("Node", process.versions.node, "iso8601-duration", require("./node_modules/iso8601-duration/package.json").version);
console.log("its README:", readme);
console.table(seen);
const thrown = (text) => seen[text]["iso8601-duration"] === `invalid duration: ${text}`;
const found =
  readme?.includes("allowed") &&
  ["P0.5D", "P1.5W", "P0.5Y"].every(thrown) &&
  !["P1DT12.5H", "PT0.5M", "PT1.0001S"].some(thrown) &&
  seen["P0.5D"].luxon === "0.5 days" &&
  seen["P0.5D"].tinyduration === "0.5 days";
console.log(found ? "as found: no fraction of a day" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.cjs
