#!/usr/bin/env bash
# An import's ttl is a period of ISO 8601, as P3M: the format "duration". For each schema of that format, json-schema-faker 0.6.3
# generates PT0D, and nothing else: days stand before the T (RFC 3339, appendix A), so validators and parsers reject it.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . \
  json-schema-faker@0.6.3 ajv@8.20.0 ajv-formats@3.0.1 luxon@3.7.2
cat > look.mjs <<'JS'
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { generate } from "json-schema-faker";
import { Duration } from "luxon";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv");
const { default: addFormats } = require("ajv-formats");

const schema = { type: "string", format: "duration" };
const validate = addFormats(new Ajv()).compile(schema);
const verdicts = (text) => `${text}: Ajv ${validate(text) ? "accepts" : "rejects"}, Luxon ${Duration.fromISO(text).isValid ? "accepts" : "rejects"}`;
const generated = new Set();
for (let round = 0; round < 300; round += 1) generated.add(await generate(schema));
const { version } = JSON.parse(await readFile("node_modules/json-schema-faker/package.json", "utf8"));
console.log("Node", process.versions.node, "json-schema-faker", version);
console.log("of 300:", [...generated].map(verdicts), "and for comparison:", verdicts("P3M"));
const found = [...generated].map(verdicts).join() === "PT0D: Ajv rejects, Luxon rejects" && verdicts("P3M") === "P3M: Ajv accepts, Luxon accepts";
console.log(found ? "as found: each duration is invalid" : "CHANGED");
process.exit(found ? 0 : 1);
JS
node look.mjs
