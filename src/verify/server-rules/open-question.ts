import { observeQuestions } from "../observe-questions.js";
import { type Rule, verdict } from "../rule.js";

export const openQuestion: Rule = {
  id: "open-question",
  sentence: "What nobody has published is as this kit assumes it.",
  severity: "drift",
  evidence: "inferred",
  next: "Add the answer to spec/evidence.md (--update-evidence does), and try your client with the mock's option for it.",
  judge: (recording) =>
    observeQuestions(recording).flatMap(({ id, question, departures, observed }) => {
      if (observed === undefined) return [];
      if (departures.length === 0) return [{ exchanges: [], problems: [] }];
      return departures.map(({ index, problem }) =>
        verdict(index, { ...problem, expected: `${problem.expected} (${id}: ${question})` }),
      );
    }),
};
