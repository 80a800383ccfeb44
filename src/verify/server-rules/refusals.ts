import { isAfter } from "../order.js";
import type { Recording } from "../read.js";
import type { ReadExchange, ReadResponse } from "../read-exchange.js";
import type { Refusal } from "../recording/recording.js";
import { isRightRefusal, REFUSED_WITH } from "../recording/refused-with.js";
import type { Evidence, Rule } from "../rule.js";
import { verdict } from "../rule.js";
import { isBusy, isTransient } from "../transient.js";
import { isOutage } from "./availability.js";

const SENTENCES: Readonly<Record<Refusal, { readonly sentence: string; readonly evidence: Evidence }>> = {
  "no-token": { sentence: "A call without a token is answered 401.", evidence: "live" },
  "wrong-token": { sentence: "A call with a wrong token is answered 401.", evidence: "live" },
  "undecodable-id": { sentence: "A poll of an id that cannot be decoded is answered 400.", evidence: "live" },
  "unknown-id": { sentence: "A poll of an id that names no task is answered 404, or 400.", evidence: "inferred" },
  "missing-url": { sentence: "An import without a url is answered 400.", evidence: "live" },
  "wrong-enum": { sentence: "An import with an unknown access is answered 400.", evidence: "documented" },
};

/** A rule for each request that has to be refused. The shape of the refusal is judged as that of any answer. */
export const refusals: readonly Rule[] = Object.entries(SENTENCES).map(([refusal, { sentence, evidence }]) => ({
  id: `refusal-${refusal}`,
  sentence,
  severity: "violation",
  evidence,
  next: "See what your client does with this status: its error handling relies on it. If HubSpot's changelog has no word of it, report it to HubSpot with the recording.",
  judge: (recording) =>
    finalAnswers(recording)
      .filter(({ exchange }) => exchange.purpose === `refusal/${refusal}`)
      .flatMap((one) => {
        const { index, operation, exchange, response } = one;
        if (response && isRightRefusal(exchange.purpose, response.status)) return [verdict(index)];
        if (isExcused(one, recording)) return [];
        const [status] = REFUSED_WITH[refusal as Refusal];
        const pointer = operation && recording.contract.operations.get(operation)?.pointer;
        const line = recording.contract.lineOf(`${pointer}/responses/${status}`);
        const actual = response ? `${response.status}` : `no answer: ${exchange.failure?.message}`;
        return [verdict(index, { expected: `${status}`, actual, line })];
      }),
}));

/** Refusals that were never answered, and the server was not there: that is the network's, as far as anyone can tell. */
export function unansweredRefusals(recording: Recording): readonly ReadExchange[] {
  return finalAnswers(recording).filter((one) => !one.response && !isAnsweredAfter(one, recording));
}

/** Refusals that were put off until the end. */
export function postponedRefusals(
  recording: Recording,
): readonly (ReadExchange & { readonly response: ReadResponse })[] {
  return finalAnswers(recording).flatMap((one) =>
    one.response && isBusy(one.response.status) ? [{ ...one, response: one.response }] : [],
  );
}

/** Where the server was out, or would not take the right token either, the answer is not about what was asked. */
function isExcused(one: ReadExchange, recording: Recording): boolean {
  const { operation, response } = one;
  if (!response) return !isAnsweredAfter(one, recording);
  const { status } = response;
  if (isBusy(status)) return true;
  if (isTransient(status)) return isOutage(recording);
  const isRefusedToAll = recording.exchanges.some(
    (other) =>
      other.operation === operation &&
      /^(complete|fail)\//.test(other.exchange.purpose ?? "") &&
      other.response?.status === status,
  );
  return (status === 401 || status === 403) && isRefusedToAll;
}

/** Whether the server was there: it answered something later, and this operation at least once. */
function isAnsweredAfter(one: ReadExchange, { exchanges }: Recording): boolean {
  const answered = exchanges.filter(({ response }) => response !== undefined);
  return answered.some((other) => isAfter(other, one)) && answered.some(({ operation }) => operation === one.operation);
}

/** A refusal is asked for again where the answer says "not now": the last answer to each call is the one that counts. */
function finalAnswers({ exchanges }: Recording): readonly ReadExchange[] {
  const asked = exchanges.filter(({ exchange }) => exchange.purpose?.startsWith("refusal/"));
  return [...new Map(asked.map((one) => [`${one.exchange.purpose} ${one.operation}`, one])).values()];
}
