import { grouped } from "../../grouped.js";
import { isObject, type JsonObject } from "../../json.js";
import { acceptedId, apiVersionOf, isEnd, isLink, type ReadExchange, taskIn } from "../read-exchange.js";
import {
  askedFor,
  bySending,
  endOf,
  isAfter,
  latestBefore,
  type Poll,
  plainPath,
  type TaskRecord,
  type Timed,
} from "../recording.js";
import { type DecliningRule, type Inconclusive, type Problem, type Rule, type Verdict, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const taskKnown: Rule = {
  id: "task-known",
  sentence: "Each poll of an accepted task finds the task.",
  severity: "violation",
  evidence: "documented",
  next: "Try your client with it (mock --replay): it should poll such a task again a few times. Report the id to HubSpot with the recording.",
  judge: ({ tasks, exchanges }) => {
    const taken = lastTaken(exchanges);
    return tasks.flatMap((task) => {
      const { id, accepted, polls } = task;
      const finds = accepted ? [accepted, ...polls] : polls;
      // Whether the path of one version finds a task of another is an open question, so each has its own proofs.
      return [...grouped(task.calls, ({ exchange }) => apiVersionOf(exchange))].flatMap(([version, calls]) => {
        const ofVersion = finds.filter(({ exchange }) => apiVersionOf(exchange) === version);
        const proofs = latestBefore(calls, ofVersion);
        return calls.flatMap((call) => {
          const proof = proofs.get(call.index);
          if (!call.response || !proof || isRejectedForGood(call, taken) || isOfOtherToken(call, proof)) return [];
          const { status, isOfWebsite } = call.response;
          if (isOfWebsite) return [];
          if (status === 404 && (isPerhapsDeleted(call, task) || isPerhapsForgotten(call, proof))) return [];
          const problem = { expected: `the task ${id}`, actual: `${status}` };
          return [pairOf(proof, call, [400, 401, 403, 404].includes(status) && problem)];
        });
      });
    });
  },
};

/**
 * How long HubSpot keeps a task is not published. A client polls within seconds, but may come back to an old task, as
 * after a restart.
 */
const KEPT_MS = 3_600_000;

function isPerhapsForgotten(call: Timed, proof: Timed): boolean {
  return call.exchange.startedAt - endOf(proof) >= KEPT_MS;
}

/** Whether a token of another account may have been sent: which response that gets is an open question. */
function isOfOtherToken(call: Timed, proof: Timed): boolean {
  const [one, other] = [call, proof].map(({ exchange }) => exchange.request.tokenId);
  return one !== undefined && other !== undefined && one !== other;
}

/** Whether a request may have come after the deletion of its task's file. */
export function isPerhapsDeleted(request: Timed, { deletion }: Pick<TaskRecord, "deletion">): boolean {
  return deletion !== undefined && !isAfter(deletion, request);
}

/** Returns the last request whose token was accepted: it is after another request if any accepted one is. */
export function lastTaken(exchanges: readonly ReadExchange[]): ReadExchange | undefined {
  const taken = exchanges.filter(({ exchange: { step }, response }) => {
    return step?.part !== "rejection" && step?.part !== "question" && taskIn(response);
  });
  return bySending(taken).at(-1);
}

/**
 * Whether a token is rejected from here on: then it has expired or lacks scopes, and the server is right.
 *
 * @param taken from `lastTaken`
 */
export function isRejectedForGood(call: ReadExchange, taken: ReadExchange | undefined): boolean {
  const { exchange, response } = call;
  if (response?.status !== 401 && response?.status !== 403) return false;
  // In other recordings, the token that was sent is unknown.
  if (exchange.step === undefined) return true;
  return !taken || !isAfter(taken, call);
}

export const taskId: Rule = {
  id: "task-id",
  sentence: "Each import gets its own task, and each poll shows the requested task.",
  severity: "violation",
  evidence: "documented",
  next: "A client that stores tasks by their id confuses them; see whether yours does. Report both ids to HubSpot with the recording.",
  judge: ({ exchanges, tasks }) => {
    const firsts = new Map<string, ReadExchange>();
    const ids = exchanges.flatMap((one) => {
      const id = acceptedId(one);
      if (id === undefined) return [];
      const twin = firsts.get(id);
      if (!twin) firsts.set(id, one);
      const problem = { pointer: "/id", expected: "an id of its own", actual: `${id}, as another import` };
      return [pairOf(twin ?? one, one, twin !== undefined && problem)];
    });
    const polls = tasks.flatMap(({ id, polls }) =>
      polls
        .filter(({ task }) => typeof task["taskId"] === "string" && task["taskId"] !== "")
        .map(({ index, task }) =>
          verdict(
            index,
            ...(task["taskId"] === id ? [] : [{ pointer: "/taskId", expected: id, actual: shown(task["taskId"]) }]),
          ),
        ),
    );
    return [...ids, ...polls];
  },
};

export const stateOrder: DecliningRule = {
  id: "state-order",
  mayDecline: true,
  sentence: "A task goes from PENDING to PROCESSING to an end, and not back.",
  severity: "violation",
  evidence: "documented",
  next: "Try your client with it (mock --replay): its progress display may jump back. Report the two responses, with their times, to HubSpot with the recording.",
  judge: ({ tasks }) =>
    tasks.flatMap((task) => {
      const { id, polls } = task;
      const ended = latestBefore(polls, polls.filter(isOver));
      const processing = latestBefore(
        polls,
        polls.filter(({ state }) => state === "PROCESSING"),
      );
      const inFlight = latestBefore(
        polls,
        polls.filter((poll) => !isOver(poll)),
      );
      const verdicts = polls.flatMap((poll) => {
        // Other rules judge what comes after the end.
        if (ended.has(poll.index)) return [];
        const isBack = poll.state === "PENDING" && processing.has(poll.index);
        const before = (isBack ? processing : inFlight).get(poll.index);
        const problem = { pointer: "/status", expected: "PROCESSING or an end", actual: "PENDING" };
        return before ? [pairOf(before, poll, isBack && problem)] : [];
      });
      return [...verdicts, ...(isOrderUnknown(task) ? [unordered(id)] : [])];
    }),
};

/**
 * Whether a task may have gone back: a poll that was sent later shows less than an earlier one, and the recording does
 * not say when the earlier response arrived.
 */
function isOrderUnknown({ polls }: TaskRecord): boolean {
  let furthest = 0;
  return polls.some((poll) => {
    const progress = isEnd(poll.state) ? 2 : poll.state === "PROCESSING" ? 1 : 0;
    if (progress < furthest) return true;
    if (endOf(poll) === Number.POSITIVE_INFINITY) furthest = Math.max(furthest, progress);
    return false;
  });
}

function unordered(id: string): Inconclusive {
  return {
    reason: "unordered",
    message: `Whether the task ${id} went back is unknown, because the recording does not say how long its polls took.`,
    next: "Record them with a tool that writes how long each request took, as time in HAR.",
  };
}

export const terminalState: Rule = {
  id: "terminal-state",
  sentence: "An ended task keeps its final state.",
  severity: "violation",
  evidence: "documented",
  next: "Try your client with it (mock --replay): it should stop at the first final state. Report the two responses, with their times, to HubSpot with the recording.",
  judge: ({ tasks }) =>
    tasks.flatMap(({ polls }) => {
      const ended = latestBefore(polls, polls.filter(isOver));
      let end: Poll | undefined;
      return polls.flatMap((poll) => {
        // No order explains two different ends.
        const before = isOver(poll) ? end : ended.get(poll.index);
        if (isOver(poll)) end = poll;
        const problem = { pointer: "/status", expected: before?.state ?? "", actual: poll.state };
        return before ? [pairOf(before, poll, before.state !== poll.state && problem)] : [];
      });
    }),
};

export const endsInTime: Rule = {
  id: "ends-in-time",
  sentence: "A task ends before the timeout.",
  severity: "violation",
  evidence: "inferred",
  next: "Raise --timeout if tasks may take longer. Otherwise the task is stuck: check that your client stops polling it, and report its id to HubSpot.",
  judge: ({ tasks, longestTaskMs }) =>
    tasks.flatMap(({ accepted, polls }) => {
      // The single attempt of the link is sent when the polls are over.
      const seen = polls.findLast(({ exchange }) => !isLink(exchange));
      if (!accepted || !seen) return [];
      if (polls.some(({ state }) => isEnd(state))) return [verdict(seen.index)];
      const tookMs = seen.exchange.startedAt - endOf(accepted);
      // The run polls once more at the very end. A shorter recording was aborted, or got a response without a task.
      if (tookMs < longestTaskMs) return [];
      const problem = {
        pointer: "/status",
        expected: `an end within ${longestTaskMs / 1000} s`,
        actual: `still ${seen.state}`,
      };
      return [verdict(seen.index, problem)];
    }),
};

function isOver({ state }: Poll): boolean {
  return isEnd(state);
}

type Indexed = Pick<Timed, "index">;

/** A verdict on two exchanges, neither of which shows a problem by itself. */
export function pairOf(before: Indexed, after: Indexed, ...problems: readonly (Problem | false)[]): Verdict {
  const exchanges = before.index === after.index ? [after.index] : [before.index, after.index];
  return { exchanges, problems: problems.filter((problem) => problem !== false) };
}

export const resultAsAsked: Rule = {
  id: "result-as-asked",
  sentence: "Each import gets its own file, with the requested access and in the requested folder.",
  severity: "drift",
  evidence: "inferred",
  next: "Look at the file in the account: one that should be private may be public. Report it to HubSpot with the recording.",
  judge: ({ tasks }) => {
    const own = tasks.flatMap((task) => {
      const asked = askedFor(task.accepted);
      // An import may request a file that already exists, such as the file of an import whose response was lost.
      return asked && asked["duplicateValidationStrategy"] !== "RETURN_EXISTING" ? [{ task, asked }] : [];
    });
    const owners = ownersOf(own.map(({ task }) => task));
    return own.flatMap(({ task, asked }) => {
      const shows = task.polls.find((poll) => isObject(poll.task["result"]));
      const file = shows?.task["result"];
      if (!shows || !isObject(file)) return [];
      // Two imports with the same task are reported by task-id.
      const isShared = (owners.get(file["id"])?.size ?? 0) > 1;
      const shared = { pointer: "/result/id", expected: "an id of its own", actual: shown(file["id"]) };
      const problems = [...accessProblem(asked, file), ...folderProblem(asked, file), ...(isShared ? [shared] : [])];
      return [verdict(shows.index, ...problems)];
    });
  },
};

/**
 * A client that gets another import's file may delete it with its own. @returns by a file's id, the ids of the tasks
 * that show it
 */
function ownersOf(tasks: readonly TaskRecord[]): ReadonlyMap<unknown, ReadonlySet<string>> {
  const owners = new Map<unknown, Set<string>>();
  for (const { id, polls } of tasks) {
    for (const { task } of polls) {
      if (!isObject(task["result"])) continue;
      const fileId = task["result"]["id"];
      owners.set(fileId, (owners.get(fileId) ?? new Set()).add(id));
    }
  }
  return owners;
}

function accessProblem({ access }: JsonObject, file: JsonObject): readonly Problem[] {
  if (typeof access !== "string" || typeof file["access"] !== "string" || file["access"] === access) return [];
  return [{ pointer: "/result/access", expected: access, actual: shown(file["access"]) }];
}

/** HubSpot writes a folder's name as it was first created; letter case does not distinguish folders. */
function folderProblem({ folderPath }: JsonObject, file: JsonObject): readonly Problem[] {
  const { path } = file;
  if (typeof folderPath !== "string" || typeof path !== "string") return [];
  const folder = plainPath(folderPath);
  if (path.normalize().toLowerCase().startsWith(folder.toLowerCase())) return [];
  return [{ pointer: "/result/path", expected: `a path in ${folder}`, actual: path }];
}
