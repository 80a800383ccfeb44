import { expect, test } from "vitest";
import { violations } from "./judge.js";

const AT = "2026-09-14T12:00:00Z";
const FILE = { id: "1", createdAt: AT, updatedAt: AT, archived: false, access: "PRIVATE" };
const problemsOf = (task: object) =>
  violations("checkImportStatus", 200, "application/json", JSON.stringify({ taskId: "1", requestedAt: AT, ...task }))
    .length > 0;

test.each<[string, object]>([
  ["PENDING without dates", { status: "PENDING" }],
  ["PENDING with null dates", { status: "PENDING", startedAt: null, completedAt: null }],
  ["PENDING with dates", { status: "PENDING", startedAt: AT, completedAt: AT }],
  ["PENDING with no error counted", { status: "PENDING", numErrors: 0, errors: [] }],
  ["PROCESSING without an end", { status: "PROCESSING", startedAt: AT }],
  ["COMPLETE with a file", { status: "COMPLETE", startedAt: AT, completedAt: AT, result: FILE }],
  ["COMPLETE with an error", { status: "COMPLETE", startedAt: AT, completedAt: AT, numErrors: 1 }],
  ["CANCELED in silence", { status: "CANCELED" }],
  [
    "CANCELED with a reason",
    { status: "CANCELED", numErrors: 1, errors: [{ status: "error", category: "X", message: "m" }] },
  ],
  ["dates with an offset and a fraction", { status: "PROCESSING", startedAt: "2026-09-14T14:00:00.123456+02:00" }],
  ["a property that nobody has heard of", { status: "PENDING", mood: "calm" }],
])("the contract admits %s", (_, task) => {
  expect(problemsOf(task)).toBe(false);
});

test.each<[string, object]>([
  ["PENDING with a result", { status: "PENDING", result: FILE }],
  ["PENDING with errors", { status: "PENDING", numErrors: 1 }],
  ["PROCESSING with a result", { status: "PROCESSING", result: FILE }],
  ["PROCESSING with errors", { status: "PROCESSING", errors: [{ status: "error", category: "X", message: "m" }] }],
  ["COMPLETE with neither file nor error", { status: "COMPLETE", startedAt: AT, completedAt: AT }],
  ["COMPLETE with numErrors 0 and no file", { status: "COMPLETE", startedAt: AT, completedAt: AT, numErrors: 0 }],
  ["COMPLETE without startedAt", { status: "COMPLETE", completedAt: AT, result: FILE }],
  ["COMPLETE with completedAt null", { status: "COMPLETE", startedAt: AT, completedAt: null, result: FILE }],
  ["COMPLETE with half a file", { status: "COMPLETE", startedAt: AT, completedAt: AT, result: { id: "1" } }],
  ["CANCELED with a result", { status: "CANCELED", result: FILE }],
  ["FAILED, which does not exist", { status: "FAILED" }],
  ["a status in lower case", { status: "pending" }],
  ["no status", {}],
  ["a date that is none", { status: "PENDING", requestedAt: "yesterday" }],
  ["a size in text", { status: "COMPLETE", startedAt: AT, completedAt: AT, result: { ...FILE, size: "12" } }],
  ["a width over int32", { status: "COMPLETE", startedAt: AT, completedAt: AT, result: { ...FILE, width: 2 ** 31 } }],
  [
    "a source group that is none",
    { status: "COMPLETE", startedAt: AT, completedAt: AT, result: { ...FILE, sourceGroup: "X" } },
  ],
  [
    "a context of plain strings",
    { status: "CANCELED", errors: [{ status: "error", category: "X", message: "m", context: { a: "b" } }] },
  ],
  [
    "an access that is none",
    { status: "COMPLETE", startedAt: AT, completedAt: AT, result: { ...FILE, access: "PUBLIC" } },
  ],
])("the contract refuses %s", (_, task) => {
  expect(problemsOf(task)).toBe(true);
});
