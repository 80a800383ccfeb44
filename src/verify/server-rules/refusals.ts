import type { ReadExchange } from "../read.js";
import type { Refusal } from "../recording/recording.js";
import type { Evidence, Rule } from "../rule.js";
import { verdict } from "../rule.js";

interface RefusalRule {
  readonly sentence: string;
  readonly status: number;
  /** Answers that would be right, too, as long as nobody has published which it is. */
  readonly tolerated?: readonly number[];
  readonly evidence: Evidence;
}

const REFUSAL_RULES: Readonly<Record<Refusal, RefusalRule>> = {
  "no-token": { sentence: "A call without a token is answered 401.", status: 401, evidence: "live" },
  "wrong-token": { sentence: "A call with a wrong token is answered 401.", status: 401, evidence: "live" },
  "undecodable-id": {
    sentence: "A poll of an id that cannot be decoded is answered 400.",
    status: 400,
    evidence: "live",
  },
  "unknown-id": {
    sentence: "A poll of an id that names no task is answered 404, or 400.",
    status: 404,
    tolerated: [400],
    evidence: "inferred",
  },
  "missing-url": { sentence: "An import without a url is answered 400.", status: 400, evidence: "live" },
  "wrong-enum": { sentence: "An import with an unknown access is answered 400.", status: 400, evidence: "documented" },
};

/** A rule for each request that has to be refused. The shape of the refusal is judged as that of any answer. */
export const refusals: readonly Rule[] = Object.entries(REFUSAL_RULES).map(
  ([refusal, { sentence, status, tolerated = [], evidence }]) => ({
    id: `refusal-${refusal}`,
    sentence,
    severity: "violation",
    evidence,
    next: "Send the request by hand: a client's error handling relies on this status.",
    judge: ({ exchanges, contract }) =>
      finalAnswers(exchanges.filter(({ exchange }) => exchange.purpose === `refusal/${refusal}`)).flatMap((one) => {
        const { index, operation, response } = one;
        if (!response || [423, 429, 477].includes(response.status)) return [];
        if (response.status === status || tolerated.includes(response.status)) return [verdict(index)];
        const pointer = operation && contract.operations.get(operation)?.pointer;
        const line = contract.lineOf(`${pointer}/responses/${status}`);
        return [verdict(index, { expected: `${status}`, actual: `${response.status}`, line })];
      }),
  }),
);

/** A refusal is asked for again where the answer says "not now": the last answer to each call is the one that counts. */
function finalAnswers(exchanges: readonly ReadExchange[]): readonly ReadExchange[] {
  return [...new Map(exchanges.map((one) => [one.operation, one])).values()];
}
