import { distance } from "fastest-levenshtein";
import { UserError } from "../../user-error.js";
import { observeQuestions } from "../observe-questions.js";
import { type DecliningRule, type Rule, verdict } from "../rule.js";
import { availability, rejections } from "./availability.js";
import { headers, schema, undocumentedHeader, undocumentedProperty } from "./contract.js";
import { otherAccount, versionsAgree } from "./other-versions.js";
import {
  bodyComplete,
  bodyJson,
  contentType,
  correlationHeader,
  correlationId,
  http,
  statusDeclared,
} from "./response.js";
import { statusLink } from "./status-link.js";
import { endsInTime, resultAsAsked, stateOrder, taskId, taskKnown, terminalState } from "./task.js";
import { dateOrder, endFixed, errorCount, noFuture, requestedAt } from "./task-values.js";

const openQuestion: Rule = {
  id: "open-question",
  sentence: "Behaviour that HubSpot has not published is as this kit assumes it.",
  severity: "drift",
  evidence: "inferred",
  next: "HubSpot has not published this. Try your client with the mock's option for it, and report the observation to the kit with the recording.",
  judge: (recording) =>
    observeQuestions(recording).flatMap(({ id, question, departures, observed }) => {
      if (observed === undefined) return [];
      if (departures.length === 0) return [{ exchanges: [], problems: [] }];
      return departures.map(({ index, problem }) =>
        verdict(index, { ...problem, expected: `${problem.expected} (${id}: ${question})` }),
      );
    }),
};

/** All rules for servers, in the order in which people read them. */
export const serverRules: readonly (Rule | DecliningRule)[] = [
  http,
  statusDeclared,
  contentType,
  bodyComplete,
  bodyJson,
  schema,
  headers,
  correlationId,
  taskKnown,
  taskId,
  statusLink,
  stateOrder,
  terminalState,
  requestedAt,
  dateOrder,
  noFuture,
  endFixed,
  versionsAgree,
  errorCount,
  endsInTime,
  availability,
  ...rejections,
  otherAccount,
  undocumentedProperty,
  undocumentedHeader,
  correlationHeader,
  resultAsAsked,
  openQuestion,
];

/** @throws UserError `unknown-check`, with the nearest id, if an id does not exist */
export function requireRules(ids: readonly string[]): void {
  const known = serverRules.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const typed = unknown.slice(0, 100);
  const [nearest] = known.toSorted((a, b) => distance(typed, a) - distance(typed, b));
  throw new UserError(
    "unknown-check",
    `there is no check "${unknown}". Did you mean ${nearest}? To list all checks: verify --list.`,
  );
}
