import { openQuestions } from "../contract/evidence.js";
import { grouped } from "../grouped.js";
import { isJsonEqual, isObject } from "../json.js";
import { oncePer } from "../once-per.js";
import { secondsText } from "../time.js";
import { apiVersionOf, isEnd, isTransient, type ReadExchange, taskIn } from "./read-exchange.js";
import { allPolls, type Poll, type Recording } from "./recording.js";
import type { Problem } from "./rule.js";

/** What a recording says about one of the contract's open questions. */
export interface Observation {
  /** Such as `Q1`. */
  readonly id: string;
  readonly question: string;
  readonly assumed: string;
  /** In a few words with counts; absent if the recording shows nothing about the question. */
  readonly observed?: string;
  /** The exchanges that differ from the assumption, with what each shows. */
  readonly departures: readonly { readonly index: number; readonly problem: Problem }[];
}

interface Sample {
  readonly index: number;
  /** What was observed, if one question concerns several things; counted separately. */
  readonly aspect?: string;
  /** The observation, as it is counted. */
  readonly seen: string;
  /** Set if the observation differs from the assumption. */
  readonly instead?: Problem;
}

/** Returns the contract's open questions, each with what a recording shows. */
export const observeQuestions = /* @__PURE__ */ oncePer((recording: Recording): readonly Observation[] =>
  openQuestions.map((question) => {
    const samples = SAMPLERS[question.id]?.(recording) ?? [];
    const departures = samples.flatMap(({ index, instead }) => (instead ? [{ index, problem: instead }] : []));
    return { ...question, ...(samples.length > 0 && { observed: counted(samples) }), departures };
  }),
);

