import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { readStep } from "../../src/exchange/run-step.js";
import { judge } from "../../src/judge/judge.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { START } from "../clock.js";
import { SURROUNDINGS } from "../report/recordings.js";
import { answer, complete, failed } from "./interleaving/bodies.js";

const API = "https://api.hubapi.com/files/v3/files";
const DATE = new Date(START).toISOString();
const SHOWN = { taskId: "AAAAEZ6whGI", requestedAt: DATE, startedAt: DATE, completedAt: DATE };

function exchange(
  step: string,
  request: { readonly method: string; readonly url: string; readonly body?: string },
  response: RecordedExchange["response"],
): RecordedExchange {
  const outcome = response ? { response } : { failure: { kind: "dropped", message: "reset" } as const };
  return { startedAt: START, durationMs: 0, step: readStep(step), request: { headers: {}, ...request }, ...outcome };
}

function imported(step: string, response: RecordedExchange["response"]) {
  const body = JSON.stringify({
    url: "https://example.com/a.png",
    folderPath: "/kit",
    name: "check",
    access: "PRIVATE",
  });
  return exchange(step, { method: "POST", url: `${API}/import-from-url/async`, body }, response);
}

const accepted = answer(202, { id: SHOWN.taskId, links: {} });
const status = `${API}/import-from-url/async/tasks/${SHOWN.taskId}/status`;
const ended = exchange("complete/poll", { method: "GET", url: status }, answer(200, complete(SHOWN)));

function afterDeletions(...tries: readonly RecordedExchange["response"][]) {
  const url = `${API}/187340915526`;
  const deletions = tries.map((response) => exchange("cleanup/delete", { method: "DELETE", url }, response));
  return judge([imported("complete/import", accepted), ended, ...deletions]).leftBehind.map(({ why }) => why);
}

const deleted = { status: 204, headers: {}, body: "" };
const notFound = failed(404, "not found");

test.each([
  ["a deletion that was answered", [deleted], []],
  ["one that was answered before another was sent", [deleted, notFound], []],
  ["one whose answer got lost, as the next one shows", [undefined, notFound], []],
  ["one that was answered 502, as the next one shows", [failed(502, "no"), notFound], []],
  ["none", [], ["it was not deleted"]],
  ["one that was refused", [failed(403, "no")], ["DELETE got a 403"]],
  ["one that found nothing", [notFound], ["DELETE got a 404"]],
  ["one whose answer got lost", [undefined], ["DELETE got no response: reset"]],
])("of %s the file is told, unless it is gone", (_, tries, why) => {
  expect(afterDeletions(...tries)).toEqual(why);
});

const NOBODY_KNOWS = [
  [undefined, "its import got no response: reset"],
  [failed(500, "no"), "its import got a 500 without a task id"],
  [failed(504, "no"), "its import got a 504 without a task id"],
  [answer(202, {}), "its import got a 202 without a task id"],
] as const;

test.each(NOBODY_KNOWS)("a file that an import may have created is reported: %#", (response, why) => {
  const lost = imported("complete/import", response);
  expect(judge([lost]).mayBeLeft).toEqual([{ path: "/kit/check", why }]);
  expect(judge([lost, lost]).mayBeLeft).toHaveLength(1);
  expect(judge([lost], { keep: true }).mayBeLeft).toBeUndefined();
  for (const kind of ["text", "markdown", "html"] as const) {
    expect(render[kind](serverResults(judge([lost]), [lost], SURROUNDINGS))).toMatch(
      /may be left: [^.]*its import got (a \d+|no response)/,
    );
  }
});

test("the file of a task that was not seen to its end may be left", () => {
  const { mayBeLeft } = judge([imported("complete/import", accepted)]);
  expect(mayBeLeft).toEqual([{ path: "/kit/check", why: "its task's end was not seen; the file expires after a day" }]);
});

test.each([accepted, failed(401, "no"), failed(400, "no"), failed(429, "no"), failed(503, "no")])(
  "an import that was taken or that no one can have taken leaves no doubt: %#",
  (response) => {
    expect(judge([imported("complete/import", response), ended]).mayBeLeft).toBeUndefined();
  },
);

test("an import whose file cannot be fetched leaves none", () => {
  expect(judge([imported("fail/import", undefined)]).mayBeLeft).toBeUndefined();
});

test("an import that had no connection has made no file", () => {
  const lost = {
    ...imported("complete/import", undefined),
    failure: { kind: "unreachable", message: "refused" } as const,
  };
  expect(judge([lost]).mayBeLeft).toBeUndefined();
});
