import { expect, test } from "vitest";
import { readContract } from "../../src/contract/document.js";
import { createValidator } from "../../src/judge/schema.js";

const contract = readContract();
const validate = createValidator(contract);
const at = "2026-09-14T12:00:00Z";
const file = { id: "1", createdAt: at, updatedAt: at, archived: false, access: "PRIVATE" };
const ended = { taskId: "1", startedAt: at, completedAt: at };
const complete = { ...ended, status: "COMPLETE" };
const NONE = "result, or numErrors of at least 1, or errors";

test.each<[string, object, readonly string[]]>([
  ["a file that comes too early", { taskId: "1", status: "PENDING", result: null }, ["/result: absent in this state"]],
  ["a file of a canceled task", { ...ended, status: "CANCELED", result: file }, ["/result: absent in this state"]],
  ["neither a file nor an error", complete, [`: ${NONE}`]],
  ["no error that is counted", { ...complete, numErrors: 0, errors: [] }, [`: ${NONE}`]],
  ["half a file", { ...complete, result: { ...file, id: undefined } }, ["/result/id: present"]],
  [
    "a file with a wrong path",
    { ...complete, result: { ...file, path: "a" } },
    ["/result/path: a text that matches ^[/]"],
  ],
  ["no file but null", { ...complete, result: null }, ["/result: an object"]],
  ["a number of errors in text", { ...complete, numErrors: "1" }, ["/numErrors: a whole number"]],
  [
    "an error without words",
    { ...complete, errors: [{ status: "error", category: "X" }] },
    ["/errors/0/message: present"],
  ],
  [
    "half a file beside an error",
    { ...complete, result: {}, numErrors: 1 },
    ["id", "createdAt", "updatedAt", "archived", "access"].map((name) => `/result/${name}: present`),
  ],
])("%s is one finding for each thing that is wrong", (_, task, told) => {
  const problems = validate(contract.resolve("/components/schemas/TaskStatus"), JSON.parse(JSON.stringify(task)));
  expect(problems.map(({ pointer, expected }) => `${pointer}: ${expected}`)).toEqual(told);
});
