import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "../../src/verify/judge.js";
import type { RecordedExchange } from "../../src/verify/recording/recording.js";
import { brokenServers } from "../verify/broken-servers.js";
import { failed, findings } from "../verify/run.js";
import { unusualServers } from "../verify/unusual-servers.js";
import { RECORDINGS } from "./recordings.js";

const recordings = JSON.parse(readFileSync(RECORDINGS, "utf8")) as Readonly<
  Record<string, readonly RecordedExchange[]>
>;

test.each(brokenServers)("$name: $fails", ({ name, fails, at }) => {
  const report = judge(recordings[name] ?? []);
  expect(failed({ report }, "violation")).toEqual(fails);
  const pointers = findings({ report }, "violation").map(({ pointer }) => pointer);
  if (at !== undefined) expect(pointers).toContainEqual(expect.stringMatching(new RegExp(`^${at}`)));
});

test.each(unusualServers)("$name", ({ name, drift, leaves = 0 }) => {
  const report = judge(recordings[name] ?? []);
  expect(findings({ report }, "violation")).toEqual([]);
  expect(failed({ report }, "drift")).toEqual(drift);
  expect({ exitCode: report.exitCode, unjudged: report.unjudged }).toEqual({ exitCode: 0, unjudged: [] });
  expect(report.leftBehind).toHaveLength(leaves);
});
