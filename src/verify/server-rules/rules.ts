import { distance } from "fastest-levenshtein";
import { UserError } from "../../user-error.js";
import type { Rule } from "../rule.js";
import { availability } from "./availability.js";
import { headers, undocumentedHeader } from "./headers.js";
import { openQuestion } from "./open-question.js";
import { refusals } from "./refusals.js";
import {
  bodyComplete,
  bodyJson,
  contentType,
  correlationHeader,
  correlationId,
  http,
  statusDeclared,
} from "./response.js";
import { resultAsAsked } from "./result.js";
import { schema, undocumentedProperty } from "./schema.js";
import { statusLink } from "./status-link.js";
import { endsInTime, stateOrder, taskId, taskKnown, terminalState } from "./task.js";
import { dateOrder, endFixed, errorCount, noFuture, requestedAt } from "./task-values.js";

/** Every rule by which a server is judged, in the order in which people read them. */
export const serverRules: readonly Rule[] = [
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
  errorCount,
  endsInTime,
  availability,
  ...refusals,
  undocumentedProperty,
  undocumentedHeader,
  correlationHeader,
  resultAsAsked,
  openQuestion,
];

/** @throws UserError `unknown-check`, with the nearest, if one of the ids is no rule's */
export function requireRules(ids: readonly string[]): void {
  const known = serverRules.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const typed = unknown.slice(0, 100);
  const [nearest] = known.toSorted((a, b) => distance(typed, a) - distance(typed, b));
  throw new UserError("unknown-check", `there is no check "${unknown}". Nearest: ${nearest}. All: verify --list.`);
}