const SAMPLERS: Readonly<Record<string, (recording: Recording) => readonly Sample[]>> = {
  Q1: (recording) =>
    inFlight(recording).map(({ index, status }) =>
      sample(index, `${status}`, status !== 200 && { expected: "200 in flight", actual: `${status}` }),
    ),
  Q2: (recording) =>
    inFlight(recording).flatMap(({ index, state, task }) => {
      const names = state === "PENDING" ? ["startedAt", "completedAt"] : ["completedAt"];
      return names.map((name) => {
        const style = !(name in task) ? "absent" : task[name] === null ? "null" : "filled";
        const problem = { pointer: `/${name}`, expected: "absent in flight", actual: style };
        return { ...sample(index, style, style !== "absent" && problem), aspect: `${name} while ${state}` };
      });
    }),
  Q3: (recording) => ends(recording).flatMap(howItFailed),
  Q4: (recording) =>
    allPolls(recording)
      .filter(({ task }) => !hasErrors(task))
      .flatMap(({ index, task }) =>
        ["numErrors", "errors"].map((aspect) => ({ ...sample(index, aspect in task ? "zero" : "absent"), aspect })),
      ),
  Q5: ({ exchanges }) =>
    exchanges.flatMap(({ index, exchange, response }) => {
      if (exchange.step?.request !== "unknown-id" || (response?.status !== 404 && response?.status !== 400)) return [];
      const category = isObject(response.json) ? response.json["category"] : undefined;
      const seen = `${response.status} ${category === undefined ? "without category" : `with category ${category}`}`;
      return [sample(index, seen, response.status !== 404 && { expected: "404", actual: seen })];
    }),
  Q6: ({ tasks }) =>
    tasks.flatMap(({ id, accepted }) => {
      const form = /^[\w-]+$/.test(id) ? "of base64url" : "of other characters, too";
      return accepted ? [sample(accepted.index, `${id.length} characters ${form}`)] : [];
    }),
  Q7: (recording) =>
    ends(recording).flatMap(({ index, task }) => {
      const [requested, started, completed] = ["requestedAt", "startedAt", "completedAt"].map((name) =>
        Date.parse(String(task[name])),
      ) as [number, number, number];
      const seen = `PENDING ${secondsText(started - requested)}, PROCESSING ${secondsText(completed - started)}`;
      return Number.isNaN(completed - requested - started) ? [] : [sample(index, seen)];
    }),
  Q8: ({ exchanges }) =>
    exchanges.flatMap(({ index, response }) => {
      if (response?.status !== 429) return [];
      const header = response.headers["retry-after"];
      return [sample(index, header === undefined ? "without Retry-After" : `with Retry-After: ${header}`)];
    }),
  Q11: (recording) =>
    ends(recording).flatMap(({ index, task: { result } }) =>
      isObject(result) && typeof result["name"] === "string"
        ? [sample(index, `name ${result["name"]}, extension ${result["extension"] ?? "absent"}`)]
        : [],
    ),
  Q12: ({ exchanges }) =>
    exchanges.flatMap(({ index, response }) =>
      response && response.status >= 500
        ? [sample(index, `${response.status} as ${response.mediaType || "nothing"}`)]
        : [],
    ),
  Q14: ({ exchanges }) =>
    exchanges.flatMap(({ index, exchange, response }) => {
      const { step } = exchange;
      if (step?.part !== "fail" || step.request !== "import" || !response) return [];
      const isTaken = response.status >= 200 && response.status < 300;
      const seen = `a url whose host cannot exist: ${isTaken ? "accepted" : "rejected"} with ${response.status}`;
      if (isTaken) return [sample(index, seen)];
      return response.status === 400 ? [sample(index, seen, { expected: "accepted", actual: seen })] : [];
    }),
  Q16: ({ tasks }) =>
    tasks.flatMap(({ accepted, links }) => {
      const link = links.at(-1);
      const hosts = [accepted, link].map((one) => one && new URL(one.exchange.request.url).host);
      if (!link?.response || hosts[0] === hosts[1]) return [];
      return [sample(link.index, `${hosts[1]} responded ${link.response.status}`)];
    }),
  Q17: ({ exchanges }) => exchanges.flatMap(requiredFields),
  Q18: ({ tasks }) =>
    tasks.flatMap(({ accepted, calls, links, otherVersions }) => {
      const own = accepted && apiVersionOf(accepted.exchange);
      return [...calls, ...links, ...otherVersions].flatMap(({ index, exchange, response }) => {
        const version = apiVersionOf(exchange);
        if (own === undefined || version === undefined || version === own) return [];
        const status = seenStatus(response, "the task");
        // Other rejections count only in a run of this kit: an app's token may have expired.
        if (status === undefined || (status !== "the task" && exchange.step?.request !== "other-version")) return [];
        const problem = { expected: "the task", actual: `${status} by the path of ${version}` };
        return [{ ...sample(index, status, status !== "the task" && problem), aspect: `${own} task by ${version}:` }];
      });
    }),
  Q19: ({ exchanges, tasks }) =>
    exchanges.flatMap(({ index, exchange, id, response }) => {
      if (exchange.step?.request !== "deleted-file") return [];
      const polls = tasks.find((task) => task.id === id)?.polls ?? [];
      const before = polls.find(({ task }) => isObject(task["result"]))?.task["result"];
      const { task } = taskIn(response) ?? {};
      const result = isJsonEqual(task?.["result"], before) ? "the same result" : "another result";
      const seen = seenStatus(response, `${task?.["status"]} with ${task && "result" in task ? result : "no result"}`);
      const problem = { expected: "COMPLETE with the same result", actual: seen ?? "" };
      return seen === undefined ? [] : [sample(index, seen, seen !== problem.expected && problem)];
    }),
  Q20: ({ exchanges }) =>
    exchanges.flatMap(({ index, exchange, response }) => {
      const seen = exchange.step?.request === "other-account" ? seenStatus(response, "the task") : undefined;
      return seen === undefined ? [] : [sample(index, seen)];
    }),
  Q15: ({ exchanges }) =>
    exchanges.flatMap(({ index, response }) => {
      const limit = response?.headers["x-hubspot-ratelimit-secondly"];
      return limit === undefined ? [] : [sample(index, limit)];
    }),
};

