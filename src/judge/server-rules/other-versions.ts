import { apiPath, splitVersion } from "../../contract/operations.js";
import { isJsonEqual, isObject, type JsonObject } from "../../json.js";
import { apiVersionOf, isEnd, isTransient, taskIn } from "../read-exchange.js";
import { isAfter, type Poll } from "../recording.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { isPerhapsDeleted, pairOf } from "./task.js";
import { changesOf } from "./task-values.js";

export const versionsAgree: Rule = {
  id: "versions-agree",
  sentence: "An ended task has the same status code and body in every version of the API.",
  // The published payloads of v3 and the dated versions are identical, and the contract has one definition for all of
  // them.
  severity: "violation",
  evidence: "live",
  next: "Let your client stay with its version of the API until this is resolved. Report the two responses to HubSpot with the recording.",
  judge: ({ tasks }) =>
    tasks.flatMap((task) => {
      const [first, ...others] = task.polls.filter(({ state }) => isEnd(state));
      if (!first || task.otherVersions.length === 0) return [];
      const changing = new Set(others.flatMap((other) => differences(first, other)).map(placeOf));
      return task.otherVersions.flatMap((read) => {
        const seen = taskIn(read.response);
        // Whether a path returns a task of another version is an open question.
        if (!seen || !read.response || !isAfter(read, first) || isPerhapsDeleted(read, task)) return [];
        const found = differences(first, { status: read.response.status, ...seen });
        // Changes within one version are not differences between versions.
        return [pairOf(first, read, ...found.filter((problem) => !changing.has(placeOf(problem))))];
      });
    }),
};

function placeOf({ pointer = "status code" }: Problem): string {
  return pointer;
}

function differences(
  first: Pick<Poll, "exchange" | "status" | "state" | "task">,
  other: Pick<Poll, "status" | "state" | "task">,
): readonly Problem[] {
  const { status, state } = first;
  const expected = `${status}, as in ${apiVersionOf(first.exchange) ?? "the other responses"}`;
  const problems = status === other.status ? [] : [{ expected, actual: `${other.status}` }];
  const found = changesOf(withoutVersion(first.task), withoutVersion(other.task), "", isJsonEqual);
  // Two states have different properties anyway.
  const isOtherState = state !== other.state;
  return [...problems, ...(isOtherState ? found.filter(({ pointer }) => pointer === "/status") : found)];
}

/** A task whose link has no version: a link to the task in the requested version is as good as one in v3. */
function withoutVersion(task: JsonObject): JsonObject {
  const { links } = task;
  if (!isObject(links) || typeof links["status"] !== "string" || !URL.canParse(links["status"])) return task;
  const path = apiPath(links["status"]);
  const rest = splitVersion(path)?.rest ?? path;
  return { ...task, links: { ...links, status: links["status"].replace(path, rest) } };
}

export const otherAccount: Rule = {
  id: "other-account",
  sentence: "A token of another account does not read a task.",
  // The response is not published, so any rejection passes. But a token is for one account, and a task shows a file
  // that may be private: to read it with another account's token is a leak, whatever the response should have been.
  severity: "violation",
  evidence: "inferred",
  next: "Check that the two tokens are of different accounts. If they are, report it as a security problem: files of one account are shown to another.",
  judge: ({ exchanges }) =>
    exchanges.flatMap(({ index, exchange, id, response }) => {
      if (exchange.step?.request !== "other-account" || !response || isTransient(response.status)) return [];
      const { task } = taskIn(response) ?? {};
      const isThisTask = task !== undefined && (task["taskId"] ?? id) === id;
      return [
        verdict(index, ...(isThisTask ? [{ expected: "no task", actual: `${response.status} with the task` }] : [])),
      ];
    }),
};
