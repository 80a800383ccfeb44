import { observeQuestions } from "../observe-questions.js";
import { type Rule, verdict } from "../rule.js";

export const openQuestion: Rule = {
  id: "open-question",
  sentence: "What nobody has published is as this kit assumes it.",
  severity: "drift",
  evidence: "inferred",
  next: "Nobody has published this. Try your client with the mock's option for it, and report what was seen to the kit with the recording.",
  judge: (recording) =>
    observeQuestions(recording).flatMap(({ id, question, departures, observed }) => {
      if (observed === undefined) return [];
      if (departures.length === 0) return [{ exchanges: [], problems: [] }];
      return departures.map(({ index, problem }) =>
        verdict(index, { ...problem, expected: `${problem.expected} (${id}: ${question})` }),
      );
    }),
};