/** Renders what a response shows, if it is more than "not now". @param asTask the word for a task */
function seenStatus(response: ReadExchange["response"], asTask: string): string | undefined {
  if (!response || isTransient(response.status)) return undefined;
  if (taskIn(response)) return asTask;
  return response.status < 300 ? `${response.status} without a task` : `${response.status}`;
}

/** The fields that only the dated versions' published documents list as required in an import. */
const ONLY_DATED = ["overwrite", "duplicateValidationScope", "duplicateValidationStrategy"];

/**
 * Returns what a rejected import of a dated version shows about Q17: HubSpot's 400 lists the required fields that are
 * missing. A field in the list is enforced. A list of several fields without any of the three is reported as that; a
 * list of a single field may be of a server that names the first one only.
 */
function requiredFields({ index, exchange, response }: ReadExchange): readonly Sample[] {
  const { step } = exchange;
  if (step?.request !== "required-fields" && step?.request !== "missing-url") return [];
  const version = apiVersionOf(exchange);
  const isAsked = step.request === "required-fields" || version?.startsWith("v") === false;
  if (!isAsked || !response || isTransient(response.status)) return [];
  const { message } = isObject(response.json) ? response.json : {};
  const [, list] = /required fields were not set: \[([\w, ]{1,500})\]/.exec(String(message).slice(0, 1000)) ?? [];
  const missing = list?.split(",").map((name) => name.trim()) ?? [];
  const enforced = ONLY_DATED.filter((name) => missing.includes(name));
  const meaning =
    enforced.length > 0
      ? `enforces ${enforced.join(", ")}`
      : missing.length > 1
        ? "names none of the three"
        : "inconclusive";
  const names = missing.length > 0 ? ` that lists ${missing.join(", ")}` : " without a list of fields";
  const seen = `${meaning} (${response.status}${names})`;
  const problem = { expected: "an import of v3 is complete in a dated version", actual: `${version} ${seen}` };
  return [{ ...sample(index, seen, enforced.length > 0 && problem), aspect: `${version}` }];
}

function howItFailed({ index, state, task }: Poll): readonly Sample[] {
  if (state === "COMPLETE" && "result" in task) return [];
  const errors = hasErrors(task) ? "with errors" : "without errors";
  const seen = `${state} ${errors}`;
  const problem = { pointer: "/status", expected: "CANCELED with errors", actual: seen };
  return [sample(index, seen, seen !== "CANCELED with errors" && problem)];
}

function hasErrors({ numErrors, errors }: Poll["task"]): boolean {
  return (typeof numErrors === "number" && numErrors > 0) || (Array.isArray(errors) && errors.length > 0);
}

function sample(index: number, seen: string, instead: Problem | false = false): Sample {
  return { index, seen, ...(instead && { instead }) };
}

/** Renders observations as "200 in 14 of 14", the most frequent first. */
function counted(samples: readonly Sample[]): string {
  return [...grouped(samples, ({ aspect }) => aspect).values()].map(countedAspect).join("; ");
}

function countedAspect(samples: readonly Sample[]): string {
  const counts = new Map<string, number>();
  for (const { seen } of samples) counts.set(seen, (counts.get(seen) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const text = sorted.map(([seen, count]) => `${seen} in ${count} of ${samples.length}`).join(", ");
  return samples[0]?.aspect === undefined ? text : `${samples[0].aspect} ${text}`;
}

const inFlight = /* @__PURE__ */ oncePer((recording: Recording): readonly Poll[] =>
  allPolls(recording).filter(({ state }) => !isEnd(state)),
);

/** The first poll that saw each task's end. */
const ends = /* @__PURE__ */ oncePer(({ tasks }: Recording): readonly Poll[] =>
  tasks.flatMap(({ polls }) => polls.find(({ state }) => isEnd(state)) ?? []),
);
