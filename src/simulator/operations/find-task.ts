import CRC32 from "crc-32";
import { type ErrorAnswer, invalidInput, namedError, undecodableId } from "../../task/hubspot-error.js";
import { baseName, splitReference, withoutLabel } from "../../task/scenario/reference.js";
import { decodeTaskId, isHubspotForm } from "../../task/task-id.js";
import { type Call, seedHeader } from "../call.js";
import { nearestScenarios, scenarioOf, type Wish } from "../choose-scenario.js";
import { type Entry, newEntry } from "../entry.js";
import { nthRandom } from "../session.js";
import { findByShortName } from "../short-name.js";
import { restoreEntry } from "../storage.js";
import { recallTask } from "../task-table.js";
import type { World } from "../world.js";

type Found = { readonly entry: Entry; readonly why: Wish["why"] } | { readonly refusal: ErrorAnswer };

/**
 * A task that is remembered, one that its id describes, or one that begins now because its scenario's name is polled.
 * It is remembered once its poll counts: neither HEAD nor a poll that is refused starts a task.
 */
export function findTask(world: World, call: Call, id: string): Found {
  const { request, now } = call;
  const { catalogue } = world;
  const seeding = seedHeader(request);
  if ("refusal" in seeding) return seeding;
  const known = recallTask(world, id);
  // "canceled" is a task, and "canceled~2" another: a task's end never changes, so a second try needs a second name.
  const { scenario: told } = splitReference(id);
  const name = withoutLabel(told);
  if (catalogue.has(baseName(name))) {
    if (known && (seeding.seed ?? known.task.seed) === known.task.seed) return { entry: known, why: "name" };
    const scenario = scenarioOf({ name, why: "name" }, catalogue);
    if ("refusal" in scenario) return scenario;
    const seed = seeding.seed ?? nthRandom(world.seed, CRC32.str(id));
    return { entry: newEntry(world, { id, requestedAt: now, seed, scenario }), why: "name" };
  }
  if (known) return { entry: known, why: "task" };
  const origin = decodeTaskId(told);
  if (origin) {
    const scenario = scenarioOf({ name: origin.scenario, why: "task" }, catalogue);
    if ("refusal" in scenario) return scenario;
    return { entry: restoreEntry(world, newEntry(world, { ...origin, id, scenario })), why: "task" };
  }
  const named = findByShortName(world, told);
  if (named) return "id" in named ? findTask(world, call, named.id) : { refusal: noSuchTask(named.problem) };
  const refusal = isHubspotForm(told)
    ? namedError("not-found", { operation: "checkImportStatus", now })
    : undecodableId(id);
  return { refusal: withNearest(refusal, nearestScenarios(told, catalogue)[0]) };
}

/** HubSpot's answer to an id that it never gave; where a scenario's name is near, with that. An id of HubSpot's is near none. */
function withNearest({ status, body }: ErrorAnswer, nearest: string | undefined): ErrorAnswer {
  if (nearest === undefined) return { status, body };
  const message = `${body.message.replace(/\.$/, "")}. Nearest scenario: ${nearest}.`;
  return { status, body: { ...body, message, context: { ...body.context, nearest: [nearest] } } };
}

/** Only a person asks by a short name: what they read says what to do. */
function noSuchTask(problem: string): ErrorAnswer {
  const message = problem.charAt(0).toUpperCase() + problem.slice(1);
  return invalidInput({ message, code: "UNKNOWN_TASK", in: "taskId" });
}
