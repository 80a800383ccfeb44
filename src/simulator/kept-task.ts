import { effectSource, parseEffect } from "../task/fault/effect.js";
import type { EffectSource } from "../task/scenario/source.js";
import type { Scenario } from "../task/scenario.js";
import type { Task } from "../task/task.js";
import { Entry, type Waiting } from "./entry.js";
import { waitingAnswers } from "./waiting-answers.js";

/** All that is remembered of a task, as JSON: in a snapshot, in a page's storage, and once it has left the table. */
export type KeptTask = Omit<Task, "scenario"> &
  Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState" | "file" | "number">> & {
    readonly scenario: string;
    /** What waits for its next polls, in the words in which it was injected. */
    readonly injected?: readonly WaitingAnswer[];
  };

type WaitingAnswer = Readonly<Record<string, unknown>> & { readonly times?: number; readonly after?: number };

export function keptTask({ task, number, polls, inState, answered, file, injected }: Entry): KeptTask {
  const { scenario, ...rest } = task;
  return {
    ...rest,
    scenario: scenario.name,
    number,
    polls,
    inState,
    answered,
    ...(file && { file }),
    ...(injected.length > 0 && { injected: keptAnswers(injected) }),
  };
}

export function entryFrom(kept: KeptTask, scenario: Scenario): Entry {
  const { number = 0, polls, inState = {}, answered, file, injected = [], ...task } = kept;
  const entry = new Entry({ ...task, scenario });
  Object.assign(entry, { number, polls, inState, answered }, file && { file });
  // Whatever lets a snapshot in has read it as an injected answer is read.
  entry.injected = injected.flatMap(({ times = 1, after = 0, ...source }) =>
    waitingAnswers(entry, parseEffect(source as EffectSource), { times, after }),
  );
  return entry;
}

/** One injection is one object, however many polls it waits for. */
function keptAnswers(injected: readonly Waiting[]): readonly WaitingAnswer[] {
  const waiting: { readonly answer: Waiting; times: number }[] = [];
  for (const answer of injected) {
    const last = waiting.at(-1);
    if (last?.answer === answer && last.times < MAX_TIMES) last.times += 1;
    else waiting.push({ answer, times: 1 });
  }
  return waiting.map(({ answer: { effect, after }, times }) => ({
    ...effectSource(effect),
    times,
    ...(after && { after }),
  }));
}

/** As many as the control API takes at once. */
export const MAX_TIMES = 1000;
