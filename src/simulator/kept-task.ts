import { type Effect, effectSource, parseEffect } from "../task/fault/effect.js";
import type { EffectSource } from "../task/scenario/source.js";
import type { Scenario } from "../task/scenario.js";
import type { Task } from "../task/task.js";
import type { Entry } from "./session.js";

/** All that is remembered of a task, as JSON: in a snapshot, in a page's storage, and once it has left the table. */
export type KeptTask = Omit<Task, "scenario"> &
  Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState" | "file">> & {
    readonly scenario: string;
    /** What waits for its next polls, in the words in which it was injected. */
    readonly injected?: readonly WaitingAnswer[];
  };

export type WaitingAnswer = Readonly<Record<string, unknown>> & { readonly times?: number };

export function keptTask({ task, polls, inState, answered, file, injected }: Entry): KeptTask {
  const { scenario, ...rest } = task;
  return {
    ...rest,
    scenario: scenario.name,
    polls,
    inState,
    answered,
    ...(file && { file }),
    ...(injected.length > 0 && { injected: waitingAnswers(injected) }),
  };
}

export function entryFrom(kept: KeptTask, scenario: Scenario): Entry {
  const { polls, inState = {}, answered, file, injected = [], ...task } = kept;
  return {
    task: { ...task, scenario },
    polls,
    inState,
    answered,
    ...(file && { file }),
    injected: injected.flatMap(({ times = 1, ...source }) => {
      // Whatever lets a snapshot in has read it as an injected answer is read.
      const effect = parseEffect(source as EffectSource);
      return Array.from({ length: times }, () => effect);
    }),
  };
}

/** One injection is one object, however many polls it waits for. */
function waitingAnswers(injected: readonly Effect[]): readonly WaitingAnswer[] {
  const waiting: { readonly effect: Effect; times: number }[] = [];
  for (const effect of injected) {
    const last = waiting.at(-1);
    if (last?.effect === effect && last.times < MAX_TIMES) last.times += 1;
    else waiting.push({ effect, times: 1 });
  }
  return waiting.map(({ effect, times }) => ({ ...effectSource(effect), times }));
}

/** As many as the control API takes at once. */
const MAX_TIMES = 1000;
