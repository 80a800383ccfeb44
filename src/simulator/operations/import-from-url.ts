import { draftFrom } from "../../task/draft.js";
import { replayAnswer } from "../../task/replay.js";
import type { RecordedAnswer, Scenario } from "../../task/scenario.js";
import { encodeTaskId } from "../../task/task-id.js";
import { faultAt } from "../../task/timeline.js";
import { chooseScenario } from "../choose-scenario.js";
import type { Body } from "../read-body.js";
import { newEntry, nthRandom } from "../session.js";
import { keepEntry } from "../storage.js";
import { type Call, faultReply, type Outcome, seedHeader, statusLink, type World } from "../world.js";
import { readImport } from "./refusal.js";

/**
 * Starts a task. What the mock was told to do comes first: a 503 from the edge never looks at the body.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
export function importFromUrl(world: World, call: Call): Outcome {
  const { request, base, body, now, respond } = call;
  const read = readImport(body);
  const violations = "refusal" in read ? read.refusal.violations : [];
  const choice = chooseScenario(world, request, { importUrl: urlIn(body) });
  if ("refusal" in choice) return { response: respond.error(choice.refusal), violations };
  const { scenario, noted } = choice;
  const seeding = seedHeader(request);
  if ("refusal" in seeding) return { response: respond.error(seeding.refusal), violations, scenario: noted };
  const fault = faultAt(scenario, "importFromUrl", 1);
  if (fault && "error" in fault) {
    return { response: faultReply(fault, "importFromUrl", call), violations, scenario: noted };
  }
  if ("refusal" in read) return { response: respond.error(read.refusal.answer), violations, scenario: noted };

  const serial = world.session.nextTaskSerial();
  const seed = seeding.seed ?? nthRandom(world.seed, serial);
  const draft = draftFrom(read.request, now);
  const id = encodeTaskId({ requestedAt: now, seed, serial, scenario: scenario.name, draft });
  const entry = newEntry(world, { id, requestedAt: now, seed, scenario, draft });
  world.session.tasks.set(id, entry);
  keepEntry(world.storage, entry);
  const recorded = nextRecorded(world, scenario);
  if (recorded) {
    const { answer } = replayAnswer(recorded, entry.task, statusLink(base, id));
    return { response: respond.recorded(answer), scenario: noted, taskId: id };
  }
  const locator = { id, links: { status: statusLink(base, id) } };
  return { response: respond.json(202, JSON.stringify(locator)), scenario: noted, taskId: id };
}

/** What the import was answered in a recorded scenario: its tries one after the other, then the last of them. */
function nextRecorded({ session }: World, { name, recording }: Scenario): RecordedAnswer | undefined {
  if (!recording) return undefined;
  const count = session.imports.get(name) ?? 0;
  session.imports.set(name, count + 1);
  return recording.imports[count] ?? recording.imports.at(-1);
}

/** The import's url, from a body that need not be valid. */
function urlIn(body: Body): unknown {
  if (body.kind !== "json" || typeof body.value !== "object" || body.value === null) return undefined;
  return "url" in body.value ? body.value.url : undefined;
}
